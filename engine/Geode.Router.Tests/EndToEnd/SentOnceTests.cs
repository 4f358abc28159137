using System.Net;
using System.Net.Sockets;
using Geode.Router.Tests.Support;

namespace Geode.Router.Tests.EndToEnd;

/// <summary>One origin in trouble, one well: what may not be repeated, or cannot be, is sent to one of them at most.</summary>
public sealed class SentOnceTests : IAsyncLifetime
{
    private const int Many = 60;

    private TestOrigin _well = null!;

    public async Task InitializeAsync() => _well = await TestOrigin.StartAsync("b");

    public Task DisposeAsync() => _well.DisposeAsync().AsTask();

    [Theory]
    [InlineData("reset")]
    [InlineData("503")]
    [InlineData("half an answer")]
    [InlineData("closed")]
    public async Task A_post_without_a_key_is_sent_to_one_origin_at_most(string fault)
    {
        await using var faulty = new RawOrigin(async (connection, _) =>
        {
            if (fault == "reset")
                RawOrigin.Reset(connection);
            if (fault == "503")
                await RawOrigin.SayAsync(connection, "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            if (fault == "half an answer")
                await RawOrigin.SayAsync(connection, "HTTP/1.1 200 O");
            return false;
        });
        await using var router = await TestRouter.StartAsync([faulty.Address, _well.Address], TestRouter.NoProbes);
        for (var i = 0; i < Many; i++)
            await router.SendAsync(i % 2 == 0 ? "POST" : "POST without a body");

        Assert.Equal(Many, faulty.Requests + _well.Requests);
        Assert.True(faulty.Requests > 0);
    }

    [Fact]
    public async Task A_post_on_a_kept_alive_connection_that_turns_out_closed_is_not_repeated_either()
    {
        // Answers one request per connection without saying so, and then hangs up on the next one it has read.
        var onConnection = new System.Runtime.CompilerServices.ConditionalWeakTable<Socket, object>();
        await using var origin = new RawOrigin(async (connection, _) =>
        {
            if (onConnection.TryGetValue(connection, out var _))
                return false;
            onConnection.Add(connection, connection);
            await RawOrigin.SayAsync(connection, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            return true;
        });
        await using var router = await TestRouter.StartAsync([origin.Address], TestRouter.NoProbes);
        for (var i = 0; i < Many; i++)
            await router.SendAsync("POST without a body");
        Assert.Equal(Many, origin.Requests);
    }

    [Fact]
    public async Task A_post_to_a_silent_origin_waits_for_it_and_for_nobody_else()
    {
        await using var silent = RawOrigin.Silent();
        await using var router = await TestRouter.StartAsync([silent.Address, _well.Address], "Origins:a:Url=" + silent.Address.GetLeftPart(UriPartial.Authority),
            "Origins:a:Priority=1", "Origins:b:Url=" + _well.Address.GetLeftPart(UriPartial.Authority), "Origins:b:Priority=2", "Tries:ActivityTimeoutMs=700");
        var answer = await router.SendAsync("POST");
        Assert.Equal(HttpStatusCode.GatewayTimeout, answer.StatusCode);
        Assert.Equal((1, 0), (silent.Requests, _well.Requests));
    }

    [Fact]
    public async Task A_body_too_large_to_keep_is_sent_once_and_arrives_whole()
    {
        var received = 0L;
        _well.Does(async context =>
        {
            var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            Interlocked.Exchange(ref received, body.Length);
        });
        await using var resetting = RawOrigin.Resetting();
        await using var router = await TestRouter.StartAsync([resetting.Address, _well.Address], TestRouter.NoProbes);
        var broken = 0;
        for (var i = 0; i < 20; i++)
        {
            var answer = await router.Client.PutAsync("/", new ByteArrayContent(new byte[200_000]));
            Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.BadGateway });
            broken += answer.StatusCode == HttpStatusCode.BadGateway ? 1 : 0;
        }

        Assert.Equal(200_000, received);
        Assert.Equal(20, resetting.Requests + _well.Requests);
        Assert.Equal(broken, resetting.Requests);
    }
}
