using Geode.Control.Processes;
using Geode.Local;
using Geode.Local.Processes;
using Geode.TestKit;
using Geode.Topology;

namespace Geode.Local.Tests;

public class LocalPlanetTests
{
    [Fact]
    public async Task A_started_planet_is_healthy_and_a_stopped_one_leaves_nothing_behind()
    {
        var planet = await TestPlanets.StartAsync(FreePlanets.OnFreePorts("westeurope", "eastus"));
        var running = planet.Processes;

        Assert.Equal(
            ["backplane-westeurope", "api-westeurope", "worker-westeurope", "backplane-eastus", "api-eastus", "worker-eastus", "router"],
            running.Select(p => p.Name));
        Assert.All(running, p => Assert.Equal(ProcessState.Healthy, p.State));
        Assert.All(running, p => Assert.True(OsProcess.Lives(p.Pid!.Value)));

        await planet.DisposeAsync();
        await planet.DisposeAsync();

        Assert.All(running, p => Assert.False(OsProcess.Lives(p.Pid!.Value)));
        Assert.All(planet.Processes, p => Assert.Equal(ProcessState.Stopped, p.State));
    }

    [Fact]
    public async Task Services_start_only_when_their_replica_is_healthy()
    {
        var recorder = new Recorder();
        await using var planet = await TestPlanets.StartAsync(FreePlanets.OnFreePorts("westeurope", "eastus"), recorder);

        foreach (var region in planet.Planet.RegionNames)
        {
            var replica = await recorder.EventAsync($"backplane-{region}", "healthy");
            Assert.True(replica.Id < (await recorder.EventAsync($"api-{region}", "starting")).Id);
            Assert.True(replica.Id < (await recorder.EventAsync($"worker-{region}", "starting")).Id);
        }
        var lastReplica = (await recorder.EventAsync("backplane-eastus", "starting")).Id;
        Assert.True(lastReplica < (await recorder.EventAsync("router", "starting")).Id);
    }

    [Fact]
    public async Task A_process_that_fails_at_start_fails_the_start_with_its_last_words_and_stops_the_rest()
    {
        var recorder = new Recorder();
        var failed = await Assert.ThrowsAsync<ProcessFailedException>(() => TestPlanets.StartAsync(
            FreePlanets.OnFreePorts("westeurope", "eastus"), recorder,
            name => name == "api-eastus" ? "echo the disk is full >&2; exit 3" : TestPlanets.Forever,
            // Never healthy by itself, or the start could win the race against the exit.
            name => name == "api-eastus" ? new("http://127.0.0.1:9/") : null));

        Assert.Equal("api-eastus", failed.Process);
        Assert.Contains("exited with code 3", failed.Message);
        Assert.Contains("the disk is full", failed.LastLines);
        var started = recorder.Events.Where(e => e.State == "starting").Select(e => int.Parse(e.Message.Split("pid ")[1])).ToList();
        Assert.NotEmpty(started);
        Assert.All(started, pid => Assert.False(OsProcess.Lives(pid)));
    }

    [Fact]
    public async Task A_region_without_its_pair_is_named_before_anything_starts()
    {
        var planet = FreePlanets.OnFreePorts("westeurope", "eastus") with { Attachments = new() };

        var wrong = await Assert.ThrowsAsync<PlanetException>(() => LocalPlanet.StartAsync(new() { Planet = planet }, _ => throw new InvalidOperationException("It starts.")));

        Assert.StartsWith("geode.json: regions[0].pair: attachments are copied to one other region", wrong.Message);
    }

    [Fact]
    public async Task A_program_that_does_not_exist_is_named()
    {
        var planet = FreePlanets.OnFreePorts("westeurope");
        var specs = TestPlanets.Scripts(planet, _ => TestPlanets.Forever)
            .Select(s => s.Role == ProcessRole.Router ? s with { Command = ["/nowhere/router"] } : s).ToList();

        var failed = await Assert.ThrowsAsync<ProcessFailedException>(() => LocalPlanet.StartAsync(new() { Planet = planet }, _ => specs));

        Assert.Contains("router cannot be started", failed.Message);
        Assert.Contains("/nowhere/router", failed.Message);
    }

    [Fact]
    public async Task A_process_that_never_gets_healthy_is_reported_with_its_address_and_log()
    {
        var planet = FreePlanets.OnFreePorts("westeurope");
        var specs = TestPlanets.Scripts(planet, _ => TestPlanets.Forever, name => name == "router" ? new("http://127.0.0.1:9/health") : null);
        var options = new LocalPlanetOptions { Planet = planet, StartLimit = TimeSpan.FromMilliseconds(300) };

        var failed = await Assert.ThrowsAsync<ProcessFailedException>(() => LocalPlanet.StartAsync(options, _ => specs));

        Assert.Contains("router was not healthy within", failed.Message);
        Assert.Contains("http://127.0.0.1:9/health", failed.Message);
        Assert.Contains("router.log", failed.Message);
    }

    [Fact]
    public async Task What_ignores_SIGTERM_is_killed()
    {
        var planet = await TestPlanets.StartAsync(
            FreePlanets.OnFreePorts("westeurope"), script: name => name == "api-westeurope" ? "trap '' TERM; " + TestPlanets.Forever : TestPlanets.Forever);
        var stubborn = planet.Processes.Single(p => p.Role == ProcessRole.Api).Pid!.Value;

        await planet.StopAsync();

        Assert.False(OsProcess.Lives(stubborn));
        await planet.DisposeAsync();
    }

    [Fact]
    public async Task A_process_that_ends_before_it_is_asked_while_the_planet_stops_is_no_surprise()
    {
        var recorder = new Recorder();
        // The router is asked last; it ends as soon as another one does, as after a terminal's Ctrl-C.
        var planet = await TestPlanets.StartAsync(FreePlanets.OnFreePorts("westeurope"), recorder);
        var router = planet.Processes.Single(p => p.Role == ProcessRole.Router).Pid!.Value;
        recorder.On("stopping", () => UnixSignal.Terminate(router));

        await planet.DisposeAsync();

        Assert.DoesNotContain(recorder.Events, e => e.State == "exited");
        Assert.Equal(4, recorder.Events.Count(e => e.State == "stopped"));
    }

    [Fact]
    public async Task Cancelling_the_start_stops_what_had_started()
    {
        var recorder = new Recorder();
        var planet = FreePlanets.OnFreePorts("westeurope");
        using var cancel = new CancellationTokenSource();
        var specs = TestPlanets.Scripts(planet, _ => TestPlanets.Forever, name => name == "router" ? new("http://127.0.0.1:9/") : null);

        var start = LocalPlanet.StartAsync(new() { Planet = planet, OnEvent = recorder.Add }, _ => specs, cancel.Token);
        await recorder.EventAsync("api-westeurope", "healthy");
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start);
        Assert.Equal(4, recorder.Events.Count(e => e.State == "stopped"));
    }

    [Fact]
    public async Task Two_planets_cannot_share_a_data_folder()
    {
        var data = Directory.CreateTempSubdirectory("planet-test-").FullName;
        await using (await TestPlanets.StartAsync(FreePlanets.OnFreePorts("westeurope"), data: data))
        {
            var wrong = await Assert.ThrowsAsync<PlanetException>(() => TestPlanets.StartAsync(FreePlanets.OnFreePorts("eastus"), data: data));

            Assert.Contains(data, wrong.Message);
            Assert.Contains($"pid {Environment.ProcessId}", wrong.Message);
            Assert.Contains("--data", wrong.Message);
        }
        Directory.Delete(data, recursive: true);
    }
}
