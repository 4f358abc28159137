using Geode.Topology;
using Microsoft.Extensions.Configuration;

namespace Geode.Topology.Tests;

public sealed class PlanetOverridesTests
{
    private const string Json = """
        {
          "name": "file",
          "regions": ["westeurope", { "name": "moon-base", "latitude": 1, "longitude": 2, "weight": 9 }],
          "backplane": { "database": "mine" }
        }
        """;

    [Fact]
    public void Every_value_can_be_overridden()
    {
        var planet = Parse(
            ("Geode:Name", "other"),
            ("Geode:Regions:0:Name", "eastus"),
            ("Geode:Regions:1:DisplayName", "Luna"),
            ("Geode:Regions:1:Latitude", "-3.5"),
            ("Geode:Regions:1:Longitude", "4"),
            ("Geode:Regions:1:Index", "7"),
            ("Geode:Regions:1:Priority", "2"),
            ("Geode:Regions:1:Weight", "10"),
            ("Geode:Regions:1:ZoneRedundant", "True"),
            ("Geode:Regions:1:MinReplicas", "2"),
            ("Geode:Regions:1:MaxReplicas", "3"),
            ("Geode:Links:0:From", "eastus"),
            ("Geode:Links:0:To", "moon-base"),
            ("Geode:Links:0:DelayMs", "12.5"),
            ("Geode:Backplane:Kind", "azure"),
            ("Geode:Backplane:Database", "theirs"),
            ("Geode:Backplane:Consistency", "Eventual"),
            ("Geode:Router:LatencyWindowMs", "0"),
            ("Geode:Ports:Base", "9000"));

        var expected = new Planet
        {
            Name = "other",
            Regions =
            [
                new("eastus", "East US", 37.3719, -79.8164, 0),
                new("moon-base", "Luna", -3.5, 4, 7)
                {
                    Priority = 2,
                    Weight = 10,
                    ZoneRedundant = true,
                    MinReplicas = 2,
                    MaxReplicas = 3,
                },
            ],
            Links = [new("eastus", "moon-base", 12.5)],
            Backplane = new("azure", "theirs", "Eventual"),
            Router = new(0),
            Ports = new(9000),
        };
        Assert.Equal(expected, planet);
    }

    [Fact]
    public void Stamps_and_tenants_can_be_overridden()
    {
        var planet = Parse(
            ("Geode:Stamps:0:Name", "eu"),
            ("Geode:Stamps:0:Regions", "westeurope, moon-base"),
            ("Geode:Stamps:0:Residency", "EU"),
            ("Geode:Tenants:By", "path"));

        Assert.Equal(new Stamp("eu", ["westeurope", "moon-base"]) { Residency = "EU" }, Assert.Single(planet.Stamps));
        Assert.Equal(new TenantSettings(TenantSources.Path), planet.Tenants);
        Assert.Equal(
            "configuration Geode:Stamps:0:Regions: 'eastus' is not a region of this planet; allowed are westeurope, moon-base",
            Assert.Throws<PlanetException>(() => Parse(("Geode:Stamps:0:Name", "eu"), ("Geode:Stamps:0:Regions", "eastus"))).Message);
    }

    [Fact]
    public void What_is_not_overridden_stays()
    {
        var planet = Parse(("Geode:Backplane:Kind", "azure"));
        Assert.Equal(PlanetLoader.Parse(Json, "t") with { Backplane = new("azure", "mine", "Session") }, planet);
    }

    [Fact]
    public void Keys_are_case_insensitive_as_configuration_is() => Assert.Equal(0, Parse(("geode:ROUTER:latencywindowms", "0")).Router.LatencyWindowMs);

    [Fact]
    public void Region_can_be_added_at_the_end() =>
        Assert.Equal(["westeurope", "moon-base", "eastus"], Parse(("Geode:Regions:2:Name", "eastus")).RegionNames);

    [Fact]
    public void Whole_list_can_be_given_at_once() =>
        Assert.Equal(["eastus", "japaneast", "ukwest"], Parse(("Geode:Regions", "eastus, japaneast,ukwest")).RegionNames);

