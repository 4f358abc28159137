using Geode.Cli.Carbon;
using Geode.Cli.Traffic;
using Geode.Foresight.Costs;
using Geode.Topology;

namespace Geode.Cli.Tests.Carbon;

public sealed class FootprintTests
{
    private const string Grids = "region,country,gramsPerKwh,date,source\nwesteurope,Netherlands,300,2024,test\nswedencentral,Sweden,30,2024,test\n";
    private static readonly InstanceShape Shape = new(1, 2);

    [Fact]
    public void A_month_adds_up_by_hand()
    {
        // 8 requests/s of 50 ms by 4 at once keep a tenth of an instance busy; one Api and one Worker are there all the time.
        var footprint = Footprint.Of(Settings("\"westeurope\"", 8), 0);
        var watts = (Busy: (0.74 + 0.1 * (3.54 - 0.74)) / 1000 + 2 * 0.000392, Idle: 0.74 / 1000 + 2 * 0.000392);
        var kilograms = 730 * 1.185 * (watts.Busy + watts.Idle) * 300 / 1000;

        var region = Assert.Single(footprint.Regions);
        Assert.Equal((8, 2), (region.PerSecond, region.Instances));
        Assert.Equal(kilograms, region.Kilograms!.Value, 9);
        Assert.Equal(kilograms, footprint.Kilograms, 9);
    }

    [Fact]
    public void Instances_come_at_the_utilisation_and_zones_have_three_of_each()
    {
        // 560 requests/s keep 7 instances busy: 10 at 70 %.
        Assert.Equal(11, Footprint.Of(Settings("\"westeurope\"", 560), 0).Regions[0].Instances, 9);
        Assert.Equal(6, Footprint.Of(Settings("""{ "name": "westeurope", "zoneRedundant": true }""", 1), 0).Regions[0].Instances, 9);
    }

    [Fact]
    public void Within_more_delay_places_go_where_the_grid_is_cleaner()
    {
        var settings = Settings("\"westeurope\", \"swedencentral\"", 800);
        var (now, far) = (Footprint.Of(settings, 0), Footprint.Of(settings, 50));

        Assert.Equal((800, 0), (now.Regions[0].PerSecond, now.Regions[1].PerSecond));
        Assert.Equal((0, 800), (far.Regions[0].PerSecond, far.Regions[1].PerSecond));
        Assert.True(far.Kilograms < now.Kilograms);
        Assert.True(far.MeanMs > now.MeanMs);
        Assert.Equal(now.MeanMs, Footprint.Of(settings, 0.1).MeanMs);
    }

    [Fact]
    public void A_grid_that_is_not_known_attracts_nobody_and_is_in_no_sum()
    {
        var footprint = Footprint.Of(Settings("\"westeurope\", \"norwayeast\"", 100), 1000);
        Assert.Equal((100, 0), (footprint.Regions[0].PerSecond, footprint.Regions[1].PerSecond));
        Assert.Null(footprint.Regions[1].Kilograms);
        Assert.Equal(footprint.Regions[0].Kilograms, footprint.Kilograms);
    }

    private static CarbonSettings Settings(string regions, double perSecond) => new(
        new(PlanetLoader.Parse($$"""{ "regions": [{{regions}}] }""", "geode.json"), [new UserGroup(Places.Find("amsterdam")!, 1)], perSecond, new(0.05, 4), 0.7),
        PlanPrices.Read(null, ("grids.csv", Grids), Shape));
}
