using System.Net.Http.Json;
using Geode.Control.Processes;
using Geode.TestKit;

namespace Geode.Local.Tests;

/// <summary>Further instances as child processes. The router of these planets is a script that answers nothing.</summary>
public class InstanceTests
{
    [Fact]
    public async Task A_further_instance_is_a_process_of_its_own_that_ends_with_the_planet()
    {
        var recorder = new Recorder();
        var planet = await TestPlanets.StartAsync(FreePlanets.OnFreePorts("westeurope", "eastus"), recorder);
        await ScaleAsync(planet, "eastus", 3);
        await recorder.EventAsync("api-eastus-2", "healthy");
        await recorder.EventAsync("api-eastus-3", "healthy");
        var pids = Apis(planet).Select(p => p.Pid!.Value).ToList();

        Assert.Equal(3, pids.Distinct().Count());
        Assert.All(pids, pid => Assert.True(OsProcess.Lives(pid)));
        Assert.Equal([1, 2, 3], Apis(planet).Select(p => p.Instance));
        await planet.DisposeAsync();

        Assert.All(pids, pid => Assert.False(OsProcess.Lives(pid)));
    }

    [Fact]
    public async Task What_is_killed_from_outside_is_started_again()
    {
        var recorder = new Recorder();
        await using var planet = await TestPlanets.StartAsync(FreePlanets.OnFreePorts("eastus"), recorder);
        await ScaleAsync(planet, "eastus", 2);
        await recorder.EventAsync("api-eastus-2", "healthy");

        foreach (var name in new[] { "api-eastus-2", "api-eastus" })
        {
            var before = Apis(planet).Single(p => p.Name == name).Pid!.Value;
            UnixSignal.Kill(before);
            await recorder.UntilAsync(() => Apis(planet).Single(p => p.Name == name) is { State: ProcessState.Healthy, Pid: { } pid } && pid != before);
        }

        await recorder.UntilAsync(() => recorder.Events.Any(e => e is { Kind: "scale", State: "restarted", Process: "api-eastus-2" }));
    }

    [Fact]
    public async Task A_killed_geode_is_killed_with_all_its_instances_and_frozen_with_all()
    {
        var recorder = new Recorder();
        await using var planet = await TestPlanets.StartAsync(FreePlanets.OnFreePorts("eastus"), recorder);
        await ScaleAsync(planet, "eastus", 2);
        await recorder.UntilAsync(() => recorder.Events.Any(e => e is { Kind: "scale", State: "up" }));

        var frozen = await planet.Geodes.FreezeAsync("eastus");
        Assert.Contains("api-eastus-2", frozen.Changed);
        await planet.Geodes.ThawAsync("eastus");
        var killed = await planet.Geodes.KillAsync("eastus");
        Assert.Equal(["api-eastus", "api-eastus-2", "backplane-eastus", "worker-eastus"], killed.Changed.Order());
        Assert.All(killed.Processes, p => Assert.Equal(ProcessState.Killed, p.State));
        var revived = await planet.Geodes.ReviveAsync("eastus");

        Assert.Contains("api-eastus-2", revived.Changed);
        Assert.All(Apis(planet), p => Assert.Equal(ProcessState.Healthy, p.State));
    }

    [Fact]
    public async Task An_instance_that_crashes_in_a_loop_leaves_the_others_alone()
    {
        var recorder = new Recorder();
        await using var planet = await TestPlanets.StartAsync(
            FreePlanets.OnFreePorts("eastus"), recorder, name => name == "api-eastus-2" ? "echo the disk is full >&2; exit 3" : TestPlanets.Forever,
            name => name == "api-eastus-2" ? new("http://127.0.0.1:9/") : null);

        await ScaleAsync(planet, "eastus", 2);

        await recorder.UntilAsync(() => recorder.Events.Any(e => e is { Kind: "scale", State: "failed" } && e.Message.Contains("api-eastus-2 exited with code 3", StringComparison.Ordinal)));
        await recorder.UntilAsync(() => recorder.Events.Count(e => e is { Process: "api-eastus-2", State: "starting" }) > 1);
        Assert.Equal(ProcessState.Healthy, Apis(planet)[0].State);
    }

    private static IReadOnlyList<ProcessSnapshot> Apis(LocalPlanet planet) =>
        [.. planet.Processes.Where(p => p is { Role: ProcessRole.Api, Region: "eastus" }).OrderBy(p => p.Instance)];

    private static async Task ScaleAsync(LocalPlanet planet, string region, int count)
    {
        using var client = new HttpClient { BaseAddress = planet.Control };
        using var answer = await client.PutAsJsonAsync($"/planet/regions/{region}/instances", new { count });
        answer.EnsureSuccessStatusCode();
    }
}
