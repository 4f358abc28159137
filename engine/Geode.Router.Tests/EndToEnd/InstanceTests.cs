using System.Net;
using Geode.Router.Origins;
using Geode.Router.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Geode.Router.Tests.EndToEnd;

/// <summary>An origin of several instances: all of them are used, and a lost one is no lost geode.</summary>
public sealed class InstanceTests : InstanceTestBase
{
    [Fact]
    public async Task Requests_are_spread_over_all_and_the_report_names_each()
    {
        await using var router = await StartAsync();
        for (var i = 0; i < 120; i++)
            Assert.StartsWith("near", await router.Client.GetStringAsync("/"), StringComparison.Ordinal);

        // Of 120 at random, fewer than 5 at one of three would come once in a million years.
        Assert.All(Near, o => Assert.InRange(o.Requests, 5, 110));
        Assert.Equal(0, Far.Requests);
        await Eventually.IsAsync(async () => (await router.ReportAsync("a")).GetProperty("requests").GetInt64() == 120);
        var instances = (await router.ReportAsync("a")).GetProperty("instances").EnumerateArray().ToList();
        Assert.Equal(Near.Select(o => Origin.PrefixOf(o.Address)), instances.Select(i => i.GetProperty("address").GetString()));
        Assert.All(instances, i => Assert.Equal("healthy", i.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task The_one_with_fewer_requests_under_way_gets_the_next()
    {
        await using var router = await StartAsync(instances: 2);
        var go = new TaskCompletionSource();
        foreach (var origin in Near)
            origin.Does(async context => { await go.Task; await context.Response.WriteAsync(origin.Name); });
        var answers = new List<Task<HttpResponseMessage>>();
        for (var i = 1; i <= 20; i++)
        {
            answers.Add(router.SendAsync("POST"));
            await Eventually.IsAsync(() => Near[0].Requests + Near[1].Requests == i);
        }

        Assert.Equal((10, 10), (Near[0].Requests, Near[1].Requests));
        go.SetResult();
        Assert.All(await Task.WhenAll(answers), a => Assert.Equal(HttpStatusCode.OK, a.StatusCode));
    }

    [Theory]
    [InlineData("GET"), InlineData("POST")]
    public async Task A_refused_request_goes_to_another_instance_of_the_same_geode(string method)
    {
        await using var router = await StartAsync(instances: 2, TestRouter.NoProbes);
        await Near[1].DisposeAsync();

        for (var i = 0; i < 30; i++)
        {
            using var answer = await router.SendAsync(method);
            Assert.Equal("near 0", await answer.Content.ReadAsStringAsync());
        }

        Assert.Equal((30, 0), (Near[0].Requests, Far.Requests));
        var report = await router.ReportAsync("a");
        Assert.Equal("healthy", report.GetProperty("state").GetString());
        Assert.Contains("1 of 2 instances", report.GetProperty("why").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_resets_or_is_silent_loses_its_requests_to_another_of_the_same_geode()
    {
        await using var resetting = RawOrigin.Resetting();
        await using var silent = RawOrigin.Silent();
        var end = new TaskCompletionSource();
        Far.Does(_ => end.Task);
        foreach (var faulty in new[] { resetting, silent })
        {
            await using var router = await StartAsync(instances: 1, "Tries:HedgeBudget=1", "Tries:TimeoutMinMs=100", "Tries:TimeoutMaxMs=1000");
            await router.SetInstancesAsync("a", Near[0].Address, faulty.Address);
            await KnowsAsync(router, well: 2);
            // On a slow machine the other geode is asked too, and is of no help.
            for (var i = 0; i < 20; i++)
                Assert.Equal("near 0", await router.Client.GetStringAsync("/"));
            Assert.True(faulty.Requests > 0);
        }

        end.SetResult();
    }

    [Fact]
    public async Task Two_that_break_a_request_off_are_the_geode_and_the_third_try_is_elsewhere()
    {
        await using var one = RawOrigin.Resetting();
        await using var two = RawOrigin.Resetting();
        await using var three = RawOrigin.Resetting();
        await using var router = await StartAsync(instances: 1);
        await router.SetInstancesAsync("a", one.Address, two.Address, three.Address);
        await KnowsAsync(router, well: 3);

        using var answer = await router.Client.GetAsync("/");
        Assert.Equal(("far", "3"), (await answer.Content.ReadAsStringAsync(), answer.Attempts()));
        Assert.Equal(2, one.Requests + two.Requests + three.Requests);
    }

    [Fact]
    public async Task A_geode_that_declines_is_asked_once_and_its_other_instance_only_when_nobody_else_is_left()
    {
        var declines = 0;
        foreach (var origin in Near)
            origin.Does(context =>
            {
                context.Response.StatusCode = Interlocked.Increment(ref declines) == 1 ? 503 : 200;
                return context.Response.WriteAsync(origin.Name);
            });
        await using var router = await StartAsync(instances: 2);
        Assert.Equal("far", await router.Client.GetStringAsync("/"));
        Assert.Equal(1, declines);

        declines = 0;
        await using var alone = await TestRouter.StartAsync([Near[0].Address]);
        await alone.SetInstancesAsync("a", Near[0].Address, Near[1].Address);
        await KnowsAsync(alone, well: 2);
        Assert.StartsWith("near", await alone.Client.GetStringAsync("/"), StringComparison.Ordinal);
        Assert.Equal(2, declines);
    }

    [Fact]
    public async Task Those_that_come_where_nobody_serves_have_nobody_to_leave_the_load_to()
    {
        await using var router = await StartAsync(instances: 1, "Health:SlowStartMs=600000");
        await Near[0].DisposeAsync();
        await router.IsAsync("a", "unhealthy");

        // A router that has just started learns that the instance which it knows by itself is not one of those that run.
        await router.SetInstancesAsync("a", Near[1].Address, Near[2].Address);
        await KnowsAsync(router, well: 2);

        for (var i = 0; i < 30; i++)
            Assert.StartsWith("near", await router.Client.GetStringAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_all_are_lost_the_geode_is_and_requests_go_elsewhere()
    {
        await using var router = await StartAsync();
        foreach (var origin in Near)
            await origin.DisposeAsync();
        for (var i = 0; i < 20; i++)
            Assert.Equal("far", await router.Client.GetStringAsync("/"));
        await router.IsAsync("a", "unhealthy");
    }
}
