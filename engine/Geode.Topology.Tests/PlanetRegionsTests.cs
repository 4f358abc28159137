using Geode.Topology;

namespace Geode.Topology.Tests;

public sealed class PlanetRegionsTests
{
    private static readonly Planet ThePlanet = PlanetLoader.Parse("""
        {
          "name": "test",
          "regions": [{ "name": "westeurope", "weight": 7 }, "eastus", { "name": "moon-base", "latitude": 1, "longitude": 2 }],
          "links": [{ "from": "westeurope", "to": "eastus", "delayMs": 5 }, { "from": "eastus", "to": "moon-base", "delayMs": 9 }]
        }
        """, "test");

    private static readonly Planet Stamped = PlanetLoader.Parse("""
        {
          "regions": ["westeurope", "northeurope", "eastus"],
          "stamps": [{ "name": "eu", "regions": ["westeurope", "northeurope"], "residency": "EU" }, { "name": "world", "regions": ["eastus"] }],
          "tenants": { "by": "path" }
        }
        """, "test");

    [Fact]
    public void Named_regions_keep_their_settings_and_are_numbered_anew()
    {
        var planet = ThePlanet.WithRegions(["moon-base", "japaneast", "WestEurope"]);
        Assert.Equal(["moon-base", "japaneast", "westeurope"], planet.RegionNames);
        Assert.Equal([0, 1, 2], planet.Regions.Select(r => r.Index));
        Assert.Equal(7, planet.Region("westeurope").Weight);
        Assert.Equal("Japan East", planet.Region("japaneast").DisplayName);
    }

    [Fact]
    public void Links_of_regions_that_are_gone_are_gone() =>
        Assert.Equal([new LinkSetting("westeurope", "eastus", 5)], ThePlanet.WithRegions(["eastus", "westeurope"]).Links);

    [Fact]
    public void Stamps_keep_those_of_their_regions_that_stay()
    {
        var planet = Stamped.WithRegions(["northeurope", "eastus"]);
        Assert.Equal(["eu: northeurope", "world: eastus"], planet.Stamps.Select(s => $"{s.Name}: {string.Join(",", s.Regions)}"));
        Assert.Equal(("EU", TenantSources.Path), (planet.Stamps[0].Residency, planet.Tenants?.By));
        Assert.Equal("world", Assert.Single(Stamped.WithRegions(["eastus"]).Stamps).Name);
    }

    [Fact]
    public void Region_in_no_stamp_is_refused_where_there_are_stamps()
    {
        const string Message = "'japaneast' is in no stamp; where there are stamps, each region is in one. Allowed are westeurope, northeurope, eastus, and others once geode.json has them in a stamp.";
        Assert.Equal(Message, Assert.Throws<PlanetException>(() => Stamped.WithRegions(["eastus", "japaneast"])).Message);
        Assert.Equal(Message, Assert.Throws<PlanetException>(() => Stamped.WithRegions(["japaneast"])).Message);
        Assert.Equal(Message, Assert.Throws<PlanetException>(() => Stamped.Adding("japaneast")).Message);
    }

    [Fact]
    public void Unknown_name_gets_a_suggestion()
    {
        var error = Assert.Throws<PlanetException>(() => ThePlanet.WithRegions(["westeurop"]));
        Assert.StartsWith("'westeurop' is not an Azure region (did you mean 'westeurope'?)", error.Message);
    }

    [Fact]
    public void Same_region_twice_is_refused()
    {
        var error = Assert.Throws<PlanetException>(() => ThePlanet.WithRegions(["eastus", "eastus"]));
        Assert.Contains("'eastus' is already used by regions[0]", error.Message);
    }

    [Fact]
    public void No_region_is_refused() => Assert.Throws<PlanetException>(() => ThePlanet.WithRegions(Array.Empty<string>()));

    [Fact]
    public void Growing_and_shrinking_keeps_the_numbers_of_the_others()
    {
        var planet = ThePlanet.Removing("eastus").Adding("japaneast");
        Assert.Equal([("westeurope", 0), ("moon-base", 2), ("japaneast", 3)], planet.Regions.Select(r => (r.Name, r.Index)));
        Assert.Equal(ThePlanet.Ports.Api(ThePlanet.Region("moon-base")), planet.Ports.Api(planet.Region("moon-base")));
    }

    [Fact]
    public void Number_of_a_region_that_is_gone_is_reused_only_at_the_end()
    {
        var full = new Planet { Name = "full", Regions = SpreadOut.Take(254), Ports = new(8080) };
        var gap = full.Removing(full.Regions[10].Name);
        Assert.Equal(10, gap.Adding(full.Regions[10]).Regions[^1].Index);
    }

    [Fact]
    public void Full_planet_takes_no_more()
    {
        var full = new Planet { Name = "full", Regions = SpreadOut.Take(254) };
        Assert.Contains("254", Assert.Throws<PlanetException>(() => full.Adding("westeurope")).Message);
    }

    [Fact]
    public void Where_consistency_is_strong_one_region_is_all()
    {
        var strong = ThePlanet.WithRegions(["eastus"]) with { Backplane = new(Consistency: ConsistencyLevels.Strong) };
        Assert.Contains("'Strong' is for one region", Assert.Throws<PlanetException>(() => strong.Adding("japaneast")).Message);
    }

    [Fact]
    public void Last_region_stays() =>
        Assert.Throws<PlanetException>(() => ThePlanet.WithRegions(["eastus"]).Removing("eastus"));

    [Fact]
    public void Region_that_is_there_is_not_added_again() => Assert.Throws<PlanetException>(() => ThePlanet.Adding("westeurope"));
}
