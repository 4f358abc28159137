using Geode.Foresight.Planning;
using Geode.Foresight.Steering;

namespace Geode.Foresight.Tests.Steering;

public sealed class SteeringPlannerTests
{
    private static readonly Dictionary<string, double> Amsterdam = new() { ["westeurope"] = 2, ["swedencentral"] = 14, ["eastus"] = 45 };

    [Fact]
    public void Nothing_is_steered_while_the_nearest_have_room() =>
        Assert.Empty(new SteeringPlanner(new()).Plan([new("amsterdam", 100, Amsterdam)], [new("westeurope", 100), new("swedencentral", 0), new("eastus", 0)]));

    [Fact]
    public void What_the_nearest_has_no_room_for_goes_to_the_next()
    {
        var plan = Assert.Single(new SteeringPlanner(new()).Plan([new("amsterdam", 100, Amsterdam)], [new("westeurope", 60), new("swedencentral", 30), new("eastus", 100)]));
        Assert.Equal(0.6, plan.Shares["westeurope"], 6);
        Assert.Equal(0.3, plan.Shares["swedencentral"], 6);
        Assert.Equal(0.1, plan.Shares["eastus"], 6);
        Assert.Equal("30 % to swedencentral (+12 ms) and 10 % to eastus (+43 ms): westeurope has room for 60 requests/s", plan.Reason);
    }

    [Fact]
    public void Carbon_is_preferred_only_within_the_extra_delay()
    {
        SteeringTarget[] geodes = [new("westeurope", 500, 25), new("swedencentral", 500, 4), new("eastus", 500, 1)];
        Assert.Empty(new SteeringPlanner(new(SteeringPreference.Carbon, 10)).Plan([new("amsterdam", 100, Amsterdam)], geodes));
        var plan = Assert.Single(new SteeringPlanner(new(SteeringPreference.Carbon, 20)).Plan([new("amsterdam", 100, Amsterdam)], geodes));
        Assert.Equal(1, plan.Shares["swedencentral"], 6);
        Assert.Contains("emits 4 g", plan.Reason);
    }

    [Fact]
    public void A_geode_without_a_figure_is_neither_preferred_nor_left()
    {
        var planner = new SteeringPlanner(new(SteeringPreference.Cost, 20));
        Assert.Empty(planner.Plan([new("amsterdam", 100, Amsterdam)], [new("westeurope", 500, 25), new("swedencentral", 500)]));
        Assert.Empty(planner.Plan([new("amsterdam", 100, Amsterdam)], [new("westeurope", 500), new("swedencentral", 500, 4)]));
    }

    [Fact]
    public void What_is_closed_gets_nothing_and_is_the_reason()
    {
        var plan = Assert.Single(new SteeringPlanner(new()).Plan([new("amsterdam", 100, Amsterdam)], [new("westeurope", 500, null, "is drained"), new("swedencentral", 500)]));
        Assert.Equal(["swedencentral"], plan.Shares.Keys);
        Assert.Contains("westeurope is drained", plan.Reason);
    }

    [Fact]
    public void Whatever_comes_shares_add_up_no_room_is_exceeded_and_every_share_elsewhere_has_a_reason()
    {
        var random = new Random(51);
        for (var run = 0; run < 300; run++)
        {
            var settings = new SteeringSettings((SteeringPreference)random.Next(3), random.Next(60));
            var geodes = Enumerable.Range(0, random.Next(1, 6)).Select(i => new SteeringTarget(
                $"g{i}", random.Next(0, 200), random.Next(4) == 0 ? null : random.Next(0, 50), random.Next(6) == 0 ? "is drained" : null)).ToArray();
            var places = Enumerable.Range(0, random.Next(0, 8)).Select(i => new SteeringSource(
                $"p{i}", random.Next(0, 60), geodes.Where(_ => random.Next(5) > 0).ToDictionary(g => g.Region, _ => 150 * random.NextDouble()))).ToArray();
            var plans = new SteeringPlanner(settings).Plan(places, geodes);
            foreach (var plan in plans)
            {
                Assert.Equal(1, plan.Shares.Values.Sum(), 6);
                Assert.NotEqual("", plan.Reason);
                Assert.All(plan.Shares, s => Assert.True(s.Value > 0 && geodes.Single(g => g.Region == s.Key).Closed is null));
            }

            var room = geodes.Where(g => g.Closed is null).Sum(g => g.Room);
            if (places.Sum(p => p.Expected) > room || places.Any(p => p.OneWayMilliseconds.Count < geodes.Length))
                continue;
            foreach (var geode in geodes)
                Assert.InRange(places.Sum(p => p.Expected * Share(p, plans, geodes, geode.Region)), 0, geode.Room + 0.01 * places.Sum(p => p.Expected) + 1e-6);
        }
    }

    private static double Share(SteeringSource place, IReadOnlyList<PlacePlan> plans, SteeringTarget[] geodes, string region) =>
        plans.FirstOrDefault(p => p.Place == place.Place) is { } plan
            ? plan.Shares.GetValueOrDefault(region)
            : place.Expected > 0 && geodes.Any(g => g.Closed is null) && place.OneWayMilliseconds.MinBy(d => d.Value).Key == region ? 1 : 0;
}