    [Fact]
    public void What_a_region_accepts_is_a_list()
    {
        var planet = Parse(("Geode:Regions:1:Autonomy:Accepts", "scale, drain"), ("Geode:Regions:1:Autonomy:Ceiling", "4"), ("Geode:Regions:0:Autonomy:Accepts", ""));

        Assert.Equal(new RegionAutonomy { Accepts = ["scale", "drain"], Ceiling = 4 }, planet.Regions[1].Autonomy);
        Assert.Equal(new RegionAutonomy { Accepts = [] }, planet.Regions[0].Autonomy);
    }

    [Fact]
    public void Another_name_is_another_place()
    {
        var region = Parse(("Geode:Regions:1:Name", "japaneast")).Regions[1];
        Assert.Equal(AzureRegions.Find("japaneast")!.Location, region.Location);
        Assert.Equal("Japan East", region.DisplayName);
        Assert.Equal(9, region.Weight);
    }

    [Fact]
    public void Settings_of_others_under_the_same_keys_are_left_alone()
    {
        var planet = Parse(("Geode:Region", "westeurope"), ("Geode:Backplane:Data", "/tmp"), ("Geode:Router:Probe:IntervalMs", "5"), ("Geode:Regionz:0", "x"));
        Assert.Equal(PlanetLoader.Parse(Json, "t"), planet);
    }

    [Theory]
    [InlineData("Geode:Regions:0:Name", "westeurop", "Geode:Regions:0:Name: 'westeurop' is not an Azure region (did you mean 'westeurope'?)")]
    [InlineData("Geode:Regions", "eastus,nowhere", "Geode:Regions: 'nowhere' is not an Azure region")]
    [InlineData("Geode:Regions:3:Name", "eastus", "Geode:Regions:3: there are 2 regions; the next one is number 2")]
    [InlineData("Geode:Regions:x:Name", "eastus", "Geode:Regions:x: 'x' is not a position; allowed are 0, 1, 2, …")]
    [InlineData("Geode:Regions:1:Weight", "many", "Geode:Regions:1:Weight: must be a whole number from 1 to 1000, not 'many'")]
    [InlineData("Geode:Regions:1:ZoneRedundant", "yes", "Geode:Regions:1:ZoneRedundant: must be true or false, not 'yes'")]
    [InlineData("Geode:Router:LatencyWindowMs", "-1", "Geode:Router:LatencyWindowMs: must be a number of at least 0, not '-1'")]
    [InlineData("Geode:Router:LatencyWindowMs", "", "Geode:Router:LatencyWindowMs: must be a number of at least 0, not ''")]
    [InlineData("Geode:Regions:1:Autonomy:Accepts", "scale,stop", "Geode:Regions:1:Autonomy:Accepts: must be one of scale, steer, drain, not 'stop'")]
    [InlineData("Geode:Regions:1:Autonomy:Floor", "few", "Geode:Regions:1:Autonomy:Floor: must be a whole number from 0 to 1000, not 'few'")]
    [InlineData("Geode:Scale:LocalMost", "8", "Geode:Scale:LocalMost: must be a whole number from 1 to 7, not '8'")]
    [InlineData("Geode:Backplane:Kind", "mongo", "Geode:Backplane:Kind: must be one of local, emulator, azure, not 'mongo'")]
    [InlineData("Geode:Steward:Mode", "rule", "Geode:Steward:Mode: must be one of observe, advise, act, not 'rule'")]
    [InlineData("Geode:Ports:Base", "99999", "Geode:Ports:Base: must be a whole number from 1025 to 65502, not '99999'")]
    public void Error_names_the_key(string key, string value, string message)
    {
        var error = Assert.Throws<PlanetException>(() => Parse((key, value)));
        Assert.StartsWith($"configuration {message}", error.Message);
    }

    private static Planet Parse(params (string Key, string Value)[] overrides) => PlanetLoader.Parse(Json, "geode.json",
        new ConfigurationBuilder().AddInMemoryCollection(overrides.Select(o => KeyValuePair.Create(o.Key, (string?)o.Value))).Build());
}
