using System.Net;
using System.Text;
using Geode.Router.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Geode.Router.Tests.EndToEnd;

/// <summary>One origin in trouble, one well: no repeatable request fails.</summary>
public sealed class FailoverTests : IAsyncLifetime
{
    private const int Many = 60;

    private TestOrigin _well = null!;

    public async Task InitializeAsync() => _well = await TestOrigin.StartAsync("b");

    public Task DisposeAsync() => _well.DisposeAsync().AsTask();

    [Fact]
    public async Task Refused_everything_goes_to_the_other_even_what_may_be_sent_only_once()
    {
        using var dead = new DeadPort();
        await using var router = await TestRouter.StartAsync([dead.Address, _well.Address], "Health:UnhealthyAfter=1000000", "Health:EjectAfterFailures=1000000");
        await router.IsAsync("a", "unhealthy");
        foreach (var method in new[] { "GET", "PUT", "DELETE", "POST", "PATCH" })
            await AllSucceedAsync(router, method);
        Assert.Equal(5 * Many, _well.Requests);
    }

    [Fact]
    public async Task Refused_while_it_is_believed_healthy_a_post_goes_on_since_it_reached_nobody()
    {
        var gone = await TestOrigin.StartAsync("a");
        await using var router = await TestRouter.StartAsync([gone.Address, _well.Address], TestRouter.NoProbes);
        await gone.DisposeAsync();
        await AllSucceedAsync(router, "POST");
        Assert.Equal(Many, _well.Requests);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("POST+key")]
    public async Task Reset_what_may_be_repeated_is(string method)
    {
        await using var resetting = RawOrigin.Resetting();
        await using var router = await TestRouter.StartAsync([resetting.Address, _well.Address]);
        await AllSucceedAsync(router, method);
        Assert.Equal(Many, _well.Requests);
        Assert.True(resetting.Requests > 0);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    [InlineData("POST+key")]
    public async Task Silent_what_may_be_repeated_is_and_the_origin_is_found_out(string method)
    {
        await using var silent = RawOrigin.Silent();
        await using var router = await TestRouter.StartAsync([silent.Address, _well.Address], "Health:EjectMs=60000", "Health:EjectMaxMs=60000");
        await AllSucceedAsync(router, method);
        // By one client for itself, and by several for all.
        await Eventually.IsAsync(async () =>
        {
            await AllSucceedAsync(router, method, 4);
            return (await router.ReportAsync("a")).GetProperty("avoidedBy").GetInt32() == 1;
        });
        for (var client = 0; (await router.ReportAsync("a")).GetProperty("state").GetString() != "unhealthy"; client++)
        {
            Assert.InRange(client, 0, 1_000);
            await AllSucceedAsync(router, method, 4, $"198.51.100.{client % 250}");
        }

        Assert.Contains("silent", (await router.ReportAsync("a")).GetProperty("why").GetString()!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(429)]
    public async Task Declined_what_may_be_repeated_is(int status)
    {
        await using var declining = await TestOrigin.StartAsync("a", context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.RetryAfter = "1";
            return Task.CompletedTask;
        });
        await using var router = await TestRouter.StartAsync([declining.Address, _well.Address]);
        foreach (var method in new[] { "GET", "PUT", "POST+key" })
            await AllSucceedAsync(router, method);
        Assert.Equal(3 * Many, _well.Requests);
    }

    [Fact]
    public async Task Declined_by_all_the_client_is_told_and_nobody_is_blamed()
    {
        await using var first = await TestOrigin.StartAsync("a", Declines);
        _well.Does(Declines);
        await using var router = await TestRouter.StartAsync([first.Address, _well.Address]);
        for (var i = 0; i < 20; i++)
        {
            var answer = await router.Client.GetAsync("/");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.Equal("2", answer.Attempts());
        }

        Assert.All(router.Snapshot.Origins, o => Assert.Equal(Geode.Router.Health.OriginState.Healthy, o.Health.State));

        static Task Declines(HttpContext context)
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task Slow_a_safe_request_is_hedged_and_the_slow_try_is_cancelled()
    {
        var cancelled = 0;
        await using var slow = await TestOrigin.StartAsync("a", async context =>
        {
            try
            {
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            }
            catch (OperationCanceledException)
            {
                Interlocked.Increment(ref cancelled);
            }
        });
        await using var router = await TestRouter.StartAsync([slow.Address, _well.Address]);
        await AllSucceedAsync(router, "GET");
        await Eventually.IsAsync(() => cancelled == slow.Requests);
        Assert.True(cancelled > 0);
        await Eventually.IsAsync(() => router.Snapshot.Origins.All(o => o.InFlight.Requests == 0));
    }

    [Fact]
    public async Task Slow_everywhere_a_request_is_answered_all_the_same()
    {
        var gate = new TaskCompletionSource();
        RequestDelegate waits = async context =>
        {
            await gate.Task;
            await context.Response.WriteAsync("late");
        };
        await using var first = await TestOrigin.StartAsync("a", waits);
        _well.Does(waits);
        await using var router = await TestRouter.StartAsync([first.Address, _well.Address]);
        var answer = router.Client.GetAsync("/");
        await Eventually.IsAsync(() => first.Requests == 1 && _well.Requests == 1);
        gate.SetResult();
        Assert.Equal("late", await (await answer).Content.ReadAsStringAsync());
        Assert.All(router.Snapshot.Origins, o => Assert.NotEqual(Geode.Router.Health.OriginState.Unhealthy, o.Health.State));
    }

    [Fact]
    public async Task Flapping_no_request_fails()
    {
        var up = true;
        await using var flapping = new RawOrigin(async (connection, _) =>
        {
            if (up)
            {
                await RawOrigin.SayAsync(connection, "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na");
                return true;
            }

            RawOrigin.Reset(connection);
            return false;
        });
        await using var router = await TestRouter.StartAsync([flapping.Address, _well.Address], "Health:SlowStartMs=0");
        for (var turn = 0; turn < 6; turn++)
        {
            up = !up;
            await AllSucceedAsync(router, turn % 2 == 0 ? "GET" : "PUT");
        }
    }

    [Fact]
    public async Task Both_gone_is_said_quickly_and_both_back_is_found()
    {
        var (first, second) = (await TestOrigin.StartAsync("a"), await TestOrigin.StartAsync("b"));
        var ports = (first.Port, second.Port);
        await using var router = await TestRouter.StartAsync([first.Address, second.Address]);
        await first.DisposeAsync();
        await second.DisposeAsync();
        await router.IsAsync("a", "unhealthy");
        await router.IsAsync("b", "unhealthy");

        var refused = await router.Client.GetAsync("/");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal("1", Assert.Single(refused.Headers.GetValues("Retry-After")));
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType!.MediaType);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await router.Admin.GetAsync("/health/ready")).StatusCode);

