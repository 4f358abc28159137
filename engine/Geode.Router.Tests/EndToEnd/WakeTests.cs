using System.Net;
using System.Net.WebSockets;
using Geode.Router.Origins;
using Geode.Router.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Geode.Router.Tests.EndToEnd;

/// <summary>A geode without instances is woken by the request that is for it, which waits and is not lost.</summary>
public sealed class WakeTests : IAsyncLifetime
{
    private TestOrigin _near = null!;
    private TestOrigin _far = null!;
    private TestOrigin _control = null!;

    public async Task InitializeAsync()
    {
        _near = await TestOrigin.StartAsync("near", EchoAsync);
        _far = await TestOrigin.StartAsync("far", EchoAsync);
        _control = await TestOrigin.StartAsync("control");
        _control.Does(context =>
        {
            context.Response.StatusCode = 202;
            return Task.CompletedTask;
        });
    }

    public async Task DisposeAsync()
    {
        await _near.DisposeAsync();
        await _far.DisposeAsync();
        await _control.DisposeAsync();
    }

    [Fact]
    public async Task Fifty_at_once_wait_for_it_uploads_and_streams_too_and_it_is_woken_once()
    {
        await using var router = await AsleepAsync();
        _control.Does(async _ =>
        {
            await Eventually.IsAsync(() => Held(router) == 50);
            await router.SetInstancesAsync("a", _near.Address);
        });
        var socket = ConnectAsync(router);
        var answers = Enumerable.Range(0, 49).Select(i => router.Client.SendAsync(new HttpRequestMessage(new HttpMethod((i % 4) switch { 0 => "POST", 1 => "PUT", 2 => "PATCH", _ => "GET" }), $"/{i}")
        {
            // Some larger than what is kept, and larger than any buffer on the way.
            Content = i % 4 == 3 ? null : new ByteArrayContent(new byte[i % 8 < 4 ? 100 : 3_000_000]),
        })).ToList();

        foreach (var (i, answer) in answers.Index())
        {
            using var response = await answer;
            Assert.Equal((HttpStatusCode.OK, "a", "1"), (response.StatusCode, response.ServedBy(), response.Attempts()));
            Assert.Equal($"near {(i % 4 == 3 ? 0 : i % 8 < 4 ? 100 : 3_000_000)}", await response.Content.ReadAsStringAsync());
        }

        Assert.Equal("near", await socket);
        Assert.Equal(["POST /planet/regions/a/wake"], _control.Seen);
        Assert.Equal((50, 0, 0), (_near.Requests, _far.Requests, Held(router)));
        Assert.Equal("healthy", (await router.ReportAsync("a")).GetProperty("state").GetString());
    }

    [Fact]
    public async Task It_waits_until_the_instance_is_ready_and_not_only_there()
    {
        _near.Healthy = false;
        await using var router = await AsleepAsync();
        var answer = router.SendAsync("POST");
        await Eventually.IsAsync(() => _control.Requests == 1);
        await router.SetInstancesAsync("a", _near.Address);
        await Eventually.IsAsync(async () => (await router.ReportAsync("a")).GetProperty("instances")[0].GetProperty("state").GetString() == "unhealthy");
        var report = await router.ReportAsync("a");
        Assert.Equal(("asleep", 1), (report.GetProperty("state").GetString(), report.GetProperty("held").GetInt32()));
        Assert.False(answer.IsCompleted);

        _near.Healthy = true;
        Assert.Equal("a", (await answer).ServedBy());
    }

    [Fact]
    public async Task It_is_woken_again_and_again_while_somebody_waits()
    {
        await using var router = await AsleepAsync();
        var answer = router.SendAsync("GET");
        await Eventually.IsAsync(() => _control.Requests == 3);
        await router.SetInstancesAsync("a", _near.Address);
        Assert.Equal("a", (await answer).ServedBy());
    }

