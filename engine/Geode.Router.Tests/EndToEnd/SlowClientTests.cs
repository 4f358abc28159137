using System.Net;
using Geode.Router.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Geode.Router.Tests.EndToEnd;

/// <summary>Clients that take their time, in sending or in reading: that is not the origin's time, and no load of the origin's.</summary>
public sealed class SlowClientTests : IAsyncLifetime
{
    private const int Many = 20;

    private TestOrigin _origin = null!;

    public async Task InitializeAsync() => _origin = await TestOrigin.StartAsync("a", async context =>
    {
        await context.Request.Body.CopyToAsync(Stream.Null);
        if (context.Request.Path != "/large")
        {
            await context.Response.WriteAsync("a");
            return;
        }

        // More than all buffers on the way hold.
        var piece = new byte[1024 * 1024];
        for (var i = 0; i < 200; i++)
            await context.Response.Body.WriteAsync(piece, context.RequestAborted);
    });

    public Task DisposeAsync() => _origin.DisposeAsync().AsTask();

    [Theory]
    [InlineData("Content-Length: 10", "hello", "world")]
    [InlineData("Transfer-Encoding: chunked", "5\r\nhello\r\n", "5\r\nworld\r\n0\r\n\r\n")]
    public async Task An_upload_that_takes_long_says_nothing_about_the_origins_speed(string kind, string first, string rest)
    {
        await using var scene = await NobodyIsMoved.StartAsync(_origin.Address, []);
        for (var i = 0; i < Many; i++)
        {
            var before = _origin.Requests;
            using var client = await RawClient.ConnectAsync(scene.Router);
            await client.SayAsync($"POST /{i} HTTP/1.1\r\nHost: x\r\n{kind}\r\n\r\n{first}");
            await Eventually.IsAsync(() => _origin.Requests > before && scene.Near.InFlight is { Requests: 1, Working: 0 });
            scene.Time.Advance(60_000);
            await client.SayAsync(rest);
            Assert.StartsWith("HTTP/1.1 200 ", await client.HearAsync("\r\n\r\n"), StringComparison.Ordinal);
        }

        await scene.HoldsAsync();
    }

    [Fact]
    public async Task Uploads_that_take_long_do_not_fill_the_origin()
    {
        await using var scene = await NobodyIsMoved.StartAsync(_origin.Address, ["Concurrency:Min=4", "Concurrency:Max=4", "Concurrency:Initial=4"]);
        var slow = new List<RawClient>();
        for (var i = 0; i < Many; i++)
        {
            slow.Add(await RawClient.ConnectAsync(scene.Router));
            await slow[i].SayAsync($"POST /{i} HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhello");
            await Eventually.IsAsync(() => scene.Near.InFlight is { Working: 0 } load && load.Requests == slow.Count);
        }

        Assert.Equal("a", (await scene.Router.Client.GetAsync("/fine")).ServedBy());
        foreach (var client in slow)
        {
            await client.SayAsync("world");
            Assert.StartsWith("HTTP/1.1 200 ", await client.HearAsync("\r\n\r\n"), StringComparison.Ordinal);
            client.Dispose();
        }

        await scene.HoldsAsync(limit: 4);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Answers_that_nobody_reads_do_not_fill_the_origin(bool reset)
    {
        await using var scene = await NobodyIsMoved.StartAsync(_origin.Address, ["Concurrency:Min=4", "Concurrency:Max=4", "Concurrency:Initial=4"]);
        var deaf = new List<RawClient>();
        for (var i = 0; i < Many; i++)
        {
            deaf.Add(await RawClient.ConnectAsync(scene.Router));
            await deaf[i].SayAsync("GET /large HTTP/1.1\r\nHost: x\r\nAuthorization: none\r\n\r\n");
            await deaf[i].HearAsync("\r\n\r\n");
        }

        Assert.Equal((Many, 0), (scene.Near.InFlight.Requests, scene.Near.InFlight.Working));
        Assert.Equal("a", (await scene.Router.Client.GetAsync("/fine")).ServedBy());
        foreach (var client in deaf)
        {
            if (reset)
                client.Reset();
            client.Dispose();
        }

        await scene.HoldsAsync(limit: 4);
    }

    [Fact]
    public async Task Many_clients_that_leave_while_they_are_answered_leave_nothing_behind()
    {
        await using var scene = await NobodyIsMoved.StartAsync(_origin.Address, []);
        for (var i = 0; i < Many; i++)
        {
            using var client = await RawClient.ConnectAsync(scene.Router);
            await client.SayAsync($"{(i % 2 == 0 ? "GET" : "PUT")} /large HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
            await client.HearAsync("\r\n\r\n");
            client.Reset();
        }

        await scene.HoldsAsync();
        Assert.Equal(HttpStatusCode.OK, (await scene.Router.Client.GetAsync("/fine")).StatusCode);
    }
}
