using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Geode.Control.Processes;
using Geode.Testing;
using Geode.Topology;

namespace Geode.Tests.Planets;

/// <summary>A region with a geode in each zone: who loses a zone loses a geode, and neither requests nor the region.</summary>
[Collection(ZonePlanetTests.Name)]
public sealed class ZoneTests(ZonePlanetFixture fixture) : IAsyncLifetime
{
    private const string Zonal = ZonePlanetFixture.Zonal;
    private const string Other = ZonePlanetFixture.Other;

    private TestPlanet Planet => fixture.Planet;

    public async Task InitializeAsync()
    {
        await Planet.HealthyAsync();
        await Planet.WaitForInstancesAsync(Zonal, 3);
    }

    public Task DisposeAsync() => Planet.ReviveAsync(Zonal);

    [Theory]
    [InlineData(2)]
    [InlineData(1)]
    public async Task A_zone_is_killed_under_load_no_request_fails_and_no_other_region_sees_the_traffic(int zone)
    {
        await using var crowd = new Crowd(Planet.Router, "amsterdam", $"zone-{zone}", clients: 8);
        var before = await RequestsAsync();
        await crowd.AnsweredAsync(50);
        await Planet.KillAsync($"{Zonal}-{zone}");
        await crowd.AnsweredAsync(200);
        await Planet.ReviveAsync($"{Zonal}-{zone}");
        await Planet.WaitForInstancesAsync(Zonal, 3);
        await crowd.AnsweredAsync(50);
        var after = await RequestsAsync();

        Assert.Empty(crowd.Failures);
        Assert.True(after[Zonal] >= before[Zonal] + 300);
        Assert.Equal(before[Other], after[Other]);
    }

    [Fact]
    public async Task The_geode_of_a_zone_is_its_services_there_and_stays_down_until_it_is_revived()
    {
        var before = await OfRegionAsync();
        Assert.Equal([1, 2, 3], before.Where(p => p.Role == ProcessRole.Worker).Select(p => p.Instance).Order());

        await Planet.KillAsync($"{Zonal}-2");

        string[] lost = [$"api-{Zonal}-2", $"worker-{Zonal}-2"];
        foreach (var process in await OfRegionAsync())
        {
            if (lost.Contains(process.Name))
                Assert.Equal(ProcessState.Killed, process.State);
            else
                Assert.Equal(before.Single(p => p.Name == process.Name).Pid, process.Pid);
        }

        await Planet.ReviveAsync($"{Zonal}-2");
        Assert.All(await OfRegionAsync(), p => Assert.Equal(ProcessState.Healthy, p.State));
    }

    [Fact]
    public async Task What_is_for_a_whole_region_is_not_for_one_of_its_zones()
    {
        var refused = await Assert.ThrowsAsync<PlanetException>(() => Planet.DrainAsync($"{Zonal}-2"));
        Assert.Contains($"{Zonal}-2 is a zone; this is for all of {Zonal}", refused.Message, StringComparison.Ordinal);

        await Planet.KillAsync(Zonal);
        var alone = await Assert.ThrowsAsync<PlanetException>(() => Planet.ReviveAsync($"{Zonal}-3"));
        Assert.Contains($"{Zonal}-3 cannot be revived while {Zonal} is down", alone.Message, StringComparison.Ordinal);
        using var client = Planet.ClientIn("amsterdam");
        using var answer = await client.GetAsync("/api/questions");
        Assert.Equal((HttpStatusCode.OK, Other), (answer.StatusCode, PlanetClient.ServedBy(answer)));
    }

    private async Task<IReadOnlyList<ProcessSnapshot>> OfRegionAsync() => [.. (await Planet.ProcessesAsync()).Where(p => p.Region == Zonal)];

    private async Task<Dictionary<string, long>> RequestsAsync()
    {
        using var client = new HttpClient();
        var origins = await client.GetFromJsonAsync<JsonElement>($"{PlanetPorts.Loopback(Planet.Planet.Ports.RouterAdmin)}/_router/origins");
        return origins.EnumerateArray().ToDictionary(
            o => o.GetProperty("name").GetString()!, o => o.GetProperty("requests").GetInt64());
    }
}

/// <summary>A region with a geode in each of its three zones, and another for the day when it is down.</summary>
public sealed class ZonePlanetFixture() : OwnPlanetFixture(Options)
{
    public const string Zonal = "westeurope";
    public const string Other = "australiaeast";

    private static readonly TestPlanetOptions Options = new()
    {
        Configuration = new Dictionary<string, string>
        {
            ["Geode:Regions"] = $"{Zonal},{Other}",
            ["Geode:Regions:0:Footprint"] = RegionFootprints.Zonal,
            ["Geode:Regions:1:Priority"] = "2",
            ["Geode:Steward:Mode"] = "observe",
        },
        // On a busy machine a region that takes its time is helped out by another. Here none is: what another region sees is what the
        // zones that are left could not serve.
        Environment = new Dictionary<string, string>
        {
            ["Geode__Router__Tries__HedgeBudget"] = "0",
            ["Geode__Router__Tries__HedgeReserve"] = "0",
            ["Geode__Router__Tries__TimeoutMinMs"] = "60000",
            ["Geode__Router__Tries__TimeoutMaxMs"] = "60000",
            ["Geode__Router__Health__ProbeTimeoutMs"] = "60000",
            ["Geode__Router__Health__DegradedFactor"] = "1000",
            ["Geode__Router__Health__SlowStartMs"] = "1",
        },
    };
}

/// <inheritdoc cref="PlanetTests"/>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ZonePlanetTests : ICollectionFixture<ZonePlanetFixture>
{
    public const string Name = "planet of zones";
}
