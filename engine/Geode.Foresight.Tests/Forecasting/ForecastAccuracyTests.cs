namespace Geode.Foresight.Tests.Forecasting;

/// <summary>How good forecasts are, on series of which it is known how good they can be.</summary>
public sealed class ForecastAccuracyTests
{
    private const int Day = MadeSeries.Day;

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(30)]
    [InlineData(60)]
    public void A_day_that_repeats_is_forecast_nearly_as_well_as_chance_allows(int horizon)
    {
        var values = MadeSeries.Daily(20);
        var ours = Replay.Of(values, horizon, 8 * Day);
        // Whoever knows the shape errs by chance alone.
        var least = Replay.MeanErrorOf(values, horizon, 8 * Day, at => 100 * MadeSeries.Shape(at + horizon));
        Assert.InRange(ours.MeanError / least, 0.95, 1.2);
        Assert.InRange(ours.Coverage, 0.85, 0.95);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(30)]
    public void Ends_of_the_week_are_not_a_surprise_twice(int horizon)
    {
        var values = MadeSeries.Weekly(42);
        var ours = Replay.Of(values, horizon, 21 * Day);
        var yesterday = Replay.MeanErrorOf(values, horizon, 21 * Day, at => values[at + horizon - Day]);
        var last = Replay.MeanErrorOf(values, horizon, 21 * Day, at => values[at]);
        Assert.True(ours.MeanError < 0.8 * Math.Min(yesterday, last), $"{ours.MeanError} against {yesterday} and {last}");
        Assert.InRange(ours.Coverage, 0.85, 0.95);
    }

    [Fact]
    public void What_happens_at_the_same_minute_each_day_is_expected_to_the_minute()
    {
        var values = MadeSeries.Daily(12);
        for (var step = 0; step < values.Length; step++)
            if (step % Day is >= 100 and < 106) values[step] = 0;
        var ours = Replay.Of(values, 10, 8 * Day);
        var silent = ours.Errors.Where((_, i) => i % Day is >= 100 and < 106).Average();
        Assert.True(silent < 0.2 * 100 * MadeSeries.Shape(100), $"{silent} of {100 * MadeSeries.Shape(100)}");
    }

    [Fact]
    public void A_burst_is_not_taken_for_a_new_level()
    {
        // Six values of fifty times the usual, at moments that nothing foretells.
        var random = new Random(5);
        var values = new double[12 * Day];
        var burst = 0;
        for (var step = 0; step < values.Length; step++)
        {
            if (burst == 0 && random.NextDouble() < 0.01) burst = 6;
            values[step] = MadeSeries.Count(random, burst > 0 ? 5000 : 100);
            burst = Math.Max(0, burst - 1);
        }

        var ours = Replay.Of(values, 10, 4 * Day);
        var last = Replay.MeanErrorOf(values, 10, 4 * Day, at => values[at]);
        Assert.True(ours.MeanError < 0.65 * last, $"{ours.MeanError} against {last}");
    }

    [Fact]
    public void With_less_than_two_days_seen_intervals_are_wider()
    {
        var values = MadeSeries.Daily(12);
        var first = Replay.Of(values, 60, Day / 2, Day);
        var second = Replay.Of(values, 60, Day, 2 * Day);
        var later = Replay.Of(values, 60, 10 * Day, 11 * Day);
        Assert.True(first.MeanWidth > 2 * later.MeanWidth, $"{first.MeanWidth} against {later.MeanWidth}");
        Assert.True(second.MeanWidth > 1.2 * later.MeanWidth, $"{second.MeanWidth} against {later.MeanWidth}");
        Assert.True(second.Coverage > 0.8, $"{second.Coverage}");
    }

    [Fact]
    public void A_doubled_rate_is_the_new_rate_soon()
    {
        var values = MadeSeries.Daily(12);
        for (var step = 10 * Day; step < values.Length; step++)
            values[step] *= 2;
        var usual = Replay.Of(values, 10, 8 * Day, 10 * Day);
        var after = Replay.Of(values, 10, (10 * Day) + 60);
        Assert.True(after.MeanError < 4 * usual.MeanError, $"{after.MeanError} against {usual.MeanError}");
        Assert.InRange(after.Coverage, 0.7, 1);
    }

    [Fact]
    public void Silence_and_its_end_leave_nothing_behind()
    {
        var values = MadeSeries.Daily(14);
        Array.Fill(values, 0, 9 * Day, Day);
        var silence = Replay.Of(values, 10, (9 * Day) + 60, 10 * Day);
        Assert.True(silence.MeanError < 5, $"{silence.MeanError}");
        var (before, after) = (Replay.Of(values, 10, 8 * Day, 9 * Day), Replay.Of(values, 10, 12 * Day));
        Assert.True(after.MeanError < 1.4 * before.MeanError, $"{after.MeanError} against {before.MeanError}");
        Assert.InRange(after.Coverage, 0.8, 1);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(-10)]
    public void A_day_that_moves_by_an_hour_is_learned_within_days(int hour)
    {
        var random = new Random(3);
        double[] values = [.. Enumerable.Range(0, 16 * Day).Select(step => MadeSeries.Count(random, 100 * MadeSeries.Shape(step < 10 * Day ? step : step + hour)))];
        var before = Replay.Of(values, 30, 8 * Day, 10 * Day);
        var first = Replay.Of(values, 30, 10 * Day, 11 * Day);
        var later = Replay.Of(values, 30, 14 * Day);
        Assert.True(first.MeanError < 2 * before.MeanError, $"{first.MeanError} against {before.MeanError}");
        Assert.True(later.MeanError < 1.2 * before.MeanError, $"{later.MeanError} against {before.MeanError}");
    }

    [Fact]
    public void A_clock_that_jumps_an_hour_is_a_gap()
    {
        var values = MadeSeries.Daily(12);
        Array.Fill(values, double.NaN, 10 * Day, 10);
        var before = Replay.Of(values, 10, 8 * Day, 10 * Day);
        var after = Replay.Of(values, 10, (10 * Day) + 10);
        Assert.True(after.MeanError < 1.2 * before.MeanError, $"{after.MeanError} against {before.MeanError}");
        Assert.InRange(after.Coverage, 0.85, 0.95);
    }

    [Fact]
    public void One_of_ten_values_missing_hardly_matters()
    {
        var random = new Random(4);
        var whole = MadeSeries.Daily(14);
        double[] torn = [.. whole.Select(value => random.NextDouble() < 0.1 ? double.NaN : value)];
        var (all, most) = (Replay.Of(whole, 10, 8 * Day), Replay.Of(torn, 10, 8 * Day));
        Assert.InRange(most.MeanError / all.MeanError, 0.9, 1.1);
        Assert.InRange(most.Coverage, 0.85, 0.95);
    }
}
