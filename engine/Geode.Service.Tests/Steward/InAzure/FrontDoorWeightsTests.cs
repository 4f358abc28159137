using Geode.Foresight.Planning;
using Geode.Service.Steward.InAzure;
using Geode.TestKit;
using Geode.Topology;

namespace Geode.Service.Tests.Steward.InAzure;

public class FrontDoorWeightsTests
{
    private static readonly Planet Europe = FreePlanets.OnFreePorts("westeurope", "northeurope", "southeastasia");

    [Fact]
    public void Shares_of_near_geodes_are_weights()
    {
        var plan = Place("london", ("westeurope", 0.25), ("northeurope", 0.75));
        Assert.Equal(333, Weight("westeurope", [], plan));
        Assert.Equal(1000, Weight("northeurope", [], plan));
        Assert.Null(Weight("southeastasia", [], plan));
    }

    [Fact]
    public void A_geode_beyond_the_window_gets_nobody_by_any_weight()
    {
        var plan = Place("london", ("westeurope", 0.5), ("southeastasia", 0.5));
        Assert.Contains("southeastasia is not within 50 ms", Assert.Single(Decide("westeurope", [], plan).Refused));
        Assert.Null(Weight("southeastasia", [], plan));
    }

    [Fact]
    public void Drained_geodes_are_not_the_fastest_any_more()
    {
        var plan = Place("singapore", ("westeurope", 0.5), ("northeurope", 0.5));
        Assert.Single(Decide("westeurope", [], plan).Refused);
        Assert.Equal(1000, Weight("westeurope", ["southeastasia"], plan));
    }

    [Fact]
    public void One_that_is_near_cannot_be_left_out_by_weight()
    {
        var plan = Place("london", ("westeurope", 1));
        Assert.Contains("northeurope is to get nobody", Assert.Single(Decide("westeurope", [], plan).Refused));
    }

    [Fact]
    public void Places_that_want_different_things_are_refused_for_there_is_one_weight()
    {
        var (one, other) = (Place("london", ("westeurope", 0.2), ("northeurope", 0.8)), Place("amsterdam", ("westeurope", 0.8), ("northeurope", 0.2)));
        var decision = Decide("westeurope", [], one, other);
        Assert.Null(decision.Weight);
        Assert.Contains("london, amsterdam", Assert.Single(decision.Refused));
    }

    [Theory]
    [InlineData("atlantis", 0.5, 0.5)]
    [InlineData("london", 0.5, 0.7)]
    [InlineData("london", -0.5, 1.5)]
    [InlineData("london", double.NaN, 1)]
    [InlineData("london", double.PositiveInfinity, 0)]
    public void What_is_no_share_is_refused(string place, double one, double other)
    {
        var decision = Decide("westeurope", [], Place(place, ("westeurope", one), ("northeurope", other)));
        Assert.Null(decision.Weight);
        Assert.Single(decision.Refused);
    }

    [Fact]
    public void Regions_that_are_none_and_planets_that_are_drained_are_refused()
    {
        Assert.Contains("mars", Assert.Single(Decide("westeurope", [], Place("london", ("mars", 1))).Refused));
        Assert.Contains("drained", Assert.Single(Decide("westeurope", [.. Europe.RegionNames], Place("london", ("westeurope", 1))).Refused));
    }

    [Fact]
    public void A_geode_of_lower_rank_is_not_looked_at()
    {
        var planet = Europe with { Regions = [.. Europe.Regions.Select(r => r.Name == "northeurope" ? r with { Priority = 2 } : r)] };
        var plan = Place("london", ("westeurope", 0.5), ("northeurope", 0.5));
        Assert.Single(FrontDoorWeights.Decide(planet, [plan], [], planet.Region("westeurope")).Refused);
    }

    private static int? Weight(string region, string[] drained, params PlacePlan[] places) => Decide(region, drained, places).Weight;

    private static WeightDecision Decide(string region, string[] drained, params PlacePlan[] places) =>
        FrontDoorWeights.Decide(Europe, places, drained, Europe.Region(region));

    private static PlacePlan Place(string place, params (string Region, double Share)[] shares) =>
        new(place, shares.ToDictionary(s => s.Region, s => s.Share), "busy");
}
