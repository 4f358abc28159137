using Geode.Cli.Fit;
using Geode.Cli.Traffic;
using Geode.Topology;

namespace Geode.Cli.Tests.Fit;

public sealed class ReachTests
{
    [Fact]
    public void One_city_is_served_from_the_region_beside_it()
    {
        var reach = Reach.Best([new(Places.Find("amsterdam")!, 1)], 100);
        Assert.Equal(("westeurope", 1), (reach.Region.Name, reach.Share));
        Assert.Equal(reach.MeanMs, reach.WorstMs);
    }

    [Fact]
    public void Two_far_cities_are_within_no_one_region()
    {
        var (near, far) = (Places.Find("amsterdam")!, Places.Find("sydney")!);
        var reach = Reach.Best([new(near, 0.6), new(far, 0.4)], 50);
        Assert.Equal(0.6, reach.Share, 9);
        Assert.True(reach.WorstMs > 200);
        Assert.Equal(1, Reach.Best([new(near, 0.6), new(far, 0.4)], 10_000).Share, 9);
    }

    [Fact]
    public void Among_regions_that_reach_as_many_the_shortest_mean_way_counts()
    {
        var reach = Reach.Best([new(Places.Find("amsterdam")!, 0.5), new(Places.Find("newyork")!, 0.5)], 10_000);
        var all = AzureRegions.All.Min(r => 0.5 * Ms("amsterdam", r) + 0.5 * Ms("newyork", r));
        Assert.Equal(all, reach.MeanMs, 9);
    }

    private static double Ms(string place, AzureRegion region) => 2 * Distance.OneWayDelay(Places.Find(place)!.Location, region.Location).TotalMilliseconds;
}
