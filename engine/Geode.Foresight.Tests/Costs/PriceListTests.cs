using Geode.Foresight.Costs;

namespace Geode.Foresight.Tests.Costs;

public sealed class PriceListTests
{
    private const string Header = "meter,region,price,date,source\n";

    [Fact]
    public void What_ships_is_dated_and_sourced()
    {
        foreach (var meter in Meter.All)
            Assert.All(Geode.Topology.AzureRegions.All.Select(r => PriceList.Shipped.Of(meter, r.Name)).OfType<Price>(), price =>
            {
                Assert.True(price.Dollars > 0);
                Assert.Matches("^20[0-9]{2}-[0-9]{2}-[0-9]{2}$", price.Date);
                Assert.StartsWith("https://prices.azure.com/api/retail/prices", price.Source);
            });
        Assert.Equal(0.016, PriceList.Shipped.Of(Meter.ThroughputHour, "eastus")!.Dollars);
        Assert.Null(PriceList.Shipped.Of(Meter.ThroughputHour, "moon-base"));
    }

    [Fact]
    public void What_is_the_same_everywhere_is_found_for_any_region_unless_it_has_its_own()
    {
        var prices = PriceList.Read(Header + "front-door-month,global,35,2026,me\nfront-door-month,eastus,40,2026,me\n", "mine.csv");
        Assert.Equal((35, 40), (prices.Of(Meter.FrontDoorMonth, "westeurope")!.Dollars, prices.Of(Meter.FrontDoorMonth, "EastUS")!.Dollars));
    }

    [Theory]
    [InlineData("", "mine.csv is empty. Its first line names the columns meter, region, price, date and source.")]
    [InlineData("meter,price\n", "mine.csv, line 1: there is no column 'region'.")]
    [InlineData(Header + "logs-gb,a,2,2026", "line 2: there are 4 values for 5 columns")]
    [InlineData(Header + "logs-gb,a,x,2026,me", "line 2, price: 'x' is not a number of 0 or more")]
    [InlineData(Header + "logs-gb,a,-1,2026,me", "'-1' is not a number of 0 or more")]
    [InlineData(Header + "logs-gb,a,NaN,2026,me", "'NaN' is not a number of 0 or more")]
    [InlineData(Header + "logs-gb,a,1,,me", "'date' is empty")]
    [InlineData(Header + "logs,a,1,2026,me", "line 2: there is no meter 'logs'; allowed are container-apps-vcpu-second")]
    [InlineData(Header + "logs-gb,a,1,2026,me\nlogs-gb,A,1,2026,me", "line 3: 'logs-gb' of region 'a' is there twice")]
    [InlineData(Header + "logs-gb,a,1,2026,\"me", "line 2: a quote is not closed")]
    public void A_bad_file_is_refused_in_one_line(string text, string fault)
    {
        var refused = Assert.Throws<FormatException>(() => PriceList.Read(text, "mine.csv"));
        Assert.Contains(fault, refused.Message);
        Assert.DoesNotContain('\n', refused.Message);
    }
}
