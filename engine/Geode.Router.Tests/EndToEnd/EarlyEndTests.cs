using Geode.Router.Tests.Support;

namespace Geode.Router.Tests.EndToEnd;

/// <summary>An origin may want no more of an upload, because it is too large or wrong, and say so, or not, before all of it has come.</summary>
public sealed class EarlyEndTests
{
    private const int Many = 20;
    private static readonly byte[] Piece = new byte[100_000];

    [Theory]
    [InlineData("/413", "POST", "HTTP/1.1 413 ")]
    [InlineData("/400", "POST", "HTTP/1.1 400 ")]
    [InlineData("/reset", "POST", "HTTP/1.1 502 ")]
    [InlineData("/close", "POST", "HTTP/1.1 502 ")]
    [InlineData("/reset", "PUT", "HTTP/1.1 502 ")]
    public async Task An_upload_that_the_origin_cuts_off_is_not_held_against_it(string path, string method, string answer)
    {
        await using var origin = new RawOrigin(async (connection, head) =>
        {
            var asked = head.Split(' ')[1];
            if (asked == "/reset")
                RawOrigin.Reset(connection);
            else if (asked != "/close")
                await RawOrigin.SayAsync(connection, $"HTTP/1.1 {(asked == "/fine" ? "200 OK" : asked[1..] + " No\r\nConnection: close")}\r\nContent-Length: 0\r\n\r\n");
            return asked == "/fine";
        });
        await using var scene = await NobodyIsMoved.StartAsync(origin.Address, []);
        for (var i = 0; i < Many; i++)
        {
            using var client = await RawClient.ConnectAsync(scene.Router);
            await client.SayAsync($"{method} {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 100000000\r\n\r\n");
            var heard = client.HearAsync("\r\n\r\n");
            for (var sent = 0; sent < 999 && !heard.IsCompleted; sent++)
                await client.SayAsync(Piece);
            // Whether what it said is heard before the connection is seen to be closed is the network's affair.
            Assert.Matches($"^({answer}|HTTP/1.1 502 |$)", await heard);
        }

        await scene.HoldsAsync();
    }
}
