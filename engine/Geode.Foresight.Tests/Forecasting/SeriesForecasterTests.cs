using Geode.Foresight.Forecasting;

namespace Geode.Foresight.Tests.Forecasting;

public sealed class SeriesForecasterTests
{
    [Fact]
    public void Nothing_seen_is_nothing_expected() => Assert.Equal(default, new SeriesForecaster(new ForecastSettings()).At(10));

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(1e12)]
    public void What_never_changes_goes_on(double value)
    {
        var forecaster = new SeriesForecaster(new ForecastSettings(60, 30));
        for (var step = 0; step < 300; step++)
        {
            forecaster.Observe(step, value);
            foreach (var steps in new[] { 1, 4, 10, 30 })
            {
                var forecast = forecaster.At(steps);
                Assert.Equal(value, forecast.Value, value * 1e-9);
                Assert.InRange(value, forecast.Lower, forecast.Upper);
            }
        }
    }

    [Fact]
    public void A_steady_rise_goes_on()
    {
        var forecaster = new SeriesForecaster(new ForecastSettings());
        for (var minute = 0; minute < 600; minute++)
            forecaster.Observe(minute, 100 + minute);
        var forecast = forecaster.At(10);
        Assert.Equal(709, forecast.Value, 5d);
        Assert.InRange(709, forecast.Lower, forecast.Upper);
    }

    [Fact]
    public void A_step_that_is_not_after_the_last_is_ignored()
    {
        var (told, untold) = (new SeriesForecaster(new ForecastSettings(240, 10)), new SeriesForecaster(new ForecastSettings(240, 10)));
        var values = MadeSeries.Daily(2);
        for (var step = 0; step < values.Length; step++)
        {
            told.Observe(step, values[step]);
            untold.Observe(step, values[step]);
            // A clock that was set back an hour, and a report that came twice.
            if (step % 50 == 49) told.Observe(step - 10, 1e6);
            told.Observe(step, 5);
        }

        for (var steps = 1; steps <= 10; steps++)
            Assert.Equal(untold.At(steps), told.At(steps));
    }

    [Fact]
    public void Only_distances_between_steps_matter()
    {
        var (early, late) = (new SeriesForecaster(new ForecastSettings(240, 10)), new SeriesForecaster(new ForecastSettings(240, 10)));
        var values = MadeSeries.Daily(3);
        for (var step = 0; step < values.Length; step++)
        {
            early.Observe(step - 1_000_000, values[step]);
            late.Observe(step + 29_000_017, values[step]);
        }

        Assert.Equal(early.At(7), late.At(7));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-0.001)]
    public void A_value_is_finite_and_not_negative(double value) =>
        Assert.Throws<ArgumentOutOfRangeException>("value", () => new SeriesForecaster(new ForecastSettings()).Observe(1, value));

    [Theory]
    [InlineData(0)]
    [InlineData(61)]
    public void A_horizon_is_one_that_was_asked_for(int steps) =>
        Assert.Throws<ArgumentOutOfRangeException>("steps", () => new SeriesForecaster(new ForecastSettings()).At(steps));

    [Theory]
    [InlineData(0, 60, 0.9, "StepsPerDay")]
    [InlineData(86_401, 60, 0.9, "StepsPerDay")]
    [InlineData(1440, 0, 0.9, "Horizon")]
    [InlineData(1440, 1441, 0.9, "Horizon")]
    [InlineData(1440, 60, 0, "Coverage")]
    [InlineData(1440, 60, 1, "Coverage")]
    [InlineData(1440, 60, double.NaN, "Coverage")]
    public void Settings_outside_of_what_is_allowed_are_named(int stepsPerDay, int horizon, double coverage, string name) =>
        Assert.Throws<ArgumentOutOfRangeException>(name, () => new SeriesForecaster(new ForecastSettings(stepsPerDay, horizon, coverage)));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 1440)]
    [InlineData(24, 4)]
    [InlineData(60, 100)]
    [InlineData(86_400, 12)]
    public void Every_horizon_up_to_the_farthest_has_a_forecast(int stepsPerDay, int horizon)
    {
        var forecaster = new SeriesForecaster(new ForecastSettings(stepsPerDay, horizon));
        for (var step = 0; step < 200; step++)
            forecaster.Observe(step, 10 + (step % 5));
        for (var steps = 1; steps <= horizon; steps++)
        {
            var forecast = forecaster.At(steps);
            Assert.InRange(forecast.Value, 5, 20);
            Assert.True(forecast.Lower <= forecast.Value && forecast.Value <= forecast.Upper);
        }
    }
}
