using Geode.Control.Processes;
using Geode.TestKit;
using Geode.Topology;

namespace Geode.Control.Tests.Instances;

/// <summary>Instances come and go under a router that is told of each step, on processes that are none.</summary>
public sealed class PlanetInstancesTests : IAsyncLifetime
{
    private FakePlanet _planet = null!;
    private FakeRouter _router = null!;

    public Task InitializeAsync() => StartAsync("""{ "name": "eastus" }""");

    public async Task DisposeAsync()
    {
        await _planet.DisposeAsync();
        await _router.DisposeAsync();
    }

    [Fact]
    public async Task More_are_started_and_the_router_is_told_of_those_that_are_well()
    {
        _planet.Running.Instances.Fix("eastus", 3);

        await _router.ToldAsync("eastus", Port(1), Port(2), Port(3));
        Assert.Equal(["api-eastus", "api-eastus-2", "api-eastus-3"], Apis().Select(p => p.Name));
        Assert.Equal((3, 0), (View().Running, View().Starting));
        await EventAsync("up", "eastus has 3 instances: as asked for");
    }

    [Fact]
    public async Task Fewer_are_stopped_only_after_the_router_was_told()
    {
        _planet.Running.Instances.Fix("eastus", 3);
        await _router.ToldAsync("eastus", Port(1), Port(2), Port(3));
        _router.InFlight[Port(3)] = 1;

        _planet.Running.Instances.Fix("eastus", 1);

        await _router.ToldAsync("eastus", Port(1));
        Assert.Equal(3, Apis().Count(p => p.State == ProcessState.Healthy));
        _router.InFlight[Port(3)] = 0;
        await OsProcess.UntilAsync(() => Apis() is [{ Name: "api-eastus" }]);
        await EventAsync("down", "eastus has 1 instance: as asked for");
    }

    [Fact]
    public async Task None_is_stopped_while_somebody_makes_the_geode_whole()
    {
        _planet.Running.Instances.Fix("eastus", 3);
        await _router.ToldAsync("eastus", Port(1), Port(2), Port(3));
        // What is too many is about to be stopped, all its requests are answered, and now it is revived.
        _planet.Processes.Starting = async () =>
        {
            _planet.Running.Instances.Fix("eastus", 1);
            await _router.ToldAsync("eastus", Port(1));
            await Task.Delay(500);
        };

        await _planet.Running.Geodes.ReviveAsync("eastus");

        await OsProcess.UntilAsync(() => Apis() is [{ Name: "api-eastus" }]);
    }

    [Fact]
    public async Task None_is_stopped_while_the_router_does_not_hear()
    {
        _planet.Running.Instances.Fix("eastus", 2);
        await _router.ToldAsync("eastus", Port(1), Port(2));
        _router.Refuses = true;

        _planet.Running.Instances.Fix("eastus", 1);

        await EventAsync("failed", "answered 500");
        Assert.Equal(2, Apis().Count(p => p.State == ProcessState.Healthy));
        _router.Refuses = false;
        await OsProcess.UntilAsync(() => Apis().Count == 1);
    }

    [Fact]
    public async Task What_dies_is_started_again_and_the_router_knows()
    {
        _planet.Running.Instances.Fix("eastus", 2);
        await _router.ToldAsync("eastus", Port(1), Port(2));

        _planet.Processes["api-eastus-2"].Exit();

        await EventAsync("restarted", "api-eastus-2 runs again");
        Assert.All(Apis(), p => Assert.Equal(ProcessState.Healthy, p.State));
        await _router.ToldAsync("eastus", Port(1), Port(2));
    }

    [Fact]
    public async Task A_killed_instance_is_started_again_but_a_killed_geode_is_not()
    {
        using var killed = await _planet.Client.PostAsync("/planet/processes/api-eastus/kill", null);
        Assert.True(killed.IsSuccessStatusCode);
        await EventAsync("restarted", "api-eastus runs again after it had been killed");

        await _planet.Running.Geodes.KillAsync("eastus");
        _planet.Running.Instances.Fix("eastus", 3);
        _planet.Running.Instances.Fix("westeurope", 2);

        await _router.ToldAsync("westeurope", Port(1, "westeurope"), Port(2, "westeurope"));
        Assert.All(_planet.Running.Processes.Where(p => p.Region == "eastus"), p => Assert.Equal(ProcessState.Killed, p.State));
        await _planet.Running.Geodes.ReviveAsync("eastus");
        await _router.ToldAsync("eastus", Port(1), Port(2), Port(3));
    }

