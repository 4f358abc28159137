using Geode.Topology;

namespace Geode.Topology.Tests;

public sealed class PlanetTests
{
    private static readonly Planet ThePlanet = PlanetLoader.Parse("""
        {
          "regions": ["westeurope", "eastus", "southeastasia"],
          "links": [
            { "from": "westeurope", "to": "eastus", "delayMs": 200 },
            { "from": "southeastasia", "to": "eastus", "delayMs": 7 },
            { "from": "eastus", "to": "southeastasia", "delayMs": 8 }
          ]
        }
        """, "test");

    private static readonly Region Europe = ThePlanet.Region("WestEurope");
    private static readonly Region America = ThePlanet.Region("eastus");
    private static readonly Region Asia = ThePlanet.Region("southeastasia");

    [Fact]
    public void Measured_link_counts_both_ways_unless_both_are_given()
    {
        Assert.Equal(200, ThePlanet.OneWayDelay(Europe, America).TotalMilliseconds);
        Assert.Equal(200, ThePlanet.OneWayDelay(America, Europe).TotalMilliseconds);
        Assert.Equal(7, ThePlanet.OneWayDelay(Asia, America).TotalMilliseconds);
        Assert.Equal(8, ThePlanet.OneWayDelay(America, Asia).TotalMilliseconds);
    }

    [Fact]
    public void Other_links_follow_from_the_distance()
    {
        Assert.Equal(Distance.OneWayDelay(Europe.Location, Asia.Location), ThePlanet.OneWayDelay(Europe, Asia));
        Assert.Equal(TimeSpan.Zero, ThePlanet.OneWayDelay(Europe, Europe));
    }

    [Fact]
    public void Others_come_nearest_first() => Assert.Equal([Asia, America], ThePlanet.OthersByDistance(Europe));

    [Fact]
    public void The_edge_is_for_its_own_clients_and_nobody_else_s_second_choice()
    {
        var planet = PlanetLoader.Parse(
            """{ "regions": ["westeurope", { "name": "ship", "latitude": 52, "longitude": 4, "kind": "edge", "serves": ["Cape Town"] }, "eastus"] }""", "test");
        var (europe, ship, america) = (planet.Regions[0], planet.Regions[1], planet.Regions[2]);

        Assert.Equal([europe, america], planet.Core);
        Assert.Equal([ship, america], planet.OthersByDistance(europe));
        Assert.Equal([europe, america], planet.OrderFrom(europe));
        Assert.Equal([ship], planet.OrderFrom(ship));
        Assert.True(ship.IsFor("Ship") && ship.IsFor("capetown"));
        Assert.False(ship.IsFor("amsterdam") || ship.IsFor(null));
        Assert.True(europe.IsFor("amsterdam") && europe.IsFor(null));
        Assert.Equal((1, 1), (ship.MinReplicas, ship.MaxReplicas));
    }

    [Fact]
    public void What_is_written_of_an_edge_is_read_again()
    {
        var planet = PlanetLoader.Parse(
            """{ "regions": ["westeurope", { "name": "ship", "latitude": 52, "longitude": 4, "kind": "edge", "serves": ["capetown"], "maxReplicas": 2 }] }""", "test");

        Assert.Equal(planet, PlanetLoader.Parse(PlanetJson.Write(planet), "test"));
        Assert.NotEqual(planet, planet with { Regions = [planet.Regions[0], planet.Regions[1] with { Serves = [] }] });
    }

    [Fact]
    public void Every_port_of_a_planet_is_its_own()
    {
        var planet = new Planet { Name = "large", Regions = SpreadOut.Take(254) };
        var ports = planet.Ports.All(planet).ToList();
        Assert.Equal(3 + 4 * 254, ports.Distinct().Count());
        Assert.All(ports, port => Assert.InRange(port, 1024, 65_535));
    }

