using Geode.Foresight.Scaling;
using Geode.Foresight.Tests.Forecasting;

namespace Geode.Foresight.Tests.Scaling;

public sealed class LoadBoundTests
{
    private const int Day = 240;

    [Fact]
    public void An_even_load_needs_little_more_than_itself()
    {
        var bound = Watched(2 * Day, _ => 100);
        Assert.InRange(bound.Upper(1, 2, 100), 100, 104);
    }

    [Fact]
    public void Noise_is_bounded_for_all_but_a_few_steps()
    {
        var random = new Random(71);
        double Noisy(long step) => Math.Max(0, 100 + 20 * MadeSeries.Normal(random));
        var (bound, above) = (Watched(Day, Noisy), 0);
        for (var step = Day; step < 21 * Day; step++)
        {
            var upper = bound.Upper(1, 1, 0);
            var next = Noisy(step);
            above += next > upper ? 1 : 0;
            Assert.InRange(upper, 100, 250);
            bound.Observe(step, next);
        }

        Assert.InRange(above / (20.0 * Day), 0, 0.015);
    }

    [Fact]
    public void A_surge_by_the_clock_is_met_before_it_comes_and_let_go_where_it_does_not()
    {
        double Daily(long step) => step % Day is >= 100 and < 105 ? 1000 : 100;
        var bound = Watched(4 * Day + 98, Daily);
        Assert.InRange(bound.Upper(1, 3, 100), 900, 1100);
        bound.Observe(4 * Day + 98, 100);
        bound.Observe(4 * Day + 99, 100);
        Assert.InRange(bound.Upper(1, 3, 100), 900, 1100);
        bound.Observe(4 * Day + 100, 100);
        Assert.InRange(bound.Upper(1, 3, 100), 100, 200);
    }

    [Fact]
    public void An_unknown_surge_is_followed_with_some_growth_and_does_not_become_the_level()
    {
        var bound = Watched(3 * Day, _ => 100);
        Assert.Equal(1500, bound.Upper(1, 2, 1000), 6);
        bound.Observe(3 * Day, 1000);
        bound.Observe(3 * Day + 1, 1000);
        Assert.Equal(1050, bound.Upper(1, 2, 1000), 6);
        for (var step = 3 * Day + 2; step < 3 * Day + 5; step++)
            bound.Observe(step, 1000);
        Assert.InRange(bound.Upper(1, 2, 100), 100, 400);
    }

    [Fact]
    public void A_lasting_change_becomes_the_level()
    {
        var bound = Watched(3 * Day + 200, step => step < Day ? 100 : 300);
        Assert.InRange(bound.Upper(1, 2, 300), 300, 330);
    }

    [Fact]
    public void Gaps_and_zeros_are_endured()
    {
        var bound = Watched(2 * Day, _ => 100);
        bound.Observe(2 * Day + 100_000, 100);
        Assert.InRange(bound.Upper(1, 2, 100), 100, 120);
        for (var step = 1; step < 3 * Day; step++)
            bound.Observe(2 * Day + 100_000 + step, 0);
        Assert.InRange(bound.Upper(1, 2, 0), 0, 5);
        for (var step = 0; step < 60; step++)
            bound.Observe(5 * Day + 100_000 + step, 100);
        Assert.InRange(bound.Upper(1, 2, 100), 100, 200);
    }

    [Fact]
    public void Twice_the_load_has_twice_the_bound()
    {
        var random = new Random(72);
        var values = Enumerable.Range(0, 5 * Day).Select(_ => 50 + 100 * random.NextDouble()).ToArray();
        var (one, two) = (Watched(values.Length, s => values[s]), Watched(values.Length, s => 2 * values[s]));
        Assert.Equal(2 * one.Upper(1, 3, 60), two.Upper(1, 3, 120), 3);
    }

    [Fact]
    public void Nothing_known_is_what_is_now_and_no_nonsense_is_taken()
    {
        var bound = new LoadBound(Day);
        Assert.Equal(7, bound.Upper(1, 2, 7));
        Assert.Throws<ArgumentOutOfRangeException>(() => bound.Observe(1, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => bound.Observe(1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => bound.Upper(0, 2, 7));
        Assert.Throws<ArgumentOutOfRangeException>(() => bound.Upper(2, 1, 7));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LoadBound(0));
    }

    private static LoadBound Watched(int steps, Func<long, double> value)
    {
        var bound = new LoadBound(Day);
        for (var step = 0; step < steps; step++)
            bound.Observe(step, value(step));
        return bound;
    }
}
