using System.Net;
using Geode.Router.Configuration;
using Geode.Router.Tests.Configuration;
using Geode.Router.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Geode.Router.Tests.EndToEnd;

/// <summary>A request for a tenant goes to the geodes of the stamp where the tenant is, and to nobody else once that is known.</summary>
public sealed class StampTests
{
    [Fact]
    public async Task The_first_request_is_corrected_and_the_next_goes_straight_there()
    {
        await using var world = await StampWorld.StartAsync();
        world.Directory["acme"] = "us";
        Assert.Equal((HttpStatusCode.OK, "c", "2"), await world.AskAsync("acme"));
        Assert.Equal((HttpStatusCode.OK, "c", "1"), await world.AskAsync("acme"));
        Assert.Equal((HttpStatusCode.OK, "c", "1"), await world.AskAsync("ACME"));
        Assert.Equal((1, 0, 3), (world.A.Requests, world.B.Requests, world.C.Requests));
    }

    [Fact]
    public async Task What_nobody_has_confirmed_for_half_a_minute_is_asked_for_again()
    {
        await using var world = await StampWorld.StartAsync();
        world.Directory["acme"] = "us";
        Assert.Equal((HttpStatusCode.OK, "c", "2"), await world.AskAsync("acme"));
        world.Time.Advance(29_000);
        Assert.Equal((HttpStatusCode.OK, "c", "1"), await world.AskAsync("acme"));
        world.Time.Advance(29_000);
        Assert.Equal((HttpStatusCode.OK, "c", "1"), await world.AskAsync("acme"));
        world.Time.Advance(31_000);
        Assert.Equal((HttpStatusCode.OK, "c", "2"), await world.AskAsync("acme"));
    }

