using Geode.Foresight.Costs;

namespace Geode.Foresight.Tests.Costs;

public sealed class PlanPricesTests
{
    private const string Header = "region,vcpuSecond,gibSecond,date,source\n";

    [Fact]
    public void What_ships_is_dated_and_sourced_and_says_what_it_lacks()
    {
        var prices = PlanPrices.Shipped(new(0.5, 1));
        Assert.Equal(3600 * (0.5 * 0.000034 + 0.000004), prices.DollarsPerHour("westeurope")!.Value, 9);
        Assert.Equal((0.5 * (0.74 + 0.5 * 2.8) / 1000 + 0.000392) * 1.185 * 252.7, prices.GramsPerHour("westeurope", 0.5)!.Value, 6);
        Assert.Null(prices.DollarsPerHour("moon-base"));
        Assert.Null(prices.GramsPerHour("moon-base", 0.5));
        Assert.Equal(["moon-base: no price is known", "moon-base: no grid intensity is known"], prices.Sources("moon-base"));
        Assert.All(prices.Sources("westeurope"), sentence => Assert.Matches("of [0-9-]+, ", sentence));
    }

    [Fact]
    public void A_users_own_file_takes_the_place_of_what_ships()
    {
        var prices = PlanPrices.Read(("mine.csv", Header + "moon-base,1,2,2026-01-01,\"me, myself\"\n"), null, new(2, 3));
        Assert.Equal(3600 * 8, prices.DollarsPerHour("moon-base"));
        Assert.Null(prices.DollarsPerHour("westeurope"));
        Assert.Contains("me, myself", prices.Sources("moon-base")[0]);
    }

    [Theory]
    [InlineData("", "mine.csv is empty")]
    [InlineData("region,price\n", "no column 'vcpuSecond'")]
    [InlineData(Header + "a,1,2,2026", "line 2: there are 4 values for 5 columns")]
    [InlineData(Header + "a,x,2,2026,me", "line 2, vcpuSecond: 'x' is not a number of 0 or more")]
    [InlineData(Header + "a,-1,2,2026,me", "'-1' is not a number of 0 or more")]
    [InlineData(Header + "a,NaN,2,2026,me", "'NaN' is not a number of 0 or more")]
    [InlineData(Header + "a,1,2,,me", "'date' is empty")]
    [InlineData(Header + "a,1,2,2026,me\na,1,2,2026,me", "line 3: region 'a' is there twice")]
    [InlineData(Header + "a,1,2,2026,\"me", "line 2: a quote is not closed")]
    public void A_bad_file_is_refused_in_one_line(string text, string fault)
    {
        var refused = Assert.Throws<FormatException>(() => PlanPrices.Read(("mine.csv", text), null, new()));
        Assert.Contains(fault, refused.Message);
        Assert.DoesNotContain('\n', refused.Message);
    }
}
