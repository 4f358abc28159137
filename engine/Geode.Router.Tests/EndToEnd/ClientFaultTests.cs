using System.Text;
using Geode.Router.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Geode.Router.Tests.EndToEnd;

/// <summary>Uploads that are wrong, or end in the middle, in every way a client can do that: its fault, and never the origin's.</summary>
public abstract class ClientFaultTests(HttpProtocols towardsOrigins) : IAsyncLifetime
{
    private const int Many = 20;
    private const string Chunked = "Host: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n";
    private static readonly string[] Settings = ["Limits:MaxBodyBytes=300000", "Limits:BodyGraceMs=1500", "Limits:MinBodyBytesPerSecond=1000"];

    private TestOrigin _origin = null!;
    private NobodyIsMoved _scene = null!;

    public async Task InitializeAsync()
    {
        _origin = await TestOrigin.StartAsync("a", async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            await context.Response.WriteAsync("a");
        }, protocols: towardsOrigins);
        _scene = await NobodyIsMoved.StartAsync(_origin.Address, towardsOrigins == HttpProtocols.Http2 ? [.. Settings, NobodyIsMoved.SpeaksHttp2] : Settings);
    }

    public async Task DisposeAsync()
    {
        await _scene.DisposeAsync();
        await _origin.DisposeAsync();
    }

    [Theory]
    [InlineData("a size that is no number", Chunked + "zz\r\nhello\r\n0\r\n\r\n")]
    [InlineData("a size beyond all numbers", Chunked + "ffffffffffffffffff\r\nhello\r\n0\r\n\r\n")]
    [InlineData("a negative size", Chunked + "-5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("no line end after a chunk", Chunked + "5\r\nhello0\r\n\r\n")]
    [InlineData("a chunk longer than it says", Chunked + "5\r\nhello, world\r\n0\r\n\r\n")]
    [InlineData("a line end without its first half", Chunked + "5\nhello\n0\n\n")]
    [InlineData("an extension with a line end in it", Chunked + "5;a=\"\n\"\rx\r\nhello\r\n0\r\n\r\n")]
    [InlineData("a trailer that is none", Chunked + "0\r\nno colon here\r\n\r\n")]
    [InlineData("a trailer with a zero in it", Chunked + "0\r\nA: \0\r\n\r\n")]
    public async Task A_body_with_broken_framing(string _, string upload)
    {
        foreach (var method in new[] { "POST", "PUT" })
        {
            for (var i = 0; i < Many; i++)
            {
                using var client = await ConnectAsync($"{method} /{i} HTTP/1.1\r\n{upload}");
                Assert.StartsWith("HTTP/1.1 400 ", await client.HearAsync("\r\n\r\n"), StringComparison.Ordinal);
            }
        }

        await _scene.HoldsAsync();
    }

    [Theory]
    [InlineData("Host: x\r\nContent-Length: 100\r\n\r\nonly this", false)]
    [InlineData("Host: x\r\nContent-Length: 100\r\n\r\nonly this", true)]
    [InlineData("Host: x\r\nContent-Length: 100\r\n\r\n", true)]
    [InlineData("Host: x\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n", false)]
    [InlineData("Host: x\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n", true)]
    [InlineData(Chunked, false)]
    [InlineData(Chunked, true)]
    [InlineData(Chunked + "5;", true)]
    public async Task A_body_that_ends_in_the_middle(string upload, bool reset)
    {
        for (var i = 0; i < Many; i++)
        {
            var before = _origin.Requests;
            using var client = await ConnectAsync($"POST /{i} HTTP/1.1\r\n{upload}");
            // In the middle of the request, and not before it.
            await Eventually.IsAsync(() => _origin.Requests > before);
            await LeaveAsync(client, reset);
        }

        await _scene.HoldsAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_to_be_kept_that_ends_in_the_middle(bool reset)
    {
        for (var i = 0; i < Many; i++)
        {
            using var client = await ConnectAsync($"PUT /{i} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nonly this");
            await LeaveAsync(client, reset);
        }

        await _scene.HoldsAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_too_large_to_be_kept_that_ends_in_the_middle(bool reset)
    {
        for (var i = 0; i < Many; i++)
        {
            var before = _origin.Requests;
            using var client = await ConnectAsync($"PUT /{i} HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\n\r\n{new string('x', 100_000)}");
            await Eventually.IsAsync(() => _origin.Requests > before);
            await LeaveAsync(client, reset);
        }

        await _scene.HoldsAsync();
    }

    [Fact]
    public async Task A_body_that_is_longer_than_it_says()
    {
        for (var i = 0; i < Many; i++)
        {
            using var client = await ConnectAsync($"POST /{i} HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello, world\r\n\r\n");
            Assert.Contains("HTTP/1.1 400 ", await client.HearAsync("HTTP/1.1 400 "), StringComparison.Ordinal);
        }

        await _scene.HoldsAsync();
    }

    [Theory]
    [InlineData("Content-Length: 5000000\r\n\r\n", "")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n", "")]
    public async Task A_body_that_is_too_large(string kind, string body)
    {
        if (kind.StartsWith('T'))
            body = $"493e1\r\n{new string('x', 300_001)}\r\n0\r\n\r\n";
        for (var i = 0; i < Many; i++)
        {
            using var client = await ConnectAsync($"POST /{i} HTTP/1.1\r\nHost: x\r\n{kind}{body}");
            Assert.StartsWith("HTTP/1.1 413 ", await client.HearAsync("\r\n\r\n"), StringComparison.Ordinal);
        }

        await _scene.HoldsAsync();
    }

    [Fact]
    public async Task A_body_that_trickles()
    {
        await Task.WhenAll(Enumerable.Range(0, Many).Select(async i =>
        {
            using var client = await ConnectAsync($"POST /{i} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\na");
            Assert.StartsWith("HTTP/1.1 408 ", await client.HearAsync("\r\n\r\n"), StringComparison.Ordinal);
        }));
        await _scene.HoldsAsync();
    }

    [Fact]
    public async Task A_body_that_stops_until_the_router_gives_it_up()
    {
        string[] patient = [.. Settings.Where(s => !s.Contains("MinBody", StringComparison.Ordinal)), "Limits:MinBodyBytesPerSecond=0", "Tries:ActivityTimeoutMs=1000"];
        await using var scene = await NobodyIsMoved.StartAsync(_origin.Address, towardsOrigins == HttpProtocols.Http2 ? [.. patient, NobodyIsMoved.SpeaksHttp2] : patient);
        await Task.WhenAll(Enumerable.Range(0, Many).Select(async i =>
        {
            using var client = await RawClient.ConnectAsync(scene.Router);
            await client.SayAsync($"POST /{i} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\na");
            Assert.Matches("^HTTP/1.1 (4|504)", await client.HearAsync("\r\n\r\n"));
        }));
        await scene.HoldsAsync();
    }

    private async Task<RawClient> ConnectAsync(string request)
    {
        var client = await RawClient.ConnectAsync(_scene.Router);
        await client.SayAsync(Encoding.Latin1.GetBytes(request));
        return client;
    }

    private static async Task LeaveAsync(RawClient client, bool reset)
    {
        if (reset)
        {
            client.Reset();
            return;
        }

        client.HalfClose();
        // Whether it is told why or only hung up on is the server's affair.
        Assert.DoesNotContain("HTTP/1.1 5", await client.HearAsync("\r\n\r\nnever"), StringComparison.Ordinal);
    }
}

public sealed class ClientFaultHttp1Tests() : ClientFaultTests(HttpProtocols.Http1);

public sealed class ClientFaultHttp2Tests() : ClientFaultTests(HttpProtocols.Http2);
