using System.Net;
using Geode.Router.Tests.Support;
using Geode.TestKit.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Geode.Router.Tests.Http;

/// <summary>Fields after a body (RFC 9110 section 6.5).</summary>
public sealed class TrailerTests
{
    [Fact]
    public async Task Of_an_answer_they_are_passed_on_to_clients_of_HTTP_2()
    {
        await using var origin = new StrictOrigin();
        await using var router = await TestRouter.StartAsync([origin.Address]);
        origin.Answers("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n2\r\nok\r\n0\r\nX-Sum: 7\r\n\r\n");
        using var client = new HttpClient { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var answer = await client.GetAsync(router.Address);
        Assert.Equal("ok", await answer.Content.ReadAsStringAsync());
        Assert.Equal(["7"], answer.TrailingHeaders.GetValues("X-Sum"));
    }

    [Fact]
    public async Task Of_an_answer_they_are_left_out_for_clients_of_HTTP_1_1()
    {
        await using var origin = new StrictOrigin();
        await using var router = await TestRouter.StartAsync([origin.Address]);
        origin.Answers("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n2\r\nok\r\n0\r\nX-Sum: 7\r\n\r\n");
        var answer = Assert.Single(await RawConnection.ConverseAsync(router.Address.Port, "GET / HTTP/1.1\r\nHost: x\r\nTE: trailers\r\nConnection: close, TE\r\n\r\n"));
        Assert.Equal((200, "ok"), (answer.Status, answer.Body));
        Assert.Empty(answer.Trailers);
        Assert.Null(answer["X-Sum"]);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("POST")]
    public async Task Of_a_request_they_are_left_out_and_never_become_headers(string method)
    {
        await using var origin = new StrictOrigin();
        await using var router = await TestRouter.StartAsync([origin.Address]);
        var answer = Assert.Single(await RawConnection.ConverseAsync(
            router.Address.Port, $"{method} / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\nConnection: close\r\n\r\n2\r\nok\r\n0\r\nX-Sum: 7\r\nContent-Length: 9\r\n\r\n"));
        Assert.Equal((200, "ok"), (answer.Status, answer.Body));
        var received = Assert.Single(origin.Received);
        Assert.Equal("ok", received.Body);
        Assert.Null(received["X-Sum"]);
        Assert.Empty(received.Trailers);
        Assert.Empty(origin.Offences);
    }
}