    [Fact]
    public async Task One_that_is_where_it_was_asked_for_stays_there_and_one_without_a_tenant_goes_as_ever()
    {
        await using var world = await StampWorld.StartAsync();
        world.Directory["acme"] = "eu";
        Assert.Equal((HttpStatusCode.OK, "a", "1"), await world.AskAsync("acme"));
        await world.Router.Admin.PostAsync("/_router/origins/a/drain", null);
        Assert.Equal((HttpStatusCode.OK, "b", "1"), await world.AskAsync("acme"));
        await world.Router.Admin.PostAsync("/_router/origins/b/drain", null);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await world.SendAsync("acme")).StatusCode);
        Assert.Equal(0, world.C.Requests);
        Assert.Equal((HttpStatusCode.OK, "c", "1"), await world.AskAsync(null));
    }

    [Theory]
    [InlineData("dead")]
    [InlineData("drained")]
    [InlineData("asleep")]
    public async Task With_its_stamp_down_the_client_is_told_and_the_other_stamp_is_not_asked(string how)
    {
        await using var world = await StampWorld.StartAsync();
        world.Directory["acme"] = world.Directory["late"] = "us";
        Assert.Equal((HttpStatusCode.OK, "c", "2"), await world.AskAsync("acme"));
        if (how == "dead")
            await world.C.DisposeAsync();
        else if (how == "drained")
            await world.Router.Admin.PostAsync("/_router/origins/c/drain", null);
        else
            await world.Router.SetInstancesAsync("c");

        for (var i = 0; i < 5; i++)
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await world.SendAsync("acme", method: i % 2 == 0 ? HttpMethod.Get : HttpMethod.Post)).StatusCode);
        Assert.Equal((1, 0), (world.A.Requests, world.B.Requests));
        // Likewise where only the correction says which stamp it is.
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await world.SendAsync("late")).StatusCode);
        Assert.Equal((2, 0), (world.A.Requests, world.B.Requests));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(60_000)]
    public async Task A_post_without_a_key_gets_to_the_right_stamp_whole_and_is_done_once(int bytes)
    {
        await using var world = await StampWorld.StartAsync();
        world.Directory["acme"] = "us";
        var body = new string('x', bytes);
        Assert.Equal((HttpStatusCode.OK, "c", "2"), await world.AskAsync("acme", HttpMethod.Post, new StringContent(body)));
        Assert.Equal([$"c acme POST {body}"], world.Done);
    }

    [Fact]
    public async Task An_upload_that_has_begun_to_stream_is_not_sent_again_but_its_client_comes_again()
    {
        await using var world = await StampWorld.StartAsync();
        world.Directory["acme"] = "us";
        var answers = world.AnswerAsync("a", "eu");
        world.A.Does(async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            await answers(context);
        });
        Assert.Equal((HttpStatusCode.MisdirectedRequest, "a", "1"), await world.AskAsync("acme", HttpMethod.Put, new ByteArrayContent(new byte[200_000])));
        Assert.Equal((0, 0), (world.B.Requests, world.C.Requests));
        Assert.Equal((HttpStatusCode.OK, "c", "1"), await world.AskAsync("acme", HttpMethod.Put, new ByteArrayContent(new byte[200_000])));
    }

    [Fact]
    public async Task An_upload_that_waits_for_leave_is_sent_to_the_right_stamp_alone()
    {
        await using var world = await StampWorld.StartAsync();
        // A client waits for leave only so long, and on a busy machine that may be too short.
        var number = 0;
        await Eventually.IsAsync(async () =>
        {
            var tenant = $"t{number++}";
            world.Directory[tenant] = "us";
            var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent(new string('x', 200_000)) };
            request.Headers.Add("X-Tenant", tenant);
            request.Headers.ExpectContinue = true;
            using var answer = await world.Router.Client.SendAsync(request);
            return answer.StatusCode == HttpStatusCode.OK && answer.ServedBy() == "c";
        });
        Assert.Equal($"c t{number - 1} POST {new string('x', 200_000)}", Assert.Single(world.Done));
    }

    [Fact]
    public async Task Stamps_that_name_each_other_for_ever_are_believed_four_times()
    {
        await using var world = await StampWorld.StartAsync();
        world.A.Does(Misdirects("us"));
        world.C.Does(Misdirects("eu"));
        Assert.Equal((HttpStatusCode.MisdirectedRequest, "a", "5"), await world.AskAsync("acme", HttpMethod.Post, new StringContent("x")));
        Assert.Equal((3, 0, 2), (world.A.Requests, world.B.Requests, world.C.Requests));
    }

    [Fact]
    public async Task A_tenant_that_has_moved_is_followed()
    {
        await using var world = await StampWorld.StartAsync();
        foreach (var (stamp, geode) in new[] { ("us", "c"), ("eu", "a"), ("us", "c") })
        {
            world.Directory["acme"] = stamp;
            Assert.Equal((HttpStatusCode.OK, geode, "2"), await world.AskAsync("acme"));
            Assert.Equal((HttpStatusCode.OK, geode, "1"), await world.AskAsync("acme"));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("eu")]
    [InlineData("mars")]
    public async Task A_421_that_names_no_other_stamp_is_the_clients(string? stamp)
    {
        await using var world = await StampWorld.StartAsync();
        world.A.Does(Misdirects(stamp));
        Assert.Equal((HttpStatusCode.MisdirectedRequest, "a", "1"), await world.AskAsync("acme"));
        Assert.Equal((HttpStatusCode.MisdirectedRequest, "a", "1"), await world.AskAsync("acme"));
        Assert.Equal((0, 0), (world.B.Requests, world.C.Requests));
    }

    [Theory]
    [InlineData("not_legal")]
    [InlineData("-acme")]
    [InlineData(null)]
    public async Task Of_what_is_no_tenant_nothing_is_learned_and_nothing_corrected(string? tenant)
    {
        await using var world = await StampWorld.StartAsync();
        world.A.Does(Misdirects("us"));
        Assert.Equal((HttpStatusCode.MisdirectedRequest, "a", "1"), await world.AskAsync(tenant));
        Assert.Equal((HttpStatusCode.MisdirectedRequest, "a", "1"), await world.AskAsync(tenant));
        Assert.Equal(0, world.Router.Services.GetRequiredService<RouterState>().Tenants.Count);
    }

    [Fact]
    public async Task A_correction_costs_nobody_anything()
    {
        await using var world = await StampWorld.StartAsync("Tries:RetryBudget=0", "Tries:MaxTries=1", TestRouter.NoProbes);
        var a = world.Router.Snapshot.Origins[0].Instances[0];
        var before = a.Health.Now;
        for (var i = 0; i < 50; i++)
        {
            world.Directory[$"t{i}"] = "us";
            Assert.Equal((HttpStatusCode.OK, "c", "2"), await world.AskAsync($"t{i}"));
        }

        Assert.Equal(50, world.A.Requests);
        Assert.Equal((before.State, before.Why, before.Since), (a.Health.Now.State, a.Health.Now.Why, a.Health.Now.Since));
        Assert.Equal((0.0, 0), (a.Health.FailureShare, a.InFlight.Requests));
    }

    [Fact]
    public async Task A_reload_takes_stamps_over()
    {
        await using var world = await StampWorld.StartAsync();
        world.Directory["acme"] = "us";
        Assert.Equal((HttpStatusCode.OK, "c", "2"), await world.AskAsync("acme"));
        var state = world.Router.Services.GetRequiredService<RouterState>();
        var setup = state.Current.Setup;
        RouterSetup With(params string?[] stamps) => setup with { Origins = [.. setup.Origins.Zip(stamps, (o, stamp) => o with { Stamp = stamp })] };

        // The one that is known is no stamp any more, so nothing is known; then there are none at all.
        state.Apply(With("eu", "eu", "asia"));
        Assert.Equal((HttpStatusCode.MisdirectedRequest, "a", "1"), await world.AskAsync("acme"));
        Assert.Equal("asia", (await world.Router.ReportAsync("c")).GetProperty("stamp").GetString());
        state.Apply(With("us", "eu", "eu"));
        Assert.Equal((HttpStatusCode.MisdirectedRequest, "a", "1"), await world.AskAsync("acme"));
        state.Apply(With(null, null, null) with { Options = setup.Options with { Tenants = null } });
        Assert.Null(world.Router.Snapshot.Tenants);
        Assert.False((await world.Router.ReportAsync("c")).TryGetProperty("stamp", out _));
    }

    private static RequestDelegate Misdirects(string? stamp) => context =>
    {
        context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        if (stamp is not null)
            context.Response.Headers["X-Geode-Stamp"] = stamp;
        return Task.CompletedTask;
    };
}
