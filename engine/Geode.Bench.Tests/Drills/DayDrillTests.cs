using Geode.Bench.Drills.Days;
using Geode.Control.Load;
using Geode.TestKit;
using Geode.Topology;

namespace Geode.Bench.Tests.Drills;

/// <summary>What <c>day</c> compares, and by what it says that two days agree.</summary>
public sealed class DayDrillTests
{
    private static readonly DayShape Shape = new("advise", TimeSpan.FromMinutes(6), 24, 250);
    private static readonly DayMeasured Measured = new(10, 0.5, [3, 1, 2]);
    private static readonly Planet Planet = Shape.On(FreePlanets.On(0, DayShape.Regions));

    [Fact]
    public void Clients_ask_the_same_in_both()
    {
        var time = new ManualTime();
        var pace = new LoadPace(Shape.Load(sun: true), time);
        var (load, rates) = (new DaySimulation.Sun(Shape), new double[3]);
        for (var at = TimeSpan.Zero; at < Shape.Length; at += TimeSpan.FromSeconds(7))
        {
            load.Rates(at, rates);
            Assert.Equal(Shape.Cities.Select(pace.RateOf), rates, (a, b) => Math.Abs(a - b) < 1e-6);
            time.Advance(TimeSpan.FromSeconds(7));
        }
    }

    [Theory]
    [InlineData("advise")]
    [InlineData("act")]
    public void The_simulated_day_has_all_its_requests_and_its_ups_and_downs(string mode)
    {
        var day = DaySimulation.Run(Shape with { Mode = mode }, Planet, Measured, default);
        // The mean of the profile over a day is 1.
        Assert.All(day.Regions, region => Assert.Equal(8 * 360, region.Requests, 8 * 360 * 0.005));
        Assert.InRange(day.LateShare, 0, 1e-6);
        var (most, least) = Extremes(day.Instances);
        Assert.Equal(3, most, 9);
        Assert.Equal(1, least, 9);
        Assert.All(day.Regions, region => Assert.InRange(region.InstanceMinutes, 6.5, 17.5));
        Assert.Empty(DayBounds.Faults(day, day, Shape.Length));
    }

    [Fact]
    public void What_is_slow_to_start_or_to_serve_shows_in_the_simulation()
    {
        var quick = DaySimulation.Run(Shape, Planet, Measured, default);
        var slow = DaySimulation.Run(Shape, Planet, Measured with { ServiceMilliseconds = 400, Variation = 1 }, default);
        Assert.True(slow.LateShare > 0.3);
        Assert.Equal(quick.Regions.Select(r => r.Requests), slow.Regions.Select(r => r.Requests));
        Assert.Contains("of the requests were over target", Assert.Single(DayBounds.Faults(slow, quick, Shape.Length)), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_bound_that_is_not_kept_is_said()
    {
        var simulated = Outcome(1000, 2, 0.01);
        Assert.Empty(DayBounds.Faults(Outcome(1049, 2, 0.02), simulated, Shape.Length));
        Assert.Equal(["westeurope: 940 requests, 1000 in simulation: -6.0 %, allowed are ±5 %."], DayBounds.Faults(Outcome(940, 2, 0.01), simulated, Shape.Length));
        Assert.Equal(
            [
                "westeurope: 18 instance-minutes, 12 in simulation: +50.0 %, allowed are ±15 %.",
                "westeurope: the instances are 1.00 apart on average over the day, allowed are 0.40.",
            ],
            DayBounds.Faults(Outcome(1000, 3, 0.01), simulated, Shape.Length));
        Assert.Equal(["5.0 % of the requests were over target, 1.0 % in simulation: allowed are 2 points."], DayBounds.Faults(Outcome(1000, 2, 0.05), simulated, Shape.Length));
    }

    [Fact]
    public void Instances_at_the_wrong_time_are_seen_though_their_sum_is_right()
    {
        var (early, late) = (new InstanceCurve(), new InstanceCurve());
        foreach (var (curve, first, second) in new[] { (early, 3, 1), (late, 1, 3) })
        {
            curve.Add(TimeSpan.Zero, [first]);
            curve.Add(Shape.Length / 2, [second]);
        }

        Assert.Equal(early.Mean(0, TimeSpan.Zero, Shape.Length), late.Mean(0, TimeSpan.Zero, Shape.Length));
        Assert.Equal(2, DayBounds.Apart(early, late, 0, Shape.Length), 6);
    }

    [Fact]
    public void A_curve_holds_what_was_seen_until_something_else_is()
    {
        var curve = new InstanceCurve();
        curve.Add(TimeSpan.FromSeconds(1), [1, 5]);
        curve.Add(TimeSpan.FromSeconds(4), [1, 5]);
        curve.Add(TimeSpan.FromSeconds(6), [3, 5]);
        Assert.Equal(1, curve.Mean(0, TimeSpan.Zero, TimeSpan.FromSeconds(6)), 9);
        Assert.Equal(2, curve.Mean(0, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(7)), 9);
        Assert.Equal(3, curve.Mean(0, TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(9)), 9);
        Assert.Equal(5, curve.Mean(1, TimeSpan.Zero, TimeSpan.FromSeconds(100)), 9);
    }

    [Fact]
    public void The_way_is_no_part_of_how_long_a_geode_takes()
    {
        var answers = new DayAnswers(Planet);
        var way = 2 * Distance.OneWayDelay(Shape.Cities[0].Location, Planet.Region("eastus").Location);
        answers.Add(Shape.Cities[0], "eastus", way + TimeSpan.FromMilliseconds(40));
        answers.Add(Shape.Cities[0], null, TimeSpan.FromMilliseconds(70));
        Assert.Equal([0.04, 0.07], answers.Between(long.MinValue, long.MaxValue).Select(answer => answer.Seconds), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal((0.02, 0.5), DayMeasured.Of([0.01, 0.03]));
        Assert.Equal("1 requests were answered before the day, too few to know how long one takes.", Assert.Throws<BenchException>(() => DayMeasured.Of([1])).Message);
        Assert.Equal(2, Measured.ColdStartSeconds);
    }

    private static (double Most, double Least) Extremes(InstanceCurve curve)
    {
        var counts = Enumerable.Range(0, 360).SelectMany(second => Enumerable.Range(0, 3).Select(region => curve.Mean(region, TimeSpan.FromSeconds(second), TimeSpan.FromSeconds(second + 0.1)))).ToList();
        return (counts.Max(), counts.Min());
    }

    private static DayOutcome Outcome(double requests, int instances, double late)
    {
        var curve = new InstanceCurve();
        curve.Add(TimeSpan.Zero, [instances]);
        return new([new("westeurope", requests, instances * 6)], late, curve);
    }
}