    [Theory]
    [InlineData("GET"), InlineData("POST")]
    public async Task One_that_does_not_wake_in_time_loses_its_request_to_another_and_the_next_does_not_wait(string method)
    {
        await using var router = await AsleepAsync("WakeMs=5000");
        Assert.Equal("b", (await router.SendAsync(method)).ServedBy());
        Assert.InRange(_control.Requests, 1, 10);
        Assert.False(router.Snapshot.Origins[0].Takes);

        _control.Does(_ => throw new InvalidOperationException("Nobody was to be woken."));
        var before = _control.Requests;
        Assert.Equal("b", (await router.SendAsync(method)).ServedBy());
        Assert.Equal((before, 0), (_control.Requests, Held(router)));

        // Whoever wakes it in the end is welcome.
        await router.SetInstancesAsync("a", _near.Address);
        await router.IsAsync("a", "healthy");
        Assert.Equal("a", (await router.SendAsync(method)).ServedBy());
    }

    [Theory]
    [InlineData(404), InlineData(500), InlineData(0), InlineData(-1)]
    public async Task When_nobody_can_wake_it_the_next_geode_is_asked_at_once(int status)
    {
        using var dead = new DeadPort();
        _control.Does(context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        // Whoever waited that long would still be waiting.
        await using var router = await AsleepAsync("WakeMs=600000", status switch { -1 => "Wake=", 0 => $"Wake={Origin.PrefixOf(dead.Address)}", _ => $"Wake={Origin.PrefixOf(_control.Address)}" });
        Assert.Equal("b", (await router.SendAsync("POST")).ServedBy());
        Assert.Equal("b", (await router.SendAsync("GET")).ServedBy());
        Assert.InRange(_control.Requests, status > 0 ? 1 : 0, status > 0 ? 2 : 0);
    }

    [Fact]
    public async Task When_it_is_the_only_one_and_cannot_be_woken_the_client_is_told_to_come_back()
    {
        await using var router = await TestRouter.StartAsync([_near.Address]);
        await router.SetInstancesAsync("a");
        using var answer = await router.SendAsync("GET");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    [Fact]
    public async Task Where_another_one_as_near_is_awake_nobody_waits_and_it_is_woken_all_the_same()
    {
        await using var router = await TestRouter.StartAsync([_near.Address, _far.Address], $"Wake={Origin.PrefixOf(_control.Address)}", "WakeMs=600000", "Tries:HedgeBudget=0");
        await router.SetInstancesAsync("a");
        // It would have been the turn of the sleeper for every other one.
        for (var i = 0; i < 40; i++)
            Assert.Equal("b", (await router.SendAsync("GET")).ServedBy());
        await Eventually.IsAsync(() => _control.Requests >= 1);
        await router.SetInstancesAsync("a", _near.Address);
        await router.IsAsync("a", "healthy");
        await Eventually.IsAsync(async () => (await router.SendAsync("GET")).ServedBy() == "a");
    }

    [Fact]
    public async Task Only_so_many_wait()
    {
        await using var router = await AsleepAsync("WakeMs=600000", "WakeMaxHeld=2");
        var waiting = new[] { router.SendAsync("GET"), router.SendAsync("GET") };
        await Eventually.IsAsync(() => Held(router) == 2);
        Assert.Equal("b", (await router.SendAsync("GET")).ServedBy());
        await router.SetInstancesAsync("a", _near.Address);
        foreach (var answer in waiting)
            Assert.Equal("a", (await answer).ServedBy());
    }

    [Fact]
    public async Task A_client_that_leaves_is_forgotten()
    {
        await using var router = await AsleepAsync("WakeMs=600000");
        using var leave = new CancellationTokenSource();
        var gone = router.Client.GetAsync("/", leave.Token);
        await Eventually.IsAsync(() => Held(router) == 1);
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        await Eventually.IsAsync(() => Held(router) == 0);
        await router.SetInstancesAsync("a", _near.Address);
        await router.IsAsync("a", "healthy");
        Assert.Equal(0, _near.Requests);
    }

    [Theory]
    [InlineData("GET"), InlineData("POST"), InlineData("PUT")]
    public async Task One_that_sleeps_is_woken_when_those_who_are_awake_fail(string method)
    {
        await using var router = await AsleepAsync(TestRouter.NoProbes);
        await router.SetInstancesAsync("a", _near.Address);
        await router.IsAsync("a", "healthy");
        await router.SetInstancesAsync("b");
        await _near.DisposeAsync();
        _control.Does(_ => router.SetInstancesAsync("b", _far.Address));
        using var answer = await router.SendAsync(method);
        Assert.Equal(("b", "2"), (answer.ServedBy(), answer.Attempts()));
        Assert.Equal("POST /planet/regions/b/wake", Assert.Single(_control.Seen));
    }

    [Fact]
    public async Task One_that_is_drained_is_not_woken()
    {
        await using var router = await AsleepAsync("WakeMs=600000");
        using var drained = await router.Admin.PostAsync("/_router/origins/a/drain", null);
        Assert.Equal("b", (await router.SendAsync("GET")).ServedBy());
        Assert.Equal(0, _control.Requests);
    }

    [Fact]
    public async Task A_request_under_way_is_finished_by_one_that_is_put_to_sleep()
    {
        var go = new TaskCompletionSource();
        _near.Does(async context =>
        {
            await go.Task;
            await context.Response.WriteAsync("done");
        });
        await using var router = await AsleepAsync();
        await router.SetInstancesAsync("a", _near.Address);
        await router.IsAsync("a", "healthy");
        var answer = router.SendAsync("POST");
        await Eventually.IsAsync(() => _near.Requests == 1);
        await router.SetInstancesAsync("a");
        go.SetResult();
        Assert.Equal("done", await (await answer).Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("Wake", "ftp://h:1"), InlineData("Wake", "here"), InlineData("WakeMs", "0"), InlineData("WakeMaxHeld", "-1")]
    public void Wrong_settings_are_refused(string key, string value) =>
        Assert.Contains($"Geode:Router:{key}: '{value}'", Assert.Throws<Microsoft.Extensions.Options.OptionsValidationException>(
            () => Configuration.RouterSetupLoaderTests.Load("Geode:Router:Origins:a=http://h:1", $"Geode:Router:{key}={value}")).Message, StringComparison.Ordinal);

    /// <summary>A router whose nearest geode sleeps; the other one is an ocean away.</summary>
    private async Task<TestRouter> AsleepAsync(params string[] settings)
    {
        var router = await TestRouter.RunAsync(
            [
                $"Origins:a:Url={Origin.PrefixOf(_near.Address)}", "Origins:a:Place=westeurope", $"Origins:b:Url={Origin.PrefixOf(_far.Address)}", "Origins:b:Place=eastus",
                "Region=amsterdam", "ClientPlaces:127.0.0.0/8=amsterdam", $"Wake={Origin.PrefixOf(_control.Address)}", "WakeMs=300000",
                // However slow the machine is: nobody else is asked only for that.
                "Tries:HedgeBudget=0", "Tries:TimeoutMinMs=600000", "Tries:TimeoutMaxMs=600000", .. settings,
            ],
            _ => { });
        await router.SetInstancesAsync("a");
        await router.IsAsync("a", "asleep");
        return router;
    }

    private static int Held(TestRouter router) => router.Snapshot.Origins[0].Sleep.Held;

    private async Task<string> ConnectAsync(TestRouter router)
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(router.Address) { Scheme = "ws" }.Uri, default);
        var buffer = new byte[100];
        var said = await socket.ReceiveAsync(buffer, default);
        return System.Text.Encoding.UTF8.GetString(buffer, 0, said.Count);
    }

    private async Task EchoAsync(HttpContext context)
    {
        var name = context.Connection.LocalPort == _near.Port ? "near" : "far";
        if (context.WebSockets.IsWebSocketRequest)
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            await socket.SendAsync(System.Text.Encoding.UTF8.GetBytes(name), WebSocketMessageType.Text, true, context.RequestAborted);
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
            return;
        }

        var length = 0L;
        var buffer = new byte[64 * 1024];
        while (await context.Request.Body.ReadAsync(buffer) is var read and > 0)
            length += read;
        await context.Response.WriteAsync($"{name} {length}");
    }
}