    [Fact]
    public void Further_instances_are_in_nobodys_way_also_when_regions_join()
    {
        var planet = new Planet { Name = "large", Regions = SpreadOut.Take(254), Scale = new(LocalMost: PlanetPorts.MostInstances) };

        var ports = planet.Ports.All(planet).Concat(planet.Ports.FurtherInstances(planet)).ToList();

        Assert.Equal(3 + (4 + PlanetPorts.MostInstances - 1) * 254, ports.Distinct().Count());
        Assert.Equal((8110, 8114, 8119), (ThePlanet.Ports.Api(America, 1), ThePlanet.Ports.Api(America, 2), ThePlanet.Ports.Api(America, 7)));
        Assert.Throws<ArgumentOutOfRangeException>(() => ThePlanet.Ports.Api(America, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ThePlanet.Ports.Api(America, 8));
    }

    [Theory]
    [InlineData(1, 10, 1, 3)]
    [InlineData(0, 2, 0, 2)]
    [InlineData(5, 10, 3, 3)]
    public void Instances_on_one_machine_are_as_many_as_it_can_bear(int min, int max, int least, int most)
    {
        var region = America with { MinReplicas = min, MaxReplicas = max };

        Assert.Equal((least, most), (ThePlanet.Scale.LeastOf(region), ThePlanet.Scale.MostOf(region)));
    }

    [Fact]
    public void A_geode_in_each_zone_has_a_port_for_everything_it_may_run()
    {
        IReadOnlyList<Region> regions = [.. SpreadOut.Take(254).Select(r => r with { Footprint = RegionFootprints.Zonal, MinReplicas = 3 })];
        var planet = new Planet { Name = "zonal", Regions = regions, Scale = new(LocalMost: PlanetPorts.MostInstances) };

        var ports = planet.Ports.All(planet).Concat(planet.Ports.FurtherInstances(planet)).ToList();

        Assert.Equal(3 + 10 * 254, ports.Distinct().Count());
        Assert.Equal((5, 3), (planet.Scale.MostOf(regions[0]), (planet.Scale with { LocalMost = 1 }).MostOf(regions[0])));
        Assert.Equal([8101, 8108, 8109], Enumerable.Range(1, 3).Select(zone => planet.Ports.Worker(regions[0], zone)));
        Assert.Throws<ArgumentOutOfRangeException>(() => planet.Ports.Worker(regions[0], 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => planet.Ports.Worker(America, 2));
    }

    [Fact]
    public void A_region_is_not_mistaken_for_the_first_instance_of_another() =>
        Assert.Equal(2, PlanetLoader.Parse("""{ "regions": ["eastus", { "name": "eastus-1", "latitude": 1, "longitude": 2 }] }""", "test").Regions.Count);

    [Fact]
    public void Instances_are_spread_over_the_zones()
    {
        var region = America with { Footprint = RegionFootprints.Zonal };

        Assert.Equal([1, 2, 3, 1, 2], Enumerable.Range(1, 5).Select(region.ZoneOf));
        Assert.Equal("eastus-2", region.GeodeOf(2));
        Assert.Equal([1, 1], Enumerable.Range(1, 2).Select(America.ZoneOf));
    }

    [Fact]
    public void Ports_are_the_documented_ones()
    {
        Assert.Equal((8079, 8080, 8081), (ThePlanet.Ports.Control, ThePlanet.Ports.Router, ThePlanet.Ports.RouterAdmin));
        Assert.Equal((8110, 8111), (ThePlanet.Ports.Api(America), ThePlanet.Ports.Worker(America)));
        Assert.Equal((8112, 8113), (ThePlanet.Ports.BackplaneRegional(America), ThePlanet.Ports.BackplaneAccount(America)));
    }

    [Fact]
    public void Environment_of_a_process_holds_the_planet_and_the_region()
    {
        var environment = PlanetEnvironment.ForApi(ThePlanet, America);
        Assert.Equal("eastus", environment[PlanetEnvironment.Region]);
        Assert.Equal(ThePlanet, PlanetLoader.Parse(environment[PlanetEnvironment.Planet], "environment"));
        Assert.Equal("http://127.0.0.1:8110", environment[PlanetEnvironment.Urls]);
        Assert.Equal("http://127.0.0.1:8114", PlanetEnvironment.ForApi(ThePlanet, America, instance: 2)[PlanetEnvironment.Urls]);
        Assert.StartsWith("AccountEndpoint=http://127.0.0.1:8113/;AccountKey=", environment[PlanetEnvironment.Backplane]);
    }
}
