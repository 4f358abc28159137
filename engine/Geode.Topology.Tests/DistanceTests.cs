using FsCheck;
using FsCheck.Fluent;
using Geode.Topology;

namespace Geode.Topology.Tests;

public sealed class DistanceTests
{
    private static readonly Arbitrary<(GeoPoint A, GeoPoint B)> PairsOfPoints = (
        from a in Point()
        from b in Point()
        select (a, b)).ToArbitrary();

    [Fact]
    public void Is_symmetric_and_never_longer_than_half_way_round() => Prop.ForAll(PairsOfPoints, p =>
    {
        var (there, back) = (Distance.Kilometres(p.A, p.B), Distance.Kilometres(p.B, p.A));
        return Math.Abs(there - back) < 1e-6 && there >= 0 && there <= Math.PI * Distance.EarthRadiusKm + 1e-6;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Light_in_a_straight_fibre_would_be_faster() => Prop.ForAll(PairsOfPoints, p =>
        Distance.Kilometres(p.A, p.B) < 1
        || Distance.OneWayDelay(p.A, p.B).TotalMilliseconds > Distance.Kilometres(p.A, p.B) / Distance.FibreKmPerMs)
        .QuickCheckThrowOnFailure();

    [Fact]
    public void Of_the_same_point_is_nothing()
    {
        var here = new GeoPoint(52.37, 4.9);
        Assert.Equal(TimeSpan.Zero, Distance.OneWayDelay(here, here));
    }

    [Fact]
    public void Quarter_of_the_globe_is_a_quarter_of_its_circumference() =>
        Assert.Equal(Math.PI / 2 * Distance.EarthRadiusKm, Distance.Kilometres(new(0, 0), new(0, 90)), 6);

    /// <summary>Published medians ("Azure network round-trip latency statistics"), some of those the constants were fitted to.</summary>
    [Theory]
    [InlineData("westeurope", "eastus", 85)]
    [InlineData("westeurope", "southeastasia", 161)]
    [InlineData("westeurope", "australiaeast", 250)]
    [InlineData("westeurope", "northeurope", 18)]
    [InlineData("westeurope", "southafricanorth", 165)]
    [InlineData("eastus", "westus", 71)]
    [InlineData("eastus", "southeastasia", 222)]
    [InlineData("eastus", "brazilsouth", 117)]
    [InlineData("eastus", "centralindia", 234)]
    [InlineData("japaneast", "westus", 107)]
    [InlineData("japaneast", "southeastasia", 73)]
    [InlineData("southeastasia", "centralindia", 56)]
    [InlineData("southeastasia", "australiaeast", 94)]
    [InlineData("brazilsouth", "southafricanorth", 326)]
    [InlineData("brazilsouth", "centralindia", 307)]
    [InlineData("brazilsouth", "australiaeast", 316)]
    [InlineData("westeurope", "japaneast", 251)]
    [InlineData("westeurope", "eastasia", 219)]
    [InlineData("southafricanorth", "australiaeast", 280)]
    [InlineData("israelcentral", "uaenorth", 144)]
    [InlineData("israelcentral", "centralindia", 158)]
    [InlineData("israelcentral", "koreacentral", 276)]
    [InlineData("uaenorth", "japaneast", 155)]
    public void Round_trip_is_within_thirty_percent_of_the_published_one(string from, string to, double published)
    {
        var modelled = 2 * Distance.OneWayDelay(AzureRegions.Find(from)!.Location, AzureRegions.Find(to)!.Location).TotalMilliseconds;
        Assert.InRange(modelled, published * 0.7, published * 1.3);
    }

    [Fact]
    public void The_way_back_is_as_long() => Prop.ForAll(PairsOfPoints, p =>
        Math.Abs((Distance.OneWayDelay(p.A, p.B) - Distance.OneWayDelay(p.B, p.A)).TotalMilliseconds) < 1e-3).QuickCheckThrowOnFailure();

    private static Gen<GeoPoint> Point() =>
        from latitude in Gen.Choose(-9000, 9000)
        from longitude in Gen.Choose(-18000, 18000)
        select new GeoPoint(latitude / 100.0, longitude / 100.0);
}
