using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Geode.Control.Processes;
using Geode.TestKit;
using Geode.Topology;

namespace Geode.Control.Tests.Growth;

/// <summary>Regions come and go on a planet whose replicas and router do not answer, as when they are frozen.</summary>
public sealed class PlanetGrowthTests : IAsyncLifetime
{
    private FakePlanet _planet = null!;

    public async Task InitializeAsync() => _planet = await FakePlanet.StartAsync("westeurope", "eastus");

    public async Task DisposeAsync() => await _planet.DisposeAsync();

    [Fact]
    public async Task A_region_that_joins_has_its_processes_and_the_router_can_read_of_it()
    {
        var (status, answer) = await AddAsync("brazilsouth");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(("added", "brazilsouth", 2), (answer.GetProperty("change").GetString(), answer.GetProperty("region").GetString(), answer.GetProperty("version").GetInt32()));
        Assert.Equal(
            ["backplane-brazilsouth", "api-brazilsouth", "worker-brazilsouth"],
            _planet.Running.Processes.Where(p => p is { Region: "brazilsouth", State: ProcessState.Healthy }).Select(p => p.Name));
        Assert.Equal(["westeurope", "eastus", "brazilsouth"], Written());
    }

    [Fact]
    public async Task A_region_that_leaves_takes_its_processes_along()
    {
        using var answer = await _planet.Client.DeleteAsync("/planet/regions/eastus?force=true");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.DoesNotContain(_planet.Running.Processes, p => p.Region == "eastus");
        Assert.Equal(["westeurope"], Written());
    }

    [Fact]
    public async Task A_region_whose_replica_does_not_start_leaves_the_planet_as_it_was()
    {
        _planet.Processes.Broken.Add("backplane-brazilsouth");

        var (status, answer) = await AddAsync("brazilsouth");

        Assert.Equal(HttpStatusCode.InternalServerError, status);
        Assert.Equal("the disk is full", answer.GetProperty("lastLines")[0].GetString());
        Assert.DoesNotContain(_planet.Running.Processes, p => p.Region == "brazilsouth");
        Assert.Equal(["westeurope", "eastus"], Written());
    }

    [Fact]
    public async Task Where_no_process_can_join_it_is_said_what_to_do_instead()
    {
        _planet.Processes.NoGrowth = "Add it to geode.json and start again.";

        var (status, answer) = await AddAsync("brazilsouth");

        Assert.Equal(HttpStatusCode.NotImplemented, status);
        Assert.Equal("Add it to geode.json and start again.", answer.GetProperty("detail").GetString());
        Assert.Equal(["westeurope", "eastus"], Written());
    }

    [Fact]
    public async Task The_one_write_region_does_not_leave()
    {
        await using var planet = await FakePlanet.StartAsync(FreePlanets.OnFreePorts("westeurope", "eastus") with { Backplane = new() { WriteRegions = "single" } });
        await using var before = await FakeServer.StartAsync(planet.Planet.Ports.BackplaneAccount(planet.Planet.Regions[0]));
        await using var after = await FakeServer.StartAsync(planet.Planet.Ports.BackplaneAccount(planet.Planet.Regions[1]));
        before.Body = """{"failoverPriorities": ["westeurope", "eastus"], "term": 0}""";
        after.Body = """{"failoverPriorities": ["eastus", "westeurope"], "term": 1}""";

        using var answer = await planet.Client.DeleteAsync("/planet/regions/eastus?force=true");

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("eastus is the planet's write region.", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(after.Requests, r => r.StartsWith("PUT", StringComparison.Ordinal));
    }

    private async Task<(HttpStatusCode Status, JsonElement Answer)> AddAsync(string name)
    {
        using var answer = await _planet.Client.PostAsJsonAsync("/planet/regions", new { name });
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }

    private IEnumerable<string> Written() => PlanetLoader.Load(_planet.PlanetFile).RegionNames;
}
