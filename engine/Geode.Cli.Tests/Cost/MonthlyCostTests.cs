using Geode.Cli.Cost;
using Geode.Cli.Traffic;
using Geode.Foresight.Costs;
using Geode.Topology;

namespace Geode.Cli.Tests.Cost;

public sealed class MonthlyCostTests
{
    private const string Prices = """
        meter,region,price,date,source
        container-apps-vcpu-second,westeurope,0.00003,2026,me
        container-apps-gib-second,westeurope,0.000004,2026,me
        container-apps-vcpu-second,eastus,0.00002,2026,me
        container-apps-gib-second,eastus,0.000003,2026,me
        cosmos-100ru-hour,global,0.016,2026,me
        cosmos-100ru-hour-one-write-region,global,0.008,2026,me
        cosmos-gb-month,global,0.25,2026,me
        front-door-month,global,35,2026,me
        front-door-10k-requests,global,0.01,2026,me
        front-door-gb,global,0.08,2026,me
        logs-gb,global,2,2026,me
        """;

    [Fact]
    public void A_small_planet_adds_up_by_hand()
    {
        // Amsterdam 3 and New York 1 of 4 requests per second. 730 hours are 2,628,000 seconds.
        var cost = MonthlyCost.Of(Settings("\"westeurope\", \"eastus\"", 4));

        // An Api and a Worker of 1 vCPU and 2 GiB each.
        var west = 2 * 2_628_000 * (0.00003 + 2 * 0.000004);
        var east = 2 * 2_628_000 * (0.00002 + 2 * 0.000003);
        // The busiest reads 3 × 0.9 × 5 RU/s, all write 4 × 0.1 × 30: 25.5, and a tenth of the ceiling is 100.
        const double Database = 2 * (730 * 0.016 + 10 * 0.25);
        // 10,512,000 requests of 10 KB.
        const double FrontDoor = 35 + 1051.2 * 0.01 + 105.12 * 0.08;
        Assert.Equal(west + east + Database + 2 * 5 * 2 + FrontDoor, cost.Dollars, 6);
        Assert.Empty(cost.Unpriced);
    }

    [Fact]
    public void Throughput_follows_the_busiest_region_up_to_the_ceiling()
    {
        var settings = Settings("\"westeurope\", \"eastus\"", 100);
        Assert.Equal(75 * 0.9 * 5 + 100 * 0.1 * 30, MonthlyCost.Throughput(settings, 75), 9);
        Assert.Equal(1000, MonthlyCost.Throughput(Settings("\"westeurope\", \"eastus\"", 1000), 750));
        Assert.Equal(100, MonthlyCost.Throughput(Settings("\"westeurope\", \"eastus\"", 0), 0));
    }

    [Fact]
    public void One_region_alone_pays_autoscale_of_one_write_region()
    {
        var cost = MonthlyCost.Of(Settings("\"westeurope\"", 0));
        var line = cost.Lines.Single(l => l.Service == "Cosmos DB, throughput");
        Assert.Equal((Meter.OneRegionThroughputHour, 730 * 0.008 * 1.5), (line.Meter, Math.Round(line.Dollars!.Value, 9)));
    }

    [Fact]
    public void Instances_come_with_load()
    {
        // 560 requests/s of 50 ms by 4 at once keep 7 instances busy: 10 at 70 %, and a Worker.
        var cost = MonthlyCost.Of(Settings("\"westeurope\"", 560));
        Assert.Equal(11 * 2_628_000.0, cost.Lines.Single(l => l.Meter == Meter.VcpuSecond).Quantity, 3);
    }

    [Fact]
    public void What_has_no_price_is_in_no_sum_and_said()
    {
        var all = MonthlyCost.Of(Settings("\"westeurope\"", 4));
        var some = MonthlyCost.Of(Settings("\"westeurope\"", 4) with { Prices = PriceList.Read(Prices.Replace("logs-gb,global,2,2026,me", ""), "p.csv") });
        Assert.Equal("Logs", Assert.Single(some.Unpriced).Service);
        Assert.Equal(all.Dollars - 10, some.Dollars, 9);
    }

    private static CostSettings Settings(string regions, double perSecond) => new(
        new(PlanetLoader.Parse($$"""{ "regions": [{{regions}}] }""", "geode.json"), [new(Places.Find("amsterdam")!, 0.75), new UserGroup(Places.Find("newyork")!, 0.25)], perSecond,
        new(0.05, 4), 0.7), PriceList.Read(Prices, "p.csv"));
}
