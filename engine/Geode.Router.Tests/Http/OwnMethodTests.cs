using Geode.Router.Tests.Support;
using Geode.TestKit.Http;

namespace Geode.Router.Tests.Http;

/// <summary>Methods that are for the router itself (RFC 9110 sections 7.6.2 and 9.3).</summary>
public sealed class OwnMethodTests : StrictOriginTests
{
    [Theory]
    [InlineData("CONNECT x:80")]
    [InlineData("TRACE /")]
    [InlineData("TRACE /a?b")]
    public async Task What_is_not_done_here_is_405_with_what_is(string line)
    {
        var answer = await AskAsync(line);
        Assert.Equal((405, "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"), (answer.Status, answer["Allow"]));
        Assert.Empty(Origin.Received);
    }

    [Theory]
    [InlineData("OPTIONS *", "")]
    [InlineData("OPTIONS *", "Max-Forwards: 5\r\n")]
    [InlineData("OPTIONS /", "Max-Forwards: 0\r\n")]
    public async Task OPTIONS_of_the_server_or_at_its_last_stop_are_answered_here(string line, string headers)
    {
        var answer = await AskAsync(line, headers);
        Assert.Equal((200, "0", ""), (answer.Status, answer["Content-Length"], answer.Body));
        Assert.NotNull(answer["Allow"]);
        Assert.Empty(Origin.Received);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("Max-Forwards: 1\r\n", "0")]
    [InlineData("Max-Forwards: 10\r\n", "9")]
    public async Task Other_OPTIONS_are_the_geodes_with_one_stop_less(string headers, string? left)
    {
        Assert.Equal(200, (await AskAsync("OPTIONS /a", headers)).Status);
        var received = Assert.Single(Origin.Received);
        Assert.Equal(("OPTIONS", "/a", left), (received.Method, received.Target, received["Max-Forwards"]));
    }

    [Theory]
    [InlineData("Max-Forwards: -1\r\n")]
    [InlineData("Max-Forwards: many\r\n")]
    public async Task Max_Forwards_is_a_number(string headers)
    {
        Assert.Equal(400, (await AskAsync("OPTIONS /", headers)).Status);
        Assert.Empty(Origin.Received);
    }

    [Fact]
    public async Task For_other_methods_Max_Forwards_means_nothing()
    {
        Assert.Equal(200, (await AskAsync("GET /", "Max-Forwards: 0\r\n")).Status);
        Assert.Equal("0", Assert.Single(Origin.Received)["Max-Forwards"]);
    }

    private async Task<RawAnswer> AskAsync(string line, string headers = "") =>
        Assert.Single(await RawConnection.ConverseAsync(Router.Address.Port, $"{line} HTTP/1.1\r\nHost: x:80\r\n{headers}Connection: close\r\n\r\n"));
}
