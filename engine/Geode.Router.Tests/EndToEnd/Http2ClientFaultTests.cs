using System.Net;
using Geode.Router.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Geode.Router.Tests.EndToEnd;

/// <summary>Over HTTP/2 a client can leave a request and stay, and can break more than a request.</summary>
public abstract class Http2ClientFaultTests(HttpProtocols towardsOrigins) : IAsyncLifetime
{
    private const int Many = 20;

    private static readonly byte[] Preface = [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, .. Frame(4, 0, 0)];

    /// <summary>POST / to x, and a length of 10.</summary>
    private static readonly byte[] Head = [0x83, 0x86, 0x84, 0x41, 1, (byte)'x', 0x0F, 0x0D, 2, (byte)'1', (byte)'0'];

    private TestOrigin _origin = null!;
    private NobodyIsMoved _scene = null!;

    public async Task InitializeAsync()
    {
        _origin = await TestOrigin.StartAsync("a", async context =>
        {
            if (context.Request.Path == "/hang")
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            await context.Request.Body.CopyToAsync(Stream.Null);
            await context.Response.WriteAsync("a");
            await context.Response.Body.FlushAsync();
            if (context.Request.Path == "/endless")
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }, protocols: towardsOrigins);
        _scene = await NobodyIsMoved.StartAsync(_origin.Address, towardsOrigins == HttpProtocols.Http2 ? [NobodyIsMoved.SpeaksHttp2] : [], builder =>
        {
            builder.Configuration["Kestrel:Endpoints:A:Url"] = "http://127.0.0.1:0";
            builder.Configuration["Kestrel:Endpoints:A:Protocols"] = "Http1";
            builder.Configuration["Kestrel:Endpoints:B:Url"] = "http://127.0.0.1:0";
            builder.Configuration["Kestrel:Endpoints:B:Protocols"] = "Http2";
        });
    }

    public async Task DisposeAsync()
    {
        await _scene.DisposeAsync();
        await _origin.DisposeAsync();
    }

    [Theory]
    [InlineData("POST", "/")]
    [InlineData("PUT", "/")]
    [InlineData("GET", "/hang")]
    [InlineData("GET", "/endless")]
    public async Task Streams_that_are_cancelled(string method, string path)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = _scene.Router.Addresses[1] };
        for (var i = 0; i < Many; i++)
        {
            using var leave = new CancellationTokenSource();
            using var begun = new SemaphoreSlim(0);
            using var request = new HttpRequestMessage(new HttpMethod(method), path)
            {
                Version = HttpVersion.Version20,
                VersionPolicy = HttpVersionPolicy.RequestVersionExact,
                Content = method == "GET" ? null : new HalfContent(begun),
            };
            var before = _origin.Requests;
            var answer = client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, leave.Token);
            if (path == "/endless")
                (await answer).Dispose();
            else if (method == "PUT")
                await begun.WaitAsync();
            else
                await Eventually.IsAsync(() => _origin.Requests > before);
            await leave.CancelAsync();
            if (path != "/endless")
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        }

        await _scene.HoldsAsync();
    }

    [Theory]
    [InlineData("data of no stream")]
    [InlineData("a frame larger than allowed")]
    [InlineData("half a frame")]
    [InlineData("less than its length")]
    [InlineData("more than its length")]
    [InlineData("a reset")]
    [InlineData("nonsense instead of trailers")]
    public async Task Frames_that_break_the_connection_in_the_middle_of_an_upload(string how)
    {
        byte[] end = how switch
        {
            "data of no stream" => Frame(0, 0, 0, 1, 2, 3),
            "a frame larger than allowed" => [0xFF, 0xFF, 0xFF, 0, 0, 0, 0, 0, 1],
            "half a frame" => [0, 0, 5, 0, 0, 0, 0, 0, 1, 1],
            "less than its length" => Frame(0, 1, 1, 1),
            "more than its length" => Frame(0, 1, 1, new byte[20]),
            "a reset" => Frame(3, 0, 1, 0, 0, 0, 8),
            _ => Frame(1, 5, 1, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF),
        };
        for (var i = 0; i < Many; i++)
        {
            var before = _origin.Requests;
            using var client = await RawClient.ConnectAsync(_scene.Router.Addresses[1]);
            await client.SayAsync([.. Preface, .. Frame(1, 4, 1, Head), .. Frame(0, 0, 1, 1, 2, 3)]);
            await Eventually.IsAsync(() => _origin.Requests > before);
            await client.SayAsync(end);
            client.HalfClose();
            await client.HearAsync("never");
        }

        await _scene.HoldsAsync();
    }

    private static byte[] Frame(byte type, byte flags, byte stream, params byte[] payload) =>
        [0, 0, (byte)payload.Length, type, flags, 0, 0, 0, stream, .. payload];

    /// <summary>Begins, and never goes on.</summary>
    private sealed class HalfContent(SemaphoreSlim begun) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, default);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            await stream.WriteAsync(new byte[5], cancellationToken);
            await stream.FlushAsync(cancellationToken);
            begun.Release();
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 10;
            return true;
        }
    }
}

public sealed class Http2ClientFaultHttp1Tests() : Http2ClientFaultTests(HttpProtocols.Http1);

public sealed class Http2ClientFaultHttp2Tests() : Http2ClientFaultTests(HttpProtocols.Http2);
