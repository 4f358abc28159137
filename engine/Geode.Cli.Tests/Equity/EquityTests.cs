using Geode.Cli.Equity;
using Geode.Cli.Simulation;
using Geode.Cli.Simulation.Load;
using Geode.Cli.Simulation.World;
using Geode.Cli.Traffic;
using Geode.Topology;

namespace Geode.Cli.Tests.Equity;

public sealed class EquityTests
{
    private static readonly Planet Three = PlanetLoader.Parse("""{ "regions": ["westeurope", "eastus", "southeastasia"] }""", "geode.json");

    [Fact]
    public void The_wait_of_a_place_is_its_way_there_and_back_and_what_its_geode_takes()
    {
        var city = Assert.Single(CityDelay.Of(Users(("sydney", 1)), Regions(Three), 40));
        var way = Distance.OneWayDelay(Places.Find("sydney")!.Location, Three.Region("southeastasia").Location).TotalMilliseconds;
        Assert.Equal(("southeastasia", 2 * way + 40), (city.Region, city.P99Ms));
    }

    [Fact]
    public void The_ratio_is_the_slowest_by_the_quickest_and_the_mean_is_by_shares()
    {
        var fair = Fairness.Of(CityDelay.Of(Users(("amsterdam", 0.75), ("johannesburg", 0.25)), Regions(Three), 50));
        Assert.Equal("johannesburg", fair.Worst.Users.Place.Name);
        Assert.Equal(fair.Worst.P99Ms / fair.Best.P99Ms, fair.Ratio);
        Assert.Equal(0.75 * fair.Best.P99Ms + 0.25 * fair.Worst.P99Ms, fair.MeanMs, 9);
    }

    [Fact]
    public void The_next_region_is_the_one_that_helps_the_slowest_most()
    {
        var users = Users(("amsterdam", 0.4), ("newyork", 0.3), ("singapore", 0.2), ("johannesburg", 0.1));
        var next = NextRegion.All(users, Regions(Three), 50);

        Assert.Equal("southafricanorth", next[0].Region.Name);
        Assert.Equal(AzureRegions.All.Count - 3, next.Count);
        Assert.Equal(next.Min(n => n.With.Worst.P99Ms), next[0].With.Worst.P99Ms, 6);
    }

    [Fact]
    public void Brazil_is_not_near_to_Africa()
    {
        var next = NextRegion.All(Users(("capetown", 1)), Regions(Three), 50);
        Assert.Equal("southafricawest", next[0].Region.Name);
        Assert.True(next.Single(n => n.Region.Name == "brazilsouth").With.Worst.P99Ms >= next.Single(n => n.Region.Name == "uaenorth").With.Worst.P99Ms);
    }

    [Fact]
    public void Adding_it_in_simulation_brings_what_was_said()
    {
        var users = Shares.Of([.. Places.All.Select(p => new UserGroup(p, 1))])!;
        var next = NextRegion.All(users, Regions(Three), 0)[0];
        var four = Three with { Regions = [.. Three.Regions, new(next.Region.Name, next.Region.DisplayName, next.Region.Latitude, next.Region.Longitude, 3)] };

        // Requests come by chance, so that a place has a little more or less than its share.
        Assert.Equal(1, Way(Three) / Fairness.Of(CityDelay.Of(users, Regions(Three), 0)).MeanMs, 0.01);
        Assert.Equal(1, Way(four) / next.With.MeanMs, 0.01);
        Assert.True(Way(four) < Way(Three));

        // A trace comes from all places alike.
        static double Way(Planet planet)
        {
            var world = new WorldSettings(planet, [.. Places.All]);
            var load = new TraceLoad(new(0, [.. Enumerable.Repeat(60_000.0, 10)]), world.Places.Count, 1, world.Minute);
            return new Scenario(world, load, null, TimeSpan.FromMinutes(10)).Run("reactive", default).WayMilliseconds;
        }
    }

    private static IReadOnlyList<UserGroup> Users(params (string Place, double Share)[] users) => [.. users.Select(u => new UserGroup(Places.Find(u.Place)!, u.Share))];

    private static IReadOnlyList<(string, GeoPoint)> Regions(Planet planet) => [.. planet.Regions.Select(r => (r.Name, r.Location))];
}
