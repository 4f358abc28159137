using Geode.Router.Tests.Support;
using Geode.TestKit.Http;

namespace Geode.Router.Tests.Http;

/// <summary>What concerns one connection only stays on it, in both directions (RFC 9110 section 7.6.1); everything else arrives.</summary>
public sealed class HopByHopTests : StrictOriginTests
{
    [Theory]
    [InlineData("Keep-Alive: timeout=5", "Keep-Alive")]
    [InlineData("Proxy-Connection: close", "Proxy-Connection")]
    [InlineData("Proxy-Authorization: secret", "Proxy-Authorization")]
    [InlineData("Proxy-Authenticate: Basic", "Proxy-Authenticate")]
    [InlineData("TE: gzip", "TE")]
    [InlineData("Trailer: A", "Trailer")]
    [InlineData("HTTP2-Settings: AAMAAABkAAQAAP__", "HTTP2-Settings")]
    [InlineData("Upgrade: nonsense", "Upgrade")]
    [InlineData("Connection: X-Mine\r\nX-Mine: 1", "X-Mine")]
    [InlineData("Connection: keep-alive, x-mine\r\nX-MINE: 1", "X-Mine")]
    [InlineData("Connection: close,X-Mine\r\nX-Mine: 1", "X-Mine")]
    [InlineData("Connection: X-Mine\r\nConnection: X-Yours\r\nX-Mine: 1", "X-Mine")]
    public async Task A_request_leaves_it_behind(string headers, string name)
    {
        var answer = Assert.Single(await RawConnection.ConverseAsync(Router.Address.Port, $"GET / HTTP/1.1\r\nHost: x\r\n{headers}\r\nX-Else: 1\r\nConnection: close\r\n\r\n"));
        Assert.Equal(200, answer.Status);
        var received = Assert.Single(Origin.Received);
        Assert.Null(received[name]);
        Assert.Equal("1", received["X-Else"]);
    }

    [Theory]
    [InlineData("Keep-Alive: timeout=5", "Keep-Alive")]
    [InlineData("Proxy-Connection: close", "Proxy-Connection")]
    [InlineData("Proxy-Authenticate: Basic", "Proxy-Authenticate")]
    [InlineData("Upgrade: h2c", "Upgrade")]
    [InlineData("Connection: X-Mine\r\nX-Mine: 1", "X-Mine")]
    [InlineData("Connection: keep-alive, x-mine\r\nX-MINE: 1", "X-Mine")]
    [InlineData("Connection: X-Other\r\nConnection: X-Mine\r\nX-Mine: 1", "X-Mine")]
    public async Task An_answer_leaves_it_behind(string headers, string name)
    {
        Origin.Answers($"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n{headers}\r\nX-Else: 1\r\n\r\nok");
        using var client = await RawConnection.OpenAsync(Router.Address.Port);
        await client.SayAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        var answer = await client.HearAsync();
        Assert.Equal((200, "ok"), (answer!.Status, answer.Body));
        Assert.Null(answer[name]);
        Assert.Equal("1", answer["X-Else"]);
    }

    [Fact]
    public async Task The_answers_length_is_no_matter_of_the_connection()
    {
        Origin.Answers("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: Content-Length\r\n\r\nok");
        var answer = Assert.Single(await RawConnection.ConverseAsync(Router.Address.Port, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
        Assert.Equal(("2", "ok"), (answer["Content-Length"], answer.Body));
    }

    [Fact]
    public async Task TE_says_on_that_trailers_are_welcome()
    {
        await RawConnection.ConverseAsync(Router.Address.Port, "GET / HTTP/1.1\r\nHost: x\r\nTE: gzip, trailers\r\nConnection: close, TE\r\n\r\n");
        Assert.Equal("trailers", Assert.Single(Origin.Received)["TE"]);
    }

    [Fact]
    public async Task What_browsers_say_of_insecure_requests_is_for_the_geode()
    {
        await RawConnection.ConverseAsync(Router.Address.Port, "GET / HTTP/1.1\r\nHost: x\r\nUpgrade-Insecure-Requests: 1\r\nConnection: close\r\n\r\n");
        Assert.Equal("1", Assert.Single(Origin.Received)["Upgrade-Insecure-Requests"]);
    }

    [Theory]
    [InlineData("HTTP/1.1", "", "1.1 geode")]
    [InlineData("HTTP/1.0", "", "1.0 geode")]
    [InlineData("HTTP/1.1", "Via: 1.0 fred\r\n", "1.0 fred, 1.1 geode")]
    public async Task Each_gateway_adds_itself_to_Via(string version, string headers, string via)
    {
        await RawConnection.ConverseAsync(Router.Address.Port, $"GET / {version}\r\nHost: x\r\n{headers}Connection: close\r\n\r\n");
        Assert.Equal(via, string.Join(", ", Assert.Single(Origin.Received).All("Via")));
    }

    [Fact]
    public async Task The_host_is_the_one_of_the_absolute_target_whatever_Host_says()
    {
        await RawConnection.ConverseAsync(Router.Address.Port, "GET http://meant.example/a?b HTTP/1.1\r\nHost: other.example\r\nConnection: close\r\n\r\n");
        var received = Assert.Single(Origin.Received);
        Assert.Equal(("/a?b", "meant.example", Origin.Address.Authority), (received.Target, received["X-Forwarded-Host"], received["Host"]));
    }

    [Fact]
    public async Task A_header_whose_name_is_none_is_refused()
    {
        var answer = Assert.Single(await RawConnection.ConverseAsync(Router.Address.Port, "GET / HTTP/1.1\r\nHost: x\r\nA(b): c\r\n\r\n"));
        Assert.Equal(400, answer.Status);
        Assert.Empty(Origin.Received);
    }

    [Fact]
    public async Task A_length_with_a_sign_is_refused()
    {
        var answer = Assert.Single(await RawConnection.ConverseAsync(Router.Address.Port, "PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: +5\r\nConnection: close\r\n\r\nabcde"));
        Assert.Equal(400, answer.Status);
        Assert.Empty(Origin.Received);
    }

    [Theory]
    [InlineData("Connection: keep-alive")]
    [InlineData("Connection: keep-alive, TE\r\nTE: trailers")]
    [InlineData("Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__")]
    public async Task What_clients_usually_name_costs_them_no_connection(string headers)
    {
        using var client = await RawConnection.OpenAsync(Router.Address.Port);
        for (var i = 0; i < 3; i++)
        {
            await client.SayAsync($"GET / HTTP/1.1\r\nHost: x\r\n{headers}\r\n\r\n");
            Assert.Equal(200, (await client.HearAsync())!.Status);
        }
    }
}
