using Geode.Control.Processes;
using Geode.Local.Processes;
using Geode.TestKit;
using Geode.Topology;

namespace Geode.Local.Tests;

public class GeodeOperationsTests
{
    private static readonly string[] OfEastUs = ["backplane-eastus", "api-eastus", "worker-eastus"];

    [Fact]
    public async Task Kill_ends_every_process_of_the_geode_and_no_other()
    {
        await using var planet = await TestPlanets.StartAsync(FreePlanets.OnFreePorts("westeurope", "eastus"));
        var before = planet.Processes;

        var change = await planet.Geodes.KillAsync("eastus");

        Assert.Equal(OfEastUs, change.Changed);
        Assert.All(change.Processes, p => Assert.Equal(ProcessState.Killed, p.State));
        Assert.All(change.Processes, p => Assert.Null(p.Pid));
        Assert.All(before, p => Assert.Equal(p.Region != "eastus", OsProcess.Lives(p.Pid!.Value)));
    }

    [Fact]
    public async Task The_control_API_reaches_the_processes()
    {
        await using var planet = await TestPlanets.StartAsync(FreePlanets.OnFreePorts("westeurope", "eastus"));
        var before = planet.Processes;
        using var client = new HttpClient { BaseAddress = planet.Control };

        using var killed = await client.PostAsync("/planet/regions/eastus/kill", null);

        Assert.True(killed.IsSuccessStatusCode);
        Assert.All(before, p => Assert.Equal(p.Region != "eastus", OsProcess.Lives(p.Pid!.Value)));
    }

    [Fact]
    public async Task Kill_twice_changes_nothing_the_second_time()
    {
        await using var planet = await TestPlanets.StartAsync(FreePlanets.OnFreePorts("eastus"));
        await planet.Geodes.KillAsync("eastus");

        var again = await planet.Geodes.KillAsync("EastUS");

        Assert.Empty(again.Changed);
        Assert.Equal(OfEastUs, again.Unchanged);
    }

    [Fact]
    public async Task Revive_starts_what_does_not_run_and_leaves_the_rest_alone()
    {
        var recorder = new Recorder();
        await using var planet = await TestPlanets.StartAsync(FreePlanets.OnFreePorts("eastus"), recorder);
        var worker = planet.Processes.Single(p => p.Role == ProcessRole.Worker);
        UnixSignal.Kill(worker.Pid!.Value);
        await recorder.EventAsync("worker-eastus", "exited");

        var change = await planet.Geodes.ReviveAsync("eastus");

        Assert.Equal(["worker-eastus"], change.Changed);
        Assert.Equal(["backplane-eastus", "api-eastus"], change.Unchanged);
        Assert.All(change.Processes, p => Assert.Equal(ProcessState.Healthy, p.State));
        Assert.NotEqual(worker.Pid, change.Processes.Single(p => p.Role == ProcessRole.Worker).Pid);
    }

    [Fact]
    public async Task Freeze_stops_the_processes_and_thaw_lets_them_go_on()
    {
        await using var planet = await TestPlanets.StartAsync(FreePlanets.OnFreePorts("westeurope", "eastus"));

        var frozen = await planet.Geodes.FreezeAsync("eastus");

        Assert.Equal(OfEastUs, frozen.Changed);
        Assert.All(frozen.Processes, p => Assert.Equal(ProcessState.Frozen, p.State));
        await OsProcess.UntilAsync(() => frozen.Processes.All(p => OsProcess.IsStopped(p.Pid!.Value)));
        Assert.DoesNotContain(planet.Processes, p => p.Region == "westeurope" && OsProcess.IsStopped(p.Pid!.Value));

        var thawed = await planet.Geodes.ThawAsync("eastus");

        Assert.Equal(OfEastUs, thawed.Changed);
        Assert.All(thawed.Processes, p => Assert.Equal(ProcessState.Healthy, p.State));
        await OsProcess.UntilAsync(() => !thawed.Processes.Any(p => OsProcess.IsStopped(p.Pid!.Value)));
        Assert.Equal(frozen.Processes.Select(p => p.Pid), thawed.Processes.Select(p => p.Pid));
    }

    [Fact]
    public async Task Revive_thaws_what_is_frozen()
    {
        await using var planet = await TestPlanets.StartAsync(FreePlanets.OnFreePorts("eastus"));
        var frozen = await planet.Geodes.FreezeAsync("eastus");
        await OsProcess.UntilAsync(() => frozen.Processes.All(p => OsProcess.IsStopped(p.Pid!.Value)));

        var change = await planet.Geodes.ReviveAsync("eastus");

        Assert.Equal(OfEastUs, change.Changed);
        await OsProcess.UntilAsync(() => !change.Processes.Any(p => OsProcess.IsStopped(p.Pid!.Value)));
    }

    [Fact]
    public async Task A_frozen_geode_is_stopped_with_the_planet()
    {
        var planet = await TestPlanets.StartAsync(FreePlanets.OnFreePorts("eastus"));
        var change = await planet.Geodes.FreezeAsync("eastus");

        await planet.DisposeAsync();

        Assert.All(change.Processes, p => Assert.False(OsProcess.Lives(p.Pid!.Value)));
    }

    [Fact]
    public async Task Unknown_regions_are_answered_with_the_known_ones()
    {
        await using var planet = await TestPlanets.StartAsync(FreePlanets.OnFreePorts("westeurope", "eastus"));

        var wrong = await Assert.ThrowsAsync<PlanetException>(() => planet.Geodes.KillAsync("atlantis"));

        Assert.Contains("westeurope, eastus", wrong.Message);
    }

    [Fact]
    public async Task A_stopping_planet_refuses_operations()
    {
        var planet = await TestPlanets.StartAsync(FreePlanets.OnFreePorts("eastus"));
        await planet.DisposeAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => planet.Geodes.ReviveAsync("eastus"));

        Assert.All(planet.Processes, p => Assert.Equal(ProcessState.Stopped, p.State));
    }
}
