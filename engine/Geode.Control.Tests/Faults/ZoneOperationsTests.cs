using System.Net;
using System.Text.Json;
using Geode.Control.Processes;
using Geode.TestKit;
using Geode.Topology;

namespace Geode.Control.Tests.Faults;

/// <summary>A zone's geode is broken and mended as one, and nothing else of its region is touched.</summary>
public sealed class ZoneOperationsTests : IAsyncLifetime
{
    private static readonly string[] OfZone2 = ["api-eastus-2", "worker-eastus-2"];

    private FakePlanet _planet = null!;
    private FakeRouter _router = null!;

    public async Task InitializeAsync()
    {
        var planet = Control.Ports.FreePorts.Move(PlanetLoader.Parse(
            """{ "regions": [{ "name": "eastus", "footprint": "zonal" }, "westeurope"], "scale": { "localMost": 5 } }""", "test"));
        _router = await FakeRouter.StartAsync(planet);
        _planet = await FakePlanet.StartAsync(planet);
        await _router.ToldAsync("eastus", Port(1), Port(2), Port(3));
    }

    public async Task DisposeAsync()
    {
        await _planet.DisposeAsync();
        await _router.DisposeAsync();
    }

    [Fact]
    public async Task A_killed_zone_stays_down_while_others_come_and_go_and_the_router_knows()
    {
        var killed = await _planet.Running.Geodes.KillAsync("EastUS-2");

        Assert.Equal(("eastus", "kill", 2), (killed.Region, killed.Action, killed.Zone));
        Assert.Equal(OfZone2, killed.Changed);
        _planet.Processes["api-eastus"].Exit();
        await OsProcess.UntilAsync(() => State("api-eastus") == ProcessState.Healthy);
        await _router.ToldAsync("eastus", Port(1), Port(3), Port(4));
        Assert.Equal(["eastus-1 healthy", "eastus-2 killed", "eastus-3 healthy"], await ZonesAsync());
        Assert.All(_planet.Running.Processes, p => Assert.Equal(OfZone2.Contains(p.Name) ? ProcessState.Killed : ProcessState.Healthy, p.State));

        var revived = await _planet.Running.Geodes.ReviveAsync("eastus-2");
        Assert.Equal(OfZone2, revived.Changed.Order());
        await _router.ToldAsync("eastus", Port(1), Port(2), Port(3));
    }

    [Fact]
    public async Task A_region_without_a_zone_left_is_down_and_does_not_sleep()
    {
        foreach (var zone in new[] { 1, 2, 3 })
            await _planet.Running.Geodes.KillAsync($"eastus-{zone}");
        Assert.All(_planet.Running.Processes.Where(p => p is { Region: "eastus", Role: ProcessRole.Api or ProcessRole.Worker }), p => Assert.Null(p.Pid));

        _planet.Running.Instances.Wake("eastus");
        _planet.Running.Instances.Fix("westeurope", 2);
        await OsProcess.UntilAsync(() => _planet.Running.Instances.View("westeurope").Running == 2);
        Assert.Equal((0, false), (_planet.Running.Instances.View("eastus").Running, _planet.Running.Instances.View("eastus").Asleep));

        await _planet.Running.Geodes.ReviveAsync("eastus");
        Assert.Equal(3, _planet.Running.Processes.Count(p => p is { Region: "eastus", Role: ProcessRole.Api, State: ProcessState.Healthy, Instance: <= 3 }));
    }

