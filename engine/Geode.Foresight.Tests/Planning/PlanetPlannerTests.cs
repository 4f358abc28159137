using Geode.Foresight.Planning;
using Geode.Foresight.Scaling;
using Geode.Foresight.Steering;

namespace Geode.Foresight.Tests.Planning;

public sealed class PlanetPlannerTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly PlannerSettings Settings = new(TimeSpan.FromSeconds(10), TimeSpan.FromDays(1), TimeSpan.FromSeconds(60))
    {
        Instance = new(0.05, 5),
        Target = new(400, 0.99, 0.8),
        SurviveLoss = false,
    };

    private DateTimeOffset _now = Start;

    [Fact]
    public void A_region_gets_what_its_load_needs_within_its_limits()
    {
        var plan = Run(new(Settings), 150, () => [Region("a", 300), Region("b", 3000, ceiling: 7), Region("c", 10, floor: 3)]);
        Assert.Equal([4, 7, 3], plan.Regions.Select(r => r.Instances));
        Assert.Contains("needs 39 instances and may have 7", plan.Regions[1].Reasons);
        Assert.Equal(4 * 80, plan.Regions[0].Capacity, 3);
    }

    [Fact]
    public void A_silent_region_is_left_as_it_is_and_says_so()
    {
        var planner = new PlanetPlanner(Settings);
        Run(planner, 30, () => [Region("a", 300), Region("b", 300)]);
        _now += TimeSpan.FromMinutes(2);
        var plan = planner.Plan(new(_now, [Region("a", 300), Region("b", 5000) with { ReportedAt = _now - TimeSpan.FromSeconds(90), Running = 6 }, Region("c", 1) with { ReportedAt = null, Running = 2 }], []), 7);
        Assert.Equal(1, plan.Reporting);
        Assert.Equal((6, "left as it is: silent for 90 s"), (plan.Regions[1].Instances, Assert.Single(plan.Regions[1].Reasons)));
        Assert.Equal((2, "left as it is: it has never reported"), (plan.Regions[2].Instances, Assert.Single(plan.Regions[2].Reasons)));
    }

    [Fact]
    public void Up_at_once_and_down_after_the_window()
    {
        var planner = new PlanetPlanner(Settings);
        Run(planner, 60, () => [Region("a", 100)]);
        var peak = Run(planner, 1, () => [Region("a", 1000)]).Regions[0].Instances;
        Assert.True(peak >= 13);
        Assert.Equal(peak, Run(planner, 5, () => [Region("a", 100)]).Regions[0].Instances);
        Assert.InRange(Run(planner, 120, () => [Region("a", 100)]).Regions[0].Instances, 2, peak - 1);
    }

    [Fact]
    public void There_is_room_for_the_loss_of_any_geode()
    {
        var plan = Run(new(Settings with { SurviveLoss = true }), 30, () => [Region("a", 300, ceiling: 30), Region("b", 300, ceiling: 30), Region("c", 600, ceiling: 30)]);
        for (var lost = 0; lost < 3; lost++)
            Assert.True(plan.Regions.Where((_, i) => i != lost).Sum(r => r.Instances * 80) >= 1200);
        Assert.Contains(plan.Regions, r => r.Reasons.Any(reason => reason.Contains("room for the loss of another geode")));
    }

    [Fact]
    public void A_region_that_accepts_no_scaling_is_left_and_says_what_it_would_have()
    {
        var plan = Run(new(Settings), 150, () => [Region("a", 800) with { Limits = new(1, 30, PlanActions.None), Running = 2 }]);
        Assert.Equal(2, plan.Regions[0].Instances);
        Assert.Contains("would have 11 instances, but does not accept plans for them", plan.Regions[0].Reasons);
    }

    [Fact]
    public void What_a_region_has_no_room_for_is_steered_and_what_is_steered_is_expected_there()
    {
        var planner = new PlanetPlanner(Settings);
        var plan = Run(planner, 30, () => [Region("a", 800, ceiling: 5) with { Running = 5 }, Region("b", 100, ceiling: 50) with { Running = 20 }], [Place("x", 800, ("a", 5), ("b", 30)), Place("y", 100, ("a", 40), ("b", 4))]);
        var x = Assert.Single(plan.Places);
        Assert.Equal(("x", 0.5), (x.Place, Math.Round(x.Shares["a"], 3)));
        Assert.Contains("a has room for 400 requests/s", x.Reason);
        Assert.Equal([5, 7], plan.Regions.Select(r => r.Instances));
    }

    [Fact]
    public void What_was_steered_away_is_still_its_own_load()
    {
        var planner = new PlanetPlanner(Settings);
        var shares = new Dictionary<string, double> { ["a"] = 0.5, ["b"] = 0.5 };
        var plan = Run(planner, 60, () => [Region("a", 400, ceiling: 5) with { Running = 5 }, Region("b", 500, ceiling: 50) with { Running = 20 }], [Place("x", 800, ("a", 5), ("b", 30)) with { Shares = shares }, Place("y", 100, ("a", 40), ("b", 4))]);
        Assert.Equal(0.5, Assert.Single(plan.Places).Shares["b"], 3);
        Assert.Equal(800, plan.Regions[0].Forecast.Value, 0.5);
        Assert.Equal(100, plan.Regions[1].Forecast.Value, 0.5);
    }

    [Fact]
    public void At_most_one_unwell_geode_is_drained_and_only_while_the_others_have_room()
    {
        RegionObservation Unwell(string name, double rate, double errors) => Region(name, rate, ceiling: 50) with { ErrorShare = errors, Running = 10 };
        var plan = Run(new(Settings), 200, () => [Unwell("a", 200, _now > Start.AddSeconds(1700) ? 0.9 : 0), Unwell("b", 200, _now > Start.AddSeconds(1700) ? 0.8 : 0), Unwell("c", 200, 0)]);
        Assert.Equal("a", Assert.Single(plan.Regions, r => r.Drain).Region);
        var full = Run(new(Settings), 200, () => [Unwell("a", 700, _now > Start.AddSeconds(3700) ? 0.9 : 0), Unwell("b", 700, 0)]);
        Assert.DoesNotContain(full.Regions, r => r.Drain);
        Assert.Contains(full.Regions[0].Reasons, r => r.StartsWith("unwell, but not drained"));
    }

    [Fact]
    public void A_geode_that_may_sleep_and_has_nothing_to_do_is_not_kept_awake_nor_woken_as_a_spare_nor_avoided()
    {
        var planner = new PlanetPlanner(Settings with { SurviveLoss = true });
        RegionObservation[] Regions(double rate) => [Region("a", 300, ceiling: 5), Region("idle", rate, floor: 0) with { Running = rate > 0 ? 1 : 0 }, Region("b", 300, ceiling: 5)];
        Run(planner, 10, () => Regions(40));
        var idle = Run(planner, 600, () => Regions(0), [Place("x", 0.01, ("idle", 5), ("b", 30))]);
        Assert.Equal(0, idle.Regions[1].Instances);
        Assert.Empty(idle.Places);
        Assert.Contains(idle.Regions[0].Reasons, r => r.EndsWith("unless those that sleep are woken"));
        Assert.True(Run(planner, 1, () => Regions(2)).Regions[1].Instances > 0);
    }

    [Fact]
    public void What_is_steered_away_is_not_missed_where_it_would_have_come()
    {
        var planner = new PlanetPlanner(Settings);
        var away = new Dictionary<string, double> { ["a"] = 0.1, ["b"] = 0.9 };
        Run(planner, 400, () => [Region("a", 400), Region("b", 100)], [Place("x", 400, ("a", 5), ("b", 30))]);
        var plan = Run(planner, 60, () => [Region("a", 40), Region("b", 460)], [Place("x", 400, ("a", 5), ("b", 30)) with { Shares = away }]);
        Assert.All(plan.Regions, region => Assert.DoesNotContain(region.Reasons, reason => reason.Contains("were expected")));
        Assert.Equal(1, plan.Regions[0].Health, 6);
    }

    [Fact]
    public void Carbon_moves_load_and_the_instances_follow()
    {
        var prices = Foresight.Costs.PlanPrices.Shipped(new());
        var planner = new PlanetPlanner(Settings with { Prices = prices, Steering = new(SteeringPreference.Carbon, 20) });
        var plan = Run(planner, 30, () => [Region("westeurope", 400, ceiling: 50) with { Running = 5 }, Region("swedencentral", 0, ceiling: 50) with { Running = 1 }], [Place("amsterdam", 400, ("westeurope", 3), ("swedencentral", 14))]);
        Assert.Equal([1, 5], plan.Regions.Select(r => r.Instances));
        Assert.Equal(0.2, Assert.Single(plan.Places).Shares["swedencentral"], 3);
    }

    [Fact]
    public void The_same_observations_give_the_same_plans_and_hostile_ones_no_nonsense()
    {
        var random = new Random(61);
        var (one, two) = (new PlanetPlanner(Settings), new PlanetPlanner(Settings));
        double Any() => random.Next(8) switch { 0 => double.NaN, 1 => double.PositiveInfinity, 2 => -5, 3 => 0, _ => Math.Pow(10, 6 * random.NextDouble()) };
        for (var step = 0; step < 500; step++)
        {
            _now += TimeSpan.FromSeconds(random.Next(1, 30));
            var observation = new PlanetObservation(_now,
                [.. Enumerable.Range(0, 4).Select(i => new RegionObservation($"r{i}", random.Next(5) == 0 ? null : _now.AddSeconds(-random.Next(200)), Any(), Any(), Any(), Any(), Any(), random.Next(-5, 1000), random.Next(0, 20), random.Next(0, 3), new(random.Next(0, 3), random.Next(1, 20), (PlanActions)random.Next(8))))],
                [.. Enumerable.Range(0, 3).Select(i => Place($"p{i}", Any(), ("r0", 10 * i), ("r2", 15)))]);
            var (a, b) = (one.Plan(observation, 1), two.Plan(observation, 1));
            Assert.Equal(System.Text.Json.JsonSerializer.Serialize(a), System.Text.Json.JsonSerializer.Serialize(b));
            foreach (var (region, seen) in a.Regions.Zip(observation.Regions))
            {
                Assert.InRange(region.Instances, 0, Math.Max(seen.Running + seen.Starting, Math.Max(seen.Limits.Ceiling, seen.Limits.Floor)));
                Assert.True(double.IsFinite(region.Forecast.Upper) && double.IsFinite(region.Capacity));
            }

            Assert.InRange(a.Regions.Count(r => r.Drain), 0, 1);
            Assert.All(a.Places, p => Assert.Equal(1, p.Shares.Values.Sum(), 6));
        }
    }

    private PlanetPlan Run(PlanetPlanner planner, int steps, Func<RegionObservation[]> regions, PlaceObservation[]? places = null)
    {
        PlanetPlan? plan = null;
        for (var step = 0; step < steps; step++)
        {
            _now += Settings.Step;
            plan = planner.Plan(new(_now, regions(), places ?? []), 1);
        }

        return plan!;
    }

    private RegionObservation Region(string name, double rate, int ceiling = 100, int floor = 1) =>
        new(name, _now, rate, rate * 0.05, 100, 0, 5, 0, Math.Max(1, (int)Math.Ceiling(rate / 80)), 0, new(floor, ceiling));

    private static PlaceObservation Place(string name, double rate, params (string Region, double Delay)[] delays) =>
        new(name, rate, delays.ToDictionary(d => d.Region, d => d.Delay));
}
