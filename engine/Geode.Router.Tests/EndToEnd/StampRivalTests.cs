using System.Net;
using System.Text;
using Geode.Router.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Geode.Router.Tests.EndToEnd;

/// <summary>Whatever makes a request go to a second geode, or to another one than the nearest, keeps to its tenant's stamp.</summary>
public sealed class StampRivalTests
{
    [Fact]
    public async Task Neither_a_hedge_nor_a_rival_crosses_to_another_stamp()
    {
        await using var world = await StampWorld.StartAsync(clockRuns: true, "Tries:HedgeMinMs=1", "Tries:TimeoutMinMs=20", "Tries:TimeoutMaxMs=50", TestRouter.NoProbes);
        world.Directory["acme"] = "eu";
        Assert.Equal(HttpStatusCode.OK, (await world.SendAsync("acme")).StatusCode);
        var gate = new TaskCompletionSource();
        RequestDelegate waits = async context =>
        {
            await gate.Task;
            await context.Response.WriteAsync("late");
        };
        world.A.Does(waits);
        world.B.Does(waits);
        var held = world.SendAsync("acme", "/held");
        await Eventually.IsAsync(() => world.A.Seen.Contains("GET /held") && world.B.Seen.Contains("GET /held"));
        // One without a tenant, sent after it, does get across; so the other would have.
        Assert.Equal("c", (await world.SendAsync(null, "/free")).ServedBy());
        Assert.DoesNotContain("GET /held", world.C.Seen);
        gate.SetResult();
        Assert.Equal(HttpStatusCode.OK, (await held).StatusCode);
        Assert.DoesNotContain("GET /held", world.C.Seen);
    }

    [Fact]
    public async Task A_correction_calls_off_what_is_under_way_elsewhere()
    {
        await using var world = await StampWorld.StartAsync(clockRuns: true, TestRouter.NoProbes);
        var calledOff = new TaskCompletionSource();
        world.A.Does(async context =>
        {
            using var off = context.RequestAborted.Register(() => calledOff.TrySetResult());
            await calledOff.Task;
        });
        world.Directory["acme"] = "us";
        // The first is silent, and the second, asked because of that, says where it has to go.
        Assert.Equal((HttpStatusCode.OK, "c", "3"), await world.AskAsync("acme"));
        await calledOff.Task;
        Assert.Equal((1, 1, 1), (world.A.Requests, world.B.Requests, world.C.Requests));
        await Eventually.IsAsync(() => world.Router.Snapshot.Origins.All(o => o.Instances[0].InFlight is { Requests: 0, Working: 0 }));
    }

    [Fact]
    public async Task A_plan_sends_nobody_to_another_stamp()
    {
        await using var world = await StampWorld.StartAsync();
        world.Directory["acme"] = "eu";
        Assert.Equal((HttpStatusCode.OK, "a", "1"), await world.AskAsync("acme"));
        const string Plan = """{ "fence": 1, "number": 1, "seconds": 3600, "places": [{ "place": "amsterdam", "shares": { "c": 1 } }], "drained": [] }""";
        using var taken = await world.Router.Admin.PutAsync("/_router/steering", new StringContent(Plan, Encoding.UTF8, "application/json"));
        Assert.True(taken.IsSuccessStatusCode, await taken.Content.ReadAsStringAsync());
        world.Router.Client.DefaultRequestHeaders.Add("X-Geode-Client", "amsterdam");
        Assert.Equal((HttpStatusCode.OK, "c", "1"), await world.AskAsync(null));
        Assert.Equal((HttpStatusCode.OK, "a", "1"), await world.AskAsync("acme"));
    }

    [Fact]
    public async Task A_geode_that_breaks_off_is_replaced_within_its_stamp_only()
    {
        await using var world = await StampWorld.StartAsync(TestRouter.NoProbes);
        world.Directory["acme"] = "eu";
        Assert.Equal((HttpStatusCode.OK, "a", "1"), await world.AskAsync("acme"));
        world.A.Does(Breaks);
        Assert.Equal((HttpStatusCode.OK, "b", "2"), await world.AskAsync("acme"));
        world.B.Does(Breaks);
        for (var i = 0; i < 5; i++)
            Assert.Equal(HttpStatusCode.BadGateway, (await world.SendAsync("acme")).StatusCode);
        Assert.Equal(0, world.C.Requests);
    }

    [Fact]
    public async Task A_geode_that_declines_and_says_whose_tenant_it_is_is_not_replaced_by_another_stamp()
    {
        await using var world = await StampWorld.StartAsync();
        RequestDelegate declines = context =>
        {
            context.Response.StatusCode = 503;
            context.Response.Headers["X-Geode-Stamp"] = "eu";
            return Task.CompletedTask;
        };
        world.A.Does(declines);
        world.B.Does(declines);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await world.SendAsync("acme")).StatusCode);
        Assert.Equal((1, 1, 0), (world.A.Requests, world.B.Requests, world.C.Requests));
    }

    private static Task Breaks(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }
}