        await using var firstAgain = await TestOrigin.StartAsync("a", port: ports.Item1);
        // Nothing is healthy yet, and all the same what can be answered is.
        await Eventually.IsAsync(async () => (await router.Client.GetAsync("/")).IsSuccessStatusCode);
        await using var secondAgain = await TestOrigin.StartAsync("b", port: ports.Item2);
        await router.IsAsync("a", "healthy");
        await router.IsAsync("b", "healthy");
        Assert.Equal(HttpStatusCode.OK, (await router.Admin.GetAsync("/health/ready")).StatusCode);
    }

    [Fact]
    public async Task A_kept_body_arrives_whole_at_the_second_origin()
    {
        var bodies = new System.Collections.Concurrent.ConcurrentQueue<(string Body, string? Type)>();
        _well.Does(async context => bodies.Enqueue((await new StreamReader(context.Request.Body).ReadToEndAsync(), context.Request.ContentType)));
        await using var resetting = RawOrigin.Resetting();
        await using var router = await TestRouter.StartAsync([resetting.Address, _well.Address]);
        for (var i = 0; i < 20; i++)
            Assert.Equal(HttpStatusCode.OK, (await router.Client.PutAsync("/", new StringContent("hello " + i, Encoding.UTF8, "text/plain"))).StatusCode);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => ("hello " + i, (string?)"text/plain; charset=utf-8")), bodies);
        Assert.True(resetting.Requests > 0);
    }

    [Fact]
    public async Task Retries_stay_within_their_budget_when_every_try_fails()
    {
        await using var first = RawOrigin.Resetting();
        await using var second = RawOrigin.Resetting();
        await using var router = await TestRouter.StartAsync([first.Address, second.Address], "Tries:RetryBudget=0.2", "Tries:RetryReserve=1");
        for (var i = 0; i < 100; i++)
            Assert.Equal(HttpStatusCode.BadGateway, (await router.Client.GetAsync("/")).StatusCode);
        // The pool itself repeats a GET on a kept-alive connection that was closed under it; on a new one it does not.
        Assert.InRange(first.Requests + second.Requests, 100, 122);
    }

    private static async Task AllSucceedAsync(TestRouter router, string method, int many = Many, string? client = null)
    {
        for (var i = 0; i < many; i++)
        {
            var answer = await router.SendAsync(method, client);
            Assert.True(answer.IsSuccessStatusCode, $"{method} number {i}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        }
    }
}
