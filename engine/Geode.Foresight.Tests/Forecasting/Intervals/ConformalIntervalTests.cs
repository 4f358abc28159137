using Geode.Foresight.Forecasting.Intervals;

namespace Geode.Foresight.Tests.Forecasting.Intervals;

public sealed class ConformalIntervalTests
{
    [Theory]
    [InlineData("normal", 0.9)]
    [InlineData("normal", 0.5)]
    [InlineData("skewed", 0.9)]
    [InlineData("bursts", 0.9)]
    [InlineData("growing", 0.9)]
    public void As_many_are_inside_as_were_wanted(string kind, double coverage)
    {
        var random = new Random(1);
        var interval = new ConformalInterval(coverage, 120);
        var (inside, below) = (0, 0);
        const int Steps = 20_000;
        for (var step = 0; step < Steps; step++)
        {
            var error = kind switch
            {
                "normal" => MadeSeries.Normal(random),
                "skewed" => Math.Exp(MadeSeries.Normal(random)) - 1,
                "bursts" => MadeSeries.Normal(random) * (step % 500 < 20 ? 50 : 1),
                _ => MadeSeries.Normal(random) * Math.Exp(step / 2000d),
            };
            var unit = interval.Unit(1);
            var around = interval.Around(1e9, unit, 1);
            if (step >= 1000 && around.Lower <= 1e9 + error && 1e9 + error <= around.Upper) inside++;
            if (step >= 1000 && 1e9 + error < around.Lower) below++;
            interval.Learn(error, unit);
        }

        Assert.InRange(inside / (double)(Steps - 1000), coverage - 0.02, coverage + 0.02);
        Assert.InRange(below / (double)(Steps - 1000), ((1 - coverage) / 2) - 0.015, ((1 - coverage) / 2) + 0.015);
    }

    [Fact]
    public void A_forecast_that_is_always_too_low_has_all_its_misses_above()
    {
        var random = new Random(1);
        var interval = new ConformalInterval(0.8, 120);
        var (below, above) = (0, 0);
        for (var step = 0; step < 20_000; step++)
        {
            var error = 5 + MadeSeries.Normal(random);
            var unit = interval.Unit(1);
            var around = interval.Around(100, unit, 1);
            if (step >= 1000 && 100 + error < around.Lower) below++;
            if (step >= 1000 && 100 + error > around.Upper) above++;
            interval.Learn(error, unit);
        }

        // The forecast itself stays inside, so that its lower end cannot follow.
        Assert.InRange(below, 0, 10);
        Assert.InRange(above / 19_000d, 0.08, 0.12);
    }

    [Fact]
    public void It_is_never_below_zero_and_holds_its_forecast()
    {
        var around = new ConformalInterval(0.9, 120).Around(3, 10, 1.5);
        Assert.Equal(0, around.Lower);
        Assert.Equal(3, around.Value);
        Assert.True(around.Upper > 30);
    }

    [Fact]
    public void Being_simply_right_does_not_narrow_it_for_later()
    {
        var interval = new ConformalInterval(0.9, 120);
        var before = interval.Around(100, 1, 1);
        for (var step = 0; step < 10_000; step++)
            interval.Learn(0, 1);
        Assert.Equal(before, interval.Around(100, 1, 1));
    }
}
