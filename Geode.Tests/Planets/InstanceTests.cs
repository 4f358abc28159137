using System.Net;
using Geode.Control.Processes;
using Geode.Testing;

namespace Geode.Tests.Planets;

/// <summary>A geode's instances come, go, die and sleep, and no request notices.</summary>
[Collection(InstancePlanetTests.Name)]
public sealed class InstanceTests(InstancePlanetFixture fixture) : IAsyncLifetime
{
    private const string Elastic = InstancePlanetFixture.Elastic;
    private const string Sleeper = InstancePlanetFixture.Sleeper;
    private const string ServedBy = "X-Geode-Served-By";

    private TestPlanet Planet => fixture.Planet;

    public Task InitializeAsync() => Planet.HealthyAsync();

    public async Task DisposeAsync()
    {
        await Planet.ReviveAsync(Elastic);
        await Planet.ScaleAsync(Elastic, null);
        await Planet.ScaleAsync(Sleeper, null);
    }

    [Fact]
    public async Task One_of_two_instances_is_killed_under_load_and_nobody_notices()
    {
        await Planet.ScaleAsync(Elastic, 2);
        await Planet.WaitForInstancesAsync(Elastic, 2);
        await using var crowd = new Crowd(Planet.Router, "amsterdam", "killed", clients: 8);

        foreach (var victim in new[] { $"api-{Elastic}-2", $"api-{Elastic}" })
        {
            var pid = await PidAsync(victim);
            await crowd.AnsweredAsync(50);
            await Planet.KillProcessAsync(victim);
            await crowd.AnsweredAsync(50);
            await Planet.WaitForInstancesAsync(Elastic, 2);
            Assert.NotEqual(pid, await PidAsync(victim));
        }

        await crowd.AnsweredAsync(50);
        Assert.Empty(crowd.Failures);
    }

    [Fact]
    public async Task More_and_fewer_instances_under_load_and_nobody_notices()
    {
        await using var crowd = new Crowd(Planet.Router, "amsterdam", "scaled", clients: 8);

        foreach (var count in new[] { 1, 3, 1, 2, 1 })
        {
            await Planet.ScaleAsync(Elastic, count);
            await Planet.WaitForInstancesAsync(Elastic, count);
            await crowd.AnsweredAsync(50);
        }

        Assert.Empty(crowd.Failures);
        Assert.Single(await Planet.ProcessesAsync(), p => p.Region == Elastic && p.Role == ProcessRole.Api);
    }

    [Fact]
    public async Task A_geode_that_nobody_asks_sleeps_and_those_who_ask_wake_it()
    {
        foreach (var clients in new[] { 1, 20 })
        {
            await Planet.WaitForInstancesAsync(Sleeper, 0);
            var before = await AwakeningsAsync();

            var answers = await Task.WhenAll(Enumerable.Range(0, clients).Select(async _ =>
            {
                using var client = Planet.ClientIn("newyork");
                using var answer = await client.GetAsync("/api/questions");
                return answer.StatusCode;
            }));

            // Who of them was served by it is not said: where a machine is slow, the router has another geode help.
            Assert.All(answers, status => Assert.Equal(HttpStatusCode.OK, status));
            await Planet.UntilAsync(async () => await AwakeningsAsync() > before, () => Task.FromResult($"{Sleeper} was not woken."));
            Assert.Equal(before + 1, await AwakeningsAsync());
        }

        async Task<int> AwakeningsAsync() => (await Planet.TimelineAsync()).Count(e => e is { Kind: "scale", State: "awake", Region: Sleeper, Ms: > 0 });
    }

    [Fact]
    public async Task More_requests_at_a_time_bring_more_instances_and_silence_takes_them_away()
    {
        await using (new Crowd(Planet.Router, "amsterdam", "busy", clients: 16))
        {
            await Planet.UntilAsync(async () => (await Planet.InstancesAsync(Elastic)).Running > 1, async () => $"No more instances came: {await Planet.InstancesAsync(Elastic)}.", Patience);
        }

        await Planet.WaitForInstancesAsync(Elastic, 1, Patience);
        var events = (await Planet.TimelineAsync()).Where(e => e is { Kind: "scale", Region: Elastic }).Select(e => e.Message).ToList();
        Assert.Contains(events, m => m.Contains("requests per second, where 5 are work for one", StringComparison.Ordinal));
        Assert.Contains(events, m => m.Contains("no more were needed for 5 s", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_geode_that_is_killed_stays_so_with_all_its_instances_until_it_is_revived()
    {
        await Planet.ScaleAsync(Elastic, 3);
        await Planet.WaitForInstancesAsync(Elastic, 3);

        await Planet.KillAsync(Elastic);

        using (var client = Planet.ClientIn("amsterdam"))
        using (var answer = await client.GetAsync("/api/questions"))
            Assert.Equal(Sleeper, answer.Headers.GetValues(ServedBy).Single());
        Assert.All((await Planet.ProcessesAsync()).Where(p => p.Region == Elastic), p => Assert.Null(p.Pid));
        await Planet.ReviveAsync(Elastic);
        await Planet.WaitForInstancesAsync(Elastic, 3);
    }

    [Fact]
    public async Task A_router_that_is_killed_is_told_again_when_it_is_back()
    {
        await Planet.ScaleAsync(Elastic, 2);
        await Planet.WaitForInstancesAsync(Elastic, 2);

        await Planet.KillProcessAsync("router");
        await Planet.ReviveProcessAsync("router");

        await Planet.WaitForInstancesAsync(Elastic, 2);
    }

    private static TimeSpan Patience => TimeSpan.FromMinutes(4);

    private async Task<int?> PidAsync(string process) => (await Planet.ProcessesAsync()).Single(p => p.Name == process).Pid;
}
