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