    [Fact]
    public async Task More_instances_do_not_go_to_a_zone_that_is_down()
    {
        await _planet.Running.Geodes.KillAsync("eastus-2");

        _planet.Running.Instances.Fix("eastus", 4);
        await OsProcess.UntilAsync(() => _planet.Running.Instances.View("eastus").Running == 3);
        await _router.ToldAsync("eastus", Port(1), Port(3), Port(4));
        // Because of the number asked for, or a moment before it, because of the zone that was killed.
        await OsProcess.UntilAsync(() => _planet.Running.Timeline.Latest().Any(e => e.Message is "eastus has 3 instances: there is room for no more in the zones that are up" or "eastus has 3 instances: never fewer than 3"));
        var refused = await _planet.SendAsync("PUT", "/planet/regions/eastus/instances", """{"count": 2}""");

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("eastus may have 3 to 5 instances", refused.Answer.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_frozen_zone_is_neither_stopped_nor_started_until_it_is_thawed()
    {
        var frozen = await _planet.Running.Geodes.FreezeAsync("eastus-3");
        Assert.Equal(["api-eastus-3", "worker-eastus-3"], frozen.Changed);
        // It keeps its ports, and the router finds out by itself that it answers nothing.
        await _router.ToldAsync("eastus", Port(1), Port(2), Port(3), Port(4));
        Assert.Equal(ProcessState.Frozen, State("api-eastus-3"));

        var thawed = await _planet.Running.Geodes.ThawAsync("eastus-3");

        Assert.Equal(["api-eastus-3", "worker-eastus-3"], thawed.Changed);
        await _router.ToldAsync("eastus", Port(1), Port(2), Port(3));
        Assert.All(_planet.Running.Processes, p => Assert.Equal(ProcessState.Healthy, p.State));
    }

    [Fact]
    public async Task Whoever_revives_the_region_revives_its_zones()
    {
        await _planet.Running.Geodes.KillAsync("eastus-1");
        await _planet.Running.Geodes.ReviveAsync("eastus");
        _planet.Processes["api-eastus"].Exit();

        await OsProcess.UntilAsync(() => State("api-eastus") == ProcessState.Healthy);
    }

    [Fact]
    public async Task Whoever_thaws_the_region_leaves_a_killed_zone_down_and_the_others_are_looked_after()
    {
        await _planet.Running.Geodes.FreezeAsync("eastus");
        await _planet.Running.Geodes.KillAsync("eastus-2");
        await _planet.Running.Geodes.ThawAsync("eastus");
        _planet.Processes["api-eastus-3"].Exit();
        await OsProcess.UntilAsync(() => State("api-eastus-3") == ProcessState.Healthy);
        Assert.Equal(ProcessState.Killed, State("api-eastus-2"));

        await _planet.Running.Geodes.ReviveAsync("eastus-2");
        _planet.Processes["api-eastus-2"].Exit();
        await OsProcess.UntilAsync(() => State("api-eastus-2") == ProcessState.Healthy);
    }

    [Fact]
    public async Task No_zone_is_revived_while_its_replica_answers_nothing()
    {
        await _planet.Running.Geodes.KillAsync("eastus-2");
        await _planet.Running.Geodes.FreezeAsync("eastus");

        var (status, answer) = await _planet.SendAsync("POST", "/planet/regions/eastus-2/revive");

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Equal("eastus-2 cannot be revived while eastus is frozen, whose replica it uses; thaw that.", answer.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task An_instance_that_waits_for_its_next_start_does_not_start_in_a_zone_that_was_killed_meanwhile()
    {
        // The second time it is waited for.
        _planet.Processes["api-eastus-2"].Exit();
        await OsProcess.UntilAsync(() => State("api-eastus-2") == ProcessState.Healthy);
        _planet.Processes["api-eastus-2"].Exit();
        await _router.ToldAsync("eastus", Port(1), Port(3));

        await _planet.Running.Geodes.KillAsync("eastus-2");

        // Nor do others wait for that.
        await _router.ToldAsync("eastus", Port(1), Port(3), Port(4));
        await Task.Delay(TimeSpan.FromSeconds(1.5));
        Assert.Equal(ProcessState.Exited, State("api-eastus-2"));
    }

    [Fact]
    public async Task A_zone_of_which_each_process_is_revived_is_looked_after_again()
    {
        await _planet.Running.Geodes.KillAsync("eastus-2");
        await _planet.SendAsync("POST", "/planet/processes/worker-eastus-2/revive");
        await _planet.SendAsync("POST", "/planet/processes/api-eastus-2/revive");

        await _router.ToldAsync("eastus", Port(1), Port(2), Port(3));
        _planet.Processes["api-eastus-2"].Exit();
        await OsProcess.UntilAsync(() => State("api-eastus-2") == ProcessState.Healthy);
    }

    [Fact]
    public async Task A_region_that_was_to_be_removed_and_stays_is_as_broken_as_it_was()
    {
        await _planet.Running.Geodes.KillAsync("eastus-2");

        var (status, _) = await _planet.SendAsync("DELETE", "/planet/regions/eastus");

        Assert.Equal(HttpStatusCode.Conflict, status);
        _planet.Processes["api-eastus-3"].Exit();
        await OsProcess.UntilAsync(() => State("api-eastus-3") == ProcessState.Healthy);
        Assert.Equal(ProcessState.Killed, State("api-eastus-2"));
    }

    [Fact]
    public async Task The_Worker_of_any_zone_is_asked()
    {
        await using var worker = await FakeServer.StartAsync(_planet.Planet.Ports.Worker(_planet.Planet.Region("eastus"), 3));
        worker.Body = """{"mode":"act","regions":[],"decisions":[]}""";

        Assert.Equal(HttpStatusCode.OK, (await _planet.SendAsync("GET", "/planet/steward")).Status);
    }

    [Theory]
    [InlineData("kill", "eastus-4", 404, "Unknown region 'eastus-4'.")]
    [InlineData("kill", "westeurope-1", 404, "Unknown region 'westeurope-1'.")]
    [InlineData("drain", "eastus-1", 409, "eastus-1 is a zone; this is for all of eastus.")]
    public async Task What_is_no_geode_is_said_with_those_there_are(string action, string geode, int status, string detail)
    {
        var (answered, problem) = await _planet.SendAsync("POST", $"/planet/regions/{geode}/{action}");

        Assert.Equal(status, (int)answered);
        Assert.StartsWith(detail, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        if (status == 404)
            Assert.Equal(["eastus", "eastus-1", "eastus-2", "eastus-3", "westeurope"], problem.GetProperty("known").EnumerateArray().Select(k => k.GetString()));
    }

    [Fact]
    public async Task A_region_with_one_geode_shows_no_zones() => Assert.Empty(await ZonesAsync("westeurope"));

    private async Task<IReadOnlyList<string>> ZonesAsync(string region = "eastus")
    {
        var zones = (await _planet.SendAsync("GET", "/planet")).Answer.GetProperty("regions").EnumerateArray()
            .Single(r => r.GetProperty("name").GetString() == region).GetProperty("zones");
        return zones.ValueKind == JsonValueKind.Null ? [] : [.. zones.EnumerateArray().Select(z => $"{z.GetProperty("name").GetString()} {z.GetProperty("state").GetString()}")];
    }

    private int Port(int instance) => _planet.Planet.Ports.Api(_planet.Planet.Region("eastus"), instance);

    private ProcessState State(string process) => _planet.Running.Processes.Single(p => p.Name == process).State;
}
