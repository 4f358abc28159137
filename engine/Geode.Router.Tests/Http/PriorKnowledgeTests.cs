using System.Net;
using System.Net.Sockets;
using Geode.Router.Tests.Support;
using Geode.TestKit.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Geode.Router.Tests.Http;

/// <summary>HTTP/2 without TLS on the port of HTTP/1.1, for clients that begin with it (RFC 9113 section 3.3).</summary>
public sealed class PriorKnowledgeTests : IAsyncLifetime
{
    private TestOrigin _origin = null!;
    private TestRouter _router = null!;

    public async Task InitializeAsync()
    {
        _origin = await TestOrigin.StartAsync("a");
        _router = await TestRouter.StartAsync([_origin.Address]);
    }

    public async Task DisposeAsync()
    {
        await _router.DisposeAsync();
        await _origin.DisposeAsync();
    }

    [Fact]
    public async Task Both_versions_are_served_on_one_port()
    {
        using var client = Http2();
        for (var i = 0; i < 3; i++)
        {
            var two = await client.GetAsync("/two");
            Assert.Equal((HttpVersion.Version20, "a", "a"), (two.Version, await two.Content.ReadAsStringAsync(), two.ServedBy()));
            var one = await _router.Client.GetAsync("/one");
            Assert.Equal((HttpVersion.Version11, "a"), (one.Version, await one.Content.ReadAsStringAsync()));
        }
    }

    [Fact]
    public async Task Many_requests_share_one_connection_and_bodies_arrive()
    {
        _origin.Does(context => context.Request.Body.CopyToAsync(context.Response.Body));
        using var client = Http2();
        var bodies = Enumerable.Range(0, 50).Select(i => new string((char)('a' + i % 26), 1 + i * 3_000)).ToArray();
        var answers = await Task.WhenAll(bodies.Select(async body => await (await client.PostAsync("/", new StringContent(body))).Content.ReadAsStringAsync()));
        Assert.Equal(bodies, answers);
    }

    [Fact]
    public async Task The_origin_is_told_how_and_where_from_the_client_came()
    {
        _origin.Does(context => context.Response.WriteAsync($"{context.Request.Headers["X-Forwarded-Proto"]} {context.Request.Headers["X-Forwarded-For"]} {context.Request.Headers.Via}"));
        using var client = Http2();
        Assert.Equal("http 127.0.0.1 2.0 geode", await client.GetStringAsync("/"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(14)]
    [InlineData(23)]
    public async Task The_first_bytes_may_come_one_by_one(int count)
    {
        const string Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _router.Address.Port);
        var stream = client.GetStream();
        foreach (var part in (string[])[Preface[..count], Preface[count..] + "\0\0\0\x04\0\0\0\0\0"])
        {
            await stream.WriteAsync(System.Text.Encoding.Latin1.GetBytes(part));
            await stream.FlushAsync();
        }

        // A frame of settings: it has understood.
        var head = new byte[9];
        await stream.ReadExactlyAsync(head).AsTask().WaitAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(4, head[3]);
    }

    [Theory]
    [InlineData("P", "OST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", 200)]
    [InlineData("PR", "OPFIND / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 200)]
    [InlineData("PRI", " / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 200)]
    public async Task What_only_begins_like_it_is_HTTP_1_1(string first, string then, int status)
    {
        using var client = await RawConnection.OpenAsync(_router.Address.Port);
        await client.SayAsync(first);
        await client.SayAsync(then);
        Assert.Equal(status, (await client.HearAsync())!.Status);
    }

    [Fact]
    public async Task Connections_that_end_within_it_leave_nothing_behind()
    {
        for (var i = 0; i < 20; i++)
        {
            using var client = await RawConnection.OpenAsync(_router.Address.Port);
            await client.SayAsync("PRI * HTTP/2.0\r\n");
        }

        Assert.Equal("a", await _router.Client.GetStringAsync("/"));
    }

    [Fact]
    public async Task A_router_that_stops_lets_requests_under_way_end()
    {
        var (arrived, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        _origin.Does(async context =>
        {
            arrived.TrySetResult();
            await go.Task;
            await context.Response.WriteAsync("done");
        });
        await using var router = await TestRouter.StartAsync([_origin.Address]);
        using var client = Http2(router.Address);
        var answer = client.GetStringAsync("/");
        await arrived.Task;
        var stopped = router.DisposeAsync().AsTask();
        go.SetResult();
        Assert.Equal("done", await answer);
        await stopped;
    }

    /// <summary>A call of gRPC is a POST whose answer says in its trailers how it went.</summary>
    [Fact]
    public async Task A_gRPC_call_passes_through_in_both_directions()
    {
        await using var grpc = await TestOrigin.StartAsync("g", protocols: HttpProtocols.Http2);
        await using var router = await TestRouter.StartAsync([grpc.Address], "OriginHttpVersion=2");
        grpc.Does(async context =>
        {
            Assert.Equal("trailers", context.Request.Headers.TE);
            context.Response.ContentType = "application/grpc";
            await context.Response.StartAsync();
            // Each message is answered before the next one comes.
            var buffer = new byte[64];
            int read;
            while ((read = await context.Request.Body.ReadAsync(buffer)) > 0)
            {
                await context.Response.Body.WriteAsync(buffer.AsMemory(0, read));
                await context.Response.Body.FlushAsync();
            }

            context.Response.AppendTrailer("grpc-status", "0");
            context.Response.AppendTrailer("grpc-message", "fine");
        });
        using var client = Http2(router.Address);
        var messages = System.Threading.Channels.Channel.CreateUnbounded<byte[]>();
        using var call = new HttpRequestMessage(HttpMethod.Post, "/geode.Test/Echo") { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = new Messages(messages.Reader) };
        call.Headers.TE.ParseAdd("trailers");
        call.Content.Headers.ContentType = new("application/grpc");
        var sending = client.SendAsync(call, HttpCompletionOption.ResponseHeadersRead);
        messages.Writer.TryWrite([0, 0, 0, 0, 1, 7]);
        using var answer = await sending;
        await using var body = await answer.Content.ReadAsStreamAsync();
        for (byte i = 8; i < 11; i++)
        {
            var echo = new byte[6];
            await body.ReadExactlyAsync(echo);
            Assert.Equal(i - 1, echo[5]);
            messages.Writer.TryWrite([0, 0, 0, 0, 1, i]);
        }

        messages.Writer.Complete();
        await body.CopyToAsync(Stream.Null);
        Assert.Equal(["0"], answer.TrailingHeaders.GetValues("grpc-status"));
        Assert.Equal(["fine"], answer.TrailingHeaders.GetValues("grpc-message"));
    }

    private HttpClient Http2(Uri? router = null) => new(new SocketsHttpHandler { UseProxy = false })
    {
        BaseAddress = router ?? _router.Address,
        DefaultRequestVersion = HttpVersion.Version20,
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        Timeout = TimeSpan.FromMinutes(1),
    };

    private sealed class Messages(System.Threading.Channels.ChannelReader<byte[]> reader) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await foreach (var message in reader.ReadAllAsync())
            {
                await stream.WriteAsync(message);
                await stream.FlushAsync();
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
