using Geode.Router.Tests.Support;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Geode.Router.Tests.EndToEnd;

/// <summary>Many wait for the answer to one request, and the client whose request that is does not read it.</summary>
public sealed class CacheDeafClientTests
{
    [Fact]
    public async Task Others_are_served_all_the_same_and_their_answer_is_kept()
    {
        var piece = new byte[1024 * 1024];
        await using var origin = await TestOrigin.StartAsync("a", async context =>
        {
            context.Response.Headers.CacheControl = "public, max-age=600";
            // More than all buffers on the way hold.
            for (var i = 0; i < 60; i++)
                await context.Response.Body.WriteAsync(piece, context.RequestAborted);
        });
        await using var router = await TestRouter.StartAsync(
            [origin.Address],
            // Else the deaf one would be cut off after some minutes, and the others be served then.
            builder => builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MinResponseDataRate = null),
            "Cache:MaxBodyBytes=100000000", "Cache:MaxBytes=200000000", "Cache:WaitMs=3600000", "Tries:ActivityTimeoutMs=3600000");
        using var deaf = await RawClient.ConnectAsync(router);
        await deaf.SayAsync($"GET /page HTTP/1.1\r\nHost: {router.Address.Authority}\r\n\r\n");
        await deaf.HearAsync("\r\n\r\n");

        Assert.Equal(60 * piece.Length, (await router.Client.GetByteArrayAsync("/page")).Length);
        await Eventually.IsAsync(async () =>
        {
            using var again = await router.Client.GetAsync("/page");
            return again.XCache() == "hit";
        });
    }
}
