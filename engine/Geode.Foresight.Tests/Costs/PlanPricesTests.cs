using Geode.Foresight.Costs;

namespace Geode.Foresight.Tests.Costs;

public sealed class PlanPricesTests
{
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
    public void A_users_own_files_take_the_place_of_what_ships()
    {
        const string Own = "meter,region,price,date,source\ncontainer-apps-vcpu-second,moon-base,1,2026-01-01,\"me, myself\"\ncontainer-apps-gib-second,moon-base,2,2026-01-01,me\n";
        var prices = PlanPrices.Read(("mine.csv", Own), ("grids.csv", "region,gramsPerKwh,date,source\nmoon-base,100,2026,sun\n"), new(2, 3));
        Assert.Equal(3600 * 8, prices.DollarsPerHour("moon-base"));
        Assert.Null(prices.DollarsPerHour("westeurope"));
        Assert.Equal(["moon-base: price of 2026-01-01, me, myself", "moon-base: grid intensity of 2026, sun"], prices.Sources("Moon-Base").Select(s => s.Replace("Moon-Base", "moon-base")));
        Assert.Null(prices.GramsPerHour("westeurope", 1));
    }

    [Theory]
    [InlineData("region,gramsPerKwh,date,source\na,1,2026,me\nA,1,2026,me", "line 3: region 'A' is there twice")]
    [InlineData("region,gramsPerKwh,date,source\na,much,2026,me", "line 2, gramsPerKwh: 'much' is not a number of 0 or more")]
    public void A_bad_table_of_grids_is_refused_in_one_line(string text, string fault) =>
        Assert.Contains(fault, Assert.Throws<FormatException>(() => PlanPrices.Read(null, ("grids.csv", text), new())).Message);
}
