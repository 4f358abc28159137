using System.Net;
using Geode.Router.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Geode.Router.Tests.EndToEnd;

/// <summary>What becomes of a request that was sent whole may be the request's doing. So one client moves only itself by it, and
/// several move all.</summary>
public sealed class ClientOpinionTests
{
    private const int Many = 20;
    private const string Hostile = "203.0.113.66";

    /// <summary>Takes the fault from the path: <c>/reset</c>, <c>/503</c>; <c>/hang</c> never ends.</summary>
    private static RawOrigin Touchy() => new(async (connection, head) =>
    {
        var path = head.Split(' ')[1];
        if (path == "/hang")
            await new TaskCompletionSource().Task;
        if (path == "/reset")
            RawOrigin.Reset(connection);
        else if (path != "/close")
            await RawOrigin.SayAsync(connection, $"HTTP/1.1 {(path == "/fine" ? "200 OK" : path[1..] + " No")}\r\nRetry-After: 1\r\nContent-Length: 1\r\n\r\na");
        return path is not ("/reset" or "/close");
    });

    [Theory]
    [InlineData("GET", "/reset")]
    [InlineData("GET", "/close")]
    [InlineData("GET", "/503")]
    [InlineData("POST", "/reset")]
    [InlineData("POST", "/503")]
    public async Task One_client_that_makes_an_origin_fail_goes_elsewhere_alone(string method, string path)
    {
        await using var origin = Touchy();
        await using var scene = await NobodyIsMoved.StartAsync(origin.Address, []);
        for (var i = 0; i < Many; i++)
            await AskAsync(scene, Hostile, method, path);

        var report = await scene.Router.ReportAsync("a");
        Assert.Equal(("healthy", 1), (report.GetProperty("state").GetString(), report.GetProperty("avoidedBy").GetInt32()));
        // As quickly as an origin is out for all; then it is not asked again.
        if (path != "/close")
            Assert.Equal(10 + 3, origin.Requests);
        for (var i = 0; i < Many; i++)
            Assert.Equal("a", (await AskAsync(scene, $"198.51.100.{i}", "GET", "/fine")).ServedBy());
        Assert.Equal("b", (await AskAsync(scene, Hostile, "GET", "/fine")).ServedBy());
    }

    [Theory]
    [InlineData("/reset")]
    [InlineData("/503")]
    public async Task Three_clients_in_a_row_move_all(string path)
    {
        await using var origin = Touchy();
        await using var scene = await NobodyIsMoved.StartAsync(origin.Address, []);
        for (var i = 1; i <= 3; i++)
            Assert.Equal("b", (await AskAsync(scene, $"198.51.100.{i}", "GET", path)).ServedBy());
        await scene.Router.IsAsync("a", "unhealthy");
        Assert.Equal(10 + 3, origin.Requests);
        Assert.Equal("b", (await AskAsync(scene, "198.51.100.9", "GET", "/fine")).ServedBy());
    }

    [Fact]
    public async Task One_refused_connection_after_the_other_moves_all_whoever_sees_it()
    {
        var origin = await TestOrigin.StartAsync("a");
        await using var scene = await NobodyIsMoved.StartAsync(origin.Address, []);
        await origin.DisposeAsync();
        for (var i = 0; i < 3; i++)
            Assert.Equal("b", (await AskAsync(scene, Hostile, "GET", "/fine")).ServedBy());
        await scene.Router.IsAsync("a", "unhealthy");
    }

    [Fact]
    public async Task A_client_that_is_told_to_send_less_is_asked_elsewhere_and_nothing_is_held_against_the_origin()
    {
        await using var origin = Touchy();
        await using var scene = await NobodyIsMoved.StartAsync(origin.Address, []);
        for (var i = 0; i < Many; i++)
            Assert.Equal(("b", "2"), (await AskAsync(scene, Hostile, "GET", "/429")) is var answer ? (answer.ServedBy(), answer.Attempts()) : default);
        await scene.HoldsAsync(moved: Many);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(413)]
    [InlineData(431)]
    [InlineData(500)]
    public async Task An_answer_that_says_what_is_wrong_with_the_request_is_an_answer(int status)
    {
        await using var origin = Touchy();
        await using var scene = await NobodyIsMoved.StartAsync(origin.Address, []);
        for (var i = 0; i < Many; i++)
            Assert.Equal((HttpStatusCode)status, (await AskAsync(scene, Hostile, "GET", $"/{status}")).StatusCode);
        await scene.HoldsAsync();
    }

    [Fact]
    public async Task One_client_whose_requests_hang_makes_nobody_else_think_the_origin_silent()
    {
        await using var origin = Touchy();
        await using var other = await TestOrigin.StartAsync("b");
        // With a real clock, since silence is a matter of time.
        await using var router = await TestRouter.StartAsync([], TestRouter.NoProbes, "Health:EjectMs=3600000", "Health:EjectMaxMs=3600000",
            "Origins:a:Url=" + origin.Address.GetLeftPart(UriPartial.Authority), "Origins:a:Priority=1",
            "Origins:b:Url=" + other.Address.GetLeftPart(UriPartial.Authority), "Origins:b:Priority=2");
        await Eventually.IsAsync(async () =>
        {
            using var hanging = Request(Hostile, "GET", "/hang");
            Assert.Equal("b", (await router.Client.SendAsync(hanging)).ServedBy());
            return (await router.ReportAsync("a")).GetProperty("avoidedBy").GetInt32() == 1;
        });
        Assert.Equal("healthy", (await router.ReportAsync("a")).GetProperty("state").GetString());
        using var fine = Request("198.51.100.1", "PUT", "/fine");
        Assert.Equal("a", (await router.Client.SendAsync(fine)).ServedBy());
    }

    private static async Task<HttpResponseMessage> AskAsync(NobodyIsMoved scene, string client, string method, string path)
    {
        using var request = Request(client, method, path);
        return await scene.Router.Client.SendAsync(request);
    }

    /// <summary>Comes from loopback, which may speak for others.</summary>
    private static HttpRequestMessage Request(string client, string method, string path)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add("X-Forwarded-For", client);
        return request;
    }
}
