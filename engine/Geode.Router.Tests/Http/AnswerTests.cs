using Geode.Router.Tests.Support;
using Geode.TestKit.Http;

namespace Geode.Router.Tests.Http;

/// <summary>How answers are framed for clients, whatever the origin's framing was (RFC 9112 sections 6 and 9).</summary>
public sealed class AnswerTests() : StrictOriginTests(TestRouter.NoProbes)
{
    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")]
    [InlineData("!HTTP/1.1 200 OK\r\n\r\nabcde")]
    [InlineData("!HTTP/1.0 200 OK\r\n\r\nabcde")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabcde")]
    public async Task HTTP_1_0_gets_no_chunks(string answered)
    {
        Origin.Answers(answered);
        var answer = Assert.Single(await RawConnection.ConverseAsync(Router.Address.Port, "GET / HTTP/1.0\r\n\r\n"));
        Assert.Equal((200, "abcde"), (answer.Status, answer.Body));
        Assert.Null(answer["Transfer-Encoding"]);
    }

    [Fact]
    public async Task HTTP_1_0_keeps_its_connection_where_it_asks_for_that_and_the_length_is_known()
    {
        using var client = await RawConnection.OpenAsync(Router.Address.Port);
        for (var i = 0; i < 2; i++)
        {
            Origin.Answers("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            await client.SayAsync("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
            var answer = await client.HearAsync();
            Assert.Equal("keep-alive", answer!["Connection"]);
        }

        Origin.Answers("!HTTP/1.1 200 OK\r\n\r\nabcde");
        await client.SayAsync("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        Assert.Equal("abcde", (await client.HearAsync())!.Body);
        Assert.Null(await client.HearAsync());
    }

    [Fact]
    public async Task HTTP_1_0_is_closed_where_it_asks_for_nothing() =>
        Assert.Single(await RawConnection.ConverseAsync(Router.Address.Port, "GET / HTTP/1.0\r\n\r\nGET / HTTP/1.0\r\n\r\n"));

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", "5")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", null)]
    public async Task HEAD_has_the_headers_of_GET_and_no_body(string answered, string? length)
    {
        Origin.Answers(answered);
        using var client = await RawConnection.OpenAsync(Router.Address.Port);
        for (var i = 0; i < 2; i++)
        {
            await client.SayAsync("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n");
            var answer = await client.HearAsync(toHead: true);
            Assert.Equal((200, length), (answer!.Status, answer["Content-Length"]));
        }
    }

    [Theory]
    [InlineData("HTTP/1.1 204 No Content\r\n\r\n", 204)]
    [InlineData("HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n", 204)]
    [InlineData("HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\n\r\n", 304)]
    [InlineData("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", 304)]
    [InlineData("HTTP/1.1 205 Reset Content\r\nContent-Length: 0\r\n\r\n", 205)]
    public async Task Answers_without_a_body_have_none_and_the_next_one_is_in_its_place(string answered, int status)
    {
        Origin.Answers(request => request.Target == "/first" ? answered : "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        var answers = await RawConnection.ConverseAsync(Router.Address.Port, "GET /first HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        Assert.Equal([(status, ""), (200, "ok")], answers.Select(a => (a.Status, a.Body)));
        Assert.Null(answers[0]["Transfer-Encoding"]);
        if (status == 204)
            Assert.Null(answers[0]["Content-Length"]);
    }

    [Fact]
    public async Task Requests_in_one_go_are_answered_in_their_order()
    {
        Origin.Answers(request => $"HTTP/1.1 200 OK\r\nContent-Length: {request.Target.Length}\r\n\r\n{request.Target}");
        var requests = string.Concat(Enumerable.Range(0, 20).Select(i => $"{(i % 2 == 0 ? "GET" : "POST")} /{i} HTTP/1.1\r\nHost: x\r\n{(i % 2 == 0 ? "" : "Content-Length: 3\r\n")}{(i == 19 ? "Connection: close\r\n" : "")}\r\n{(i % 2 == 0 ? "" : "abc")}"));
        var answers = await RawConnection.ConverseAsync(Router.Address.Port, requests);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"/{i}"), answers.Select(a => a.Body));
    }

    [Theory]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\n")]
    [InlineData("HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n")]
    [InlineData("HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n")]
    public async Task Informational_answers_are_passed_over(string informational)
    {
        Origin.Answers(informational + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        var answer = Assert.Single(await RawConnection.ConverseAsync(Router.Address.Port, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
        Assert.Equal((200, "ok"), (answer.Status, answer.Body));
    }

    /// <summary>An origin that is out of its mind must not be able to answer somebody else's request.</summary>
    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nokk")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\nok")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\nok")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nA b: c\r\nContent-Length: 2\r\n\r\nok")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil")]
    [InlineData("nonsense\r\n\r\n")]
    public async Task An_answer_that_can_be_read_in_two_ways_is_read_by_nobody_in_the_second(string answered)
    {
        Origin.Answers(request => request.Target == "/odd" ? answered : "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfine");
        for (var i = 0; i < 3; i++)
        {
            var answers = await RawConnection.ConverseAsync(Router.Address.Port, "POST /odd HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\nPOST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            Assert.Contains((answers[0].Status, answers[0].Body), (IEnumerable<(int, string)>)[(200, "ok"), (502, answers[0].Body)]);
            Assert.Equal((2, 200, "fine"), (answers.Count, answers[1].Status, answers[1].Body));
        }
    }
}
