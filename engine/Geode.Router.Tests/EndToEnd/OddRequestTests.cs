using Geode.Router.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Geode.Router.Tests.EndToEnd;

/// <summary>Requests that are allowed, or nearly, and that somebody on the way may choke on: never the origin's fault.</summary>
public abstract class OddRequestTests(HttpProtocols towardsOrigins) : IAsyncLifetime
{
    private const int Many = 20;

    private TestOrigin _origin = null!;
    private NobodyIsMoved _scene = null!;

    public async Task InitializeAsync()
    {
        _origin = await TestOrigin.StartAsync("a", context => context.Response.WriteAsync(context.Request.Headers["X-Odd"].ToString()), protocols: towardsOrigins);
        _scene = await NobodyIsMoved.StartAsync(_origin.Address, towardsOrigins == HttpProtocols.Http2 ? [NobodyIsMoved.SpeaksHttp2] : []);
    }

    public async Task DisposeAsync()
    {
        await _scene.DisposeAsync();
        await _origin.DisposeAsync();
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nX-Odd: na\u00C3\u00AFve\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nX-Odd: \u00E9\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nX-Odd: \u007F\t\u0080\r\n\r\n")]
    [InlineData("GET /\u00E9 HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET /%00%ff%E0%80 HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET //[::1]:99999/..//\\ HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET http://[bad]/ HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET http://x:99999/ HTTP/1.1\r\nHost: x:99999\r\n\r\n")]
    [InlineData("GET /?a=%zz&b=\" HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET / HTTP/1.0\r\n\r\n")]
    [InlineData("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("CONNECT x:80 HTTP/1.1\r\nHost: x:80\r\n\r\n")]
    [InlineData("TRACE / HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("WHATEVER! / HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("get / HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nConnection: Host, Content-Length, X-Forwarded-For\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: nonsense\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nContent-Length: 5\r\n\r\nhello")]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nExpect: the unexpected\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nRange: bytes=9-1,-0\r\nIf-Range: \"\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nTE: trailers, nonsense;q=9\r\nTrailer: Host\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nContent-Type: \"\r\nContent-Encoding: ,\r\nAccept: ;;;\r\nCookie: =\r\nDate: never\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nContent-Length: 5\r\nHost: y\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: nonsense\r\nX-Geode-Client: nowhere\r\nContent-Length: 0\r\n\r\n")]
    public async Task An_odd_request(string request)
    {
        for (var i = 0; i < Many; i++)
        {
            using var client = await RawClient.ConnectAsync(_scene.Router);
            await client.SayAsync(request);
            Assert.Matches("^HTTP/1.1 [24]", await client.HearAsync("\r\n\r\n"));
        }

        await _scene.HoldsAsync();
    }

    [Theory]
    [InlineData(1, 31_000)]
    [InlineData(98, 10)]
    public async Task Headers_that_are_just_not_too_many_for_the_router_and_too_many_for_the_origin(int count, int length)
    {
        var headers = string.Concat(Enumerable.Range(0, count).Select(i => $"X-{i}: {new string('x', length)}\r\n"));
        for (var i = 0; i < Many; i++)
        {
            using var client = await RawClient.ConnectAsync(_scene.Router);
            await client.SayAsync($"GET / HTTP/1.1\r\nHost: x\r\n{headers}\r\n");
            Assert.Matches("^HTTP/1.1 [24]", await client.HearAsync("\r\n\r\n"));
        }

        await _scene.HoldsAsync();
    }
}

public sealed class OddRequestHttp1Tests() : OddRequestTests(HttpProtocols.Http1);

public sealed class OddRequestHttp2Tests() : OddRequestTests(HttpProtocols.Http2);
