using Geode.Router.Clients;
using Geode.Router.Origins;
using Geode.Router.Tests.Configuration;
using Geode.Topology;

namespace Geode.Router.Tests.Origins;

public sealed class DistanceTableTests
{
    [Fact]
    public void Distances_are_the_planets_and_measured_links_win()
    {
        var setup = RouterSetupLoaderTests.Load(
            """Geode:Planet={ "regions": ["westeurope", "eastus"], "links": [{ "from": "westeurope", "to": "eastus", "delayMs": 33 }] }""");
        var table = new DistanceTable(setup.Origins, setup.Planet, new PlaceTraffic());

        Assert.Equal([0, 33], table.From(new ClientPlace("westeurope", setup.Planet!.Regions[0].Location)).OneWayMs);
        var tokyo = Places.Find("tokyo")!;
        Assert.Equal(
            setup.Planet.Regions.Select(r => Distance.OneWayDelay(tokyo.Location, r.Location).TotalMilliseconds),
            table.From(new ClientPlace(tokyo.Name, tokyo.Location)).OneWayMs);
        Assert.Same(table.From(new ClientPlace("tokyo", tokyo.Location)), table.From(new ClientPlace("tokyo", tokyo.Location)));
    }

    [Fact]
    public void Without_a_location_at_either_end_there_is_no_distance()
    {
        var setup = RouterSetupLoaderTests.Load("Geode:Router:Origins:a=http://h:1", "Geode:Router:Origins:b=http://h:2");
        var table = new DistanceTable(setup.Origins, setup.Planet, new PlaceTraffic());

        Assert.Equal([0, 0], table.From(ClientPlace.Nowhere).OneWayMs);
        Assert.Equal([0, 0], table.From(new ClientPlace(null, new(1, 2))).OneWayMs);
    }
}