    [Fact]
    public async Task A_router_that_comes_back_is_told_again()
    {
        _planet.Running.Instances.Fix("eastus", 2);
        await _router.ToldAsync("eastus", Port(1), Port(2));
        _router.Told.Clear();

        await _planet.Client.PostAsync("/planet/processes/router/kill", null);
        await _planet.Client.PostAsync("/planet/processes/router/revive", null);

        await _router.ToldAsync("eastus", Port(1), Port(2));
        Assert.False(_router.Told.ContainsKey("westeurope"), "It knows by itself where the first instance is.");
    }

    [Fact]
    public async Task An_instance_that_does_not_start_is_forgotten_and_tried_again()
    {
        _planet.Processes.Broken.Add("api-eastus-2");
        _planet.Running.Instances.Fix("eastus", 2);
        await EventAsync("failed", "api-eastus-2 exited with code 3");
        Assert.Single(Apis());

        _planet.Processes.Broken.Clear();

        await _router.ToldAsync("eastus", Port(1), Port(2));
    }

    [Fact]
    public async Task What_somebody_stopped_stays_stopped()
    {
        _planet.Processes["api-eastus"].Stop();
        _planet.Running.Instances.Fix("westeurope", 2);

        await _router.ToldAsync("westeurope", Port(1, "westeurope"), Port(2, "westeurope"));
        Assert.Equal(ProcessState.Stopped, Assert.Single(Apis()).State);
    }

    [Fact]
    public async Task A_geode_that_may_sleep_does_and_the_first_request_wakes_it()
    {
        await RestartAsync("""{ "name": "eastus", "minReplicas": 0 }""");
        _planet.Running.Instances.Fix("eastus", 0);
        await EventAsync("asleep", "eastus sleeps");

        Assert.Equal((true, 0, "asleep"), (View().Asleep, View().Running, await StateAsync()));
        Assert.Equal(["eastus "], _router.History);
        using var woken = await _planet.Client.PostAsync("/planet/regions/eastus/wake", null);
        Assert.True(woken.IsSuccessStatusCode);

        await _router.ToldAsync("eastus", Port(1));
        await EventAsync("awake", "after the first request");
        Assert.Equal((false, 1, "healthy"), (View().Asleep, View().Running, await StateAsync()));
    }

    [Fact]
    public async Task A_geode_that_is_killed_in_its_sleep_is_down_and_a_revival_wakes_it()
    {
        await RestartAsync("""{ "name": "eastus", "minReplicas": 0 }""");
        _planet.Running.Instances.Fix("eastus", 0);
        await EventAsync("asleep", "eastus sleeps");

        await _planet.Running.Geodes.KillAsync("eastus");

        await _router.ToldAsync("eastus", Port(1));
        Assert.False(View().Asleep);
        await _planet.Running.Geodes.ReviveAsync("eastus");
        await OsProcess.UntilAsync(() => View() is { Running: 1, Fixed: null });
        Assert.Equal("healthy", await StateAsync());
    }

    [Fact]
    public async Task As_many_as_the_least_are_started_with_the_planet()
    {
        await RestartAsync("""{ "name": "eastus", "minReplicas": 2 }""");

        await _router.ToldAsync("eastus", Port(1), Port(2));
    }

    private async Task RestartAsync(string region)
    {
        await DisposeAsync();
        await StartAsync(region);
    }

    private async Task StartAsync(string region)
    {
        var planet = PlanetLoader.Parse($$"""{ "regions": [{{region}}, "westeurope"] }""", "test");
        planet = Control.Ports.FreePorts.Move(planet);
        _router = await FakeRouter.StartAsync(planet);
        _planet = await FakePlanet.StartAsync(planet);
    }

    private int Port(int instance, string region = "eastus") => _planet.Planet.Ports.Api(_planet.Planet.Region(region), instance);

    private Control.Instances.InstancesView View() => _planet.Running.Instances.View("eastus");

    private IReadOnlyList<ProcessSnapshot> Apis() => [.. _planet.Running.Processes.Where(p => p is { Role: ProcessRole.Api, Region: "eastus" }).OrderBy(p => p.Instance)];

    private async Task<string?> StateAsync() =>
        System.Text.Json.JsonDocument.Parse(await _planet.Client.GetStringAsync("/planet")).RootElement.GetProperty("regions")[0].GetProperty("state").GetString();

    private Task EventAsync(string state, string message) => OsProcess.UntilAsync(() =>
        _planet.Running.Timeline.Latest().Any(e => e.Kind == "scale" && e.State == state && e.Message.Contains(message, StringComparison.Ordinal)));
}
