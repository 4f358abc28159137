using Geode.Router.Tests.Support;
using Geode.TestKit.Http;

namespace Geode.Router.Tests.Http;

/// <summary><c>Expect: 100-continue</c> (RFC 9110 section 10.1.1): the client sends its body when it is told to.</summary>
public sealed class ExpectationTests : StrictOriginTests
{
    /// <param name="passedOn">Who has the whole body already asks nobody whether to send it.</param>
    [Theory]
    [InlineData("PUT", null)]
    [InlineData("POST", "100-continue")]
    public async Task The_client_is_told_to_go_on(string method, string? passedOn)
    {
        using var client = await RawConnection.OpenAsync(Router.Address.Port);
        await client.SayAsync($"{method} / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
        Assert.Equal(100, (await client.HearAsync())!.Status);
        await client.SayAsync("abcde");
        var answer = await client.HearAsync();
        Assert.Equal((200, "abcde"), (answer!.Status, answer.Body));
        var received = Assert.Single(Origin.Received);
        Assert.Equal(("abcde", passedOn), (received.Body, received["Expect"]));
    }

    [Fact]
    public async Task One_that_does_not_wait_is_answered_all_the_same()
    {
        using var client = await RawConnection.OpenAsync(Router.Address.Port);
        await client.SayAsync("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\nabcde");
        RawAnswer? answer;
        do
            answer = await client.HearAsync();
        while (answer is { Status: 100 });
        Assert.Equal((200, "abcde"), (answer!.Status, answer.Body));
    }

    [Fact]
    public async Task HTTP_1_0_cannot_expect_anything()
    {
        var answer = Assert.Single(await RawConnection.ConverseAsync(Router.Address.Port, "PUT / HTTP/1.0\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\nabcde"));
        Assert.Equal((200, "abcde"), (answer.Status, answer.Body));
    }
}
