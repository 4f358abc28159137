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
    public void The_edge_is_closed_to_all_but_its_own_places()
    {
        var setup = RouterSetupLoaderTests.Load(
            """Geode:Planet={ "regions": ["westeurope", { "name": "ship", "latitude": 52, "longitude": 4, "kind": "edge", "serves": ["capetown"] }] }""");
        var table = new DistanceTable(setup.Origins, setup.Planet, new PlaceTraffic());

        foreach (var own in (string[])["ship", "capetown"])
            Assert.Equal((0, true), Closed(setup.Places.Find(own)!));
        foreach (var other in (ClientPlace[])[setup.Places.Find("amsterdam")!, setup.Places.Find("westeurope")!, new(null, new(52, 4)), ClientPlace.Nowhere])
            Assert.Equal((1, false), Closed(other));
        Assert.Equal([1, 0], setup.Origins.Select(o => o.Priority));
        Assert.Equal("westeurope", setup.Home.Name);

        (int, bool) Closed(ClientPlace place)
        {
            var row = table.From(place);
            Assert.False(row.Closed.Has(0));
            return (row.Closed.Has(1) ? 1 : 0, row.HasOwn);
        }
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
