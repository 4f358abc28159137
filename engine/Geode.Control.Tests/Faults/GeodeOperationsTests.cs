using Geode.Control.Processes;
using Geode.Topology;

namespace Geode.Control.Tests.Faults;

/// <summary>What is asked of a geode's processes, whoever runs them.</summary>
public sealed class GeodeOperationsTests : IAsyncLifetime
{
    private static readonly string[] OfEastUs = ["backplane-eastus", "api-eastus", "worker-eastus"];

    private FakePlanet _planet = null!;

    public async Task InitializeAsync() => _planet = await FakePlanet.StartAsync("westeurope", "eastus");

    public async Task DisposeAsync() => await _planet.DisposeAsync();

    [Fact]
    public async Task Only_the_geode_that_is_meant_is_killed()
    {
        var change = await _planet.Running.Geodes.KillAsync("EastUS");

        Assert.Equal(("eastus", "kill"), (change.Region, change.Action));
        Assert.Equal(OfEastUs, change.Changed);
        Assert.All(_planet.Running.Processes, p => Assert.Equal(p.Region == "eastus" ? ProcessState.Killed : ProcessState.Healthy, p.State));
        Assert.Equal(OfEastUs, (await _planet.Running.Geodes.KillAsync("eastus")).Unchanged);
    }

    [Fact]
    public async Task A_revival_starts_what_does_not_run_and_thaws_what_is_frozen()
    {
        _planet.Processes["worker-eastus"].Exit();
        await _planet.Running.Geodes.FreezeAsync("eastus");
        Assert.Equal(ProcessState.Exited, _planet.Processes["worker-eastus"].Snapshot().State);

        var change = await _planet.Running.Geodes.ReviveAsync("eastus");

        Assert.Equal(OfEastUs.Order(), change.Changed.Order());
        Assert.All(change.Processes, p => Assert.Equal(ProcessState.Healthy, p.State));
    }

    [Fact]
    public async Task A_process_that_does_not_start_is_said_with_its_last_words()
    {
        _planet.Processes.Broken.Add("backplane-eastus");

        var failed = await Assert.ThrowsAsync<ProcessFailedException>(() => _planet.Running.Geodes.ReviveAsync("eastus"));

        Assert.Equal(["the disk is full"], failed.LastLines);
    }

    [Fact]
    public async Task Where_nothing_can_be_frozen_it_says_what_to_do_instead()
    {
        _planet.Processes.CanFreeze = false;

        var frozen = await Assert.ThrowsAsync<PlatformNotSupportedException>(() => _planet.Running.Geodes.FreezeAsync("eastus"));
        var thawed = await Assert.ThrowsAsync<PlatformNotSupportedException>(() => _planet.Running.Geodes.ThawAsync("eastus"));

        Assert.Contains("outage", frozen.Message);
        Assert.Contains("outage", thawed.Message);
    }

    [Fact]
    public async Task An_unknown_region_is_answered_with_the_known_ones()
    {
        var wrong = await Assert.ThrowsAsync<PlanetException>(() => _planet.Running.Geodes.ThawAsync("atlantis"));

        Assert.Contains("westeurope, eastus", wrong.Message);
    }

    [Fact]
    public async Task A_planet_that_ends_refuses_operations()
    {
        await _planet.Running.QuietAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _planet.Running.Geodes.KillAsync("eastus"));
    }
}
