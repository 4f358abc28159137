using FsCheck;
using FsCheck.Fluent;
using Geode.Foresight.Forecasting;
using Geode.Foresight.Forecasting.Methods;

namespace Geode.Foresight.Tests.Forecasting.Methods;

public sealed class MethodTests
{
    [Fact]
    public void Smoothing_begins_as_the_mean_and_forgets_by_its_constant()
    {
        var smoothing = new ExponentialSmoothing(0.5);
        Assert.True(double.IsNaN(smoothing.Level));
        smoothing.Observe(1, 4);
        Assert.Equal(4, smoothing.Level);
        smoothing.Observe(1, 8);
        // Weights 0.25 and 0.5.
        Assert.Equal(((0.25 * 4) + (0.5 * 8)) / 0.75, smoothing.Level, 12);
    }

    [Fact]
    public void Smoothing_after_a_gap_is_as_if_what_was_before_had_faded_meanwhile()
    {
        var smoothing = new ExponentialSmoothing(0.5);
        smoothing.Observe(1, 4);
        smoothing.Observe(3, 8);
        Assert.Equal(((0.0625 * 4) + (0.5 * 8)) / 0.5625, smoothing.Level, 12);
    }

    [Fact]
    public void Running_median_is_the_median_of_the_window() =>
        Prop.ForAll(Gen.ListOf(Gen.Choose(0, 20)).ToArbitrary(), values =>
        {
            var median = new RunningMedian(5);
            var seen = new List<double>();
            foreach (var value in values)
            {
                seen.Add(value);
                median.Observe(1, value);
                var sorted = seen.TakeLast(5).Order().ToArray();
                if (median.Median != (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2) return false;
            }

            return true;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Running_median_forgets_what_is_older_than_its_window()
    {
        var median = new RunningMedian(5);
        for (var i = 0; i < 5; i++) median.Observe(1, 100);
        median.Observe(6, 1);
        Assert.Equal(1, median.Median);
    }

    [Fact]
    public void Holt_Winters_says_nothing_in_the_first_day_and_repeats_a_pure_season_after_it()
    {
        var method = Holt(season: 12);
        for (var step = 0; step < 60; step++)
        {
            method.Observe(1, 50 + (10 * (step % 12)));
            for (var steps = 1; steps <= 24; steps++)
            {
                var forecast = method.Forecast(new Outlook { Steps = steps });
                if (step < 12) Assert.True(double.IsNaN(forecast));
                else Assert.Equal(50 + (10 * ((step + steps) % 12)), forecast, 1e-3);
            }
        }
    }

    [Fact]
    public void Holt_Winters_keeps_the_time_of_day_through_gaps()
    {
        var method = Holt(season: 12);
        for (var step = 0; step < 36; step++)
            method.Observe(1, 50 + (10 * (step % 12)));
        // The next is step 36 + 29.
        method.Observe(30, 50 + (10 * (65 % 12)));
        Assert.Equal(50 + (10 * (68 % 12)), method.Forecast(new Outlook { Steps = 3 }), 1e-3);
    }

    [Fact]
    public void Holt_Winters_damps_a_trend()
    {
        var method = new DampedHoltWinters(4, alpha: 0.5, beta: 0.5, gamma: 0.1, phi: 0.9);
        for (var step = 0; step < 400; step++)
            method.Observe(1, 3 * step);
        var (near, far) = (method.Forecast(new Outlook { Steps = 4 }), method.Forecast(new Outlook { Steps = 400 }));
        Assert.InRange(near, 1197, 1215);
        // With a trend of 3 left as it is, it would be 2,397.
        Assert.InRange(far, near, 1260);
    }

    [Fact]
    public void Seasonal_methods_tell_what_other_days_did()
    {
        var outlook = new Outlook { Steps = 5, Last = 7, Level = 100, Yesterday = 30, DayMedian = 40, DayChange = 5, MedianChange = -6, WeekChange = 8 };
        Assert.Equal(7, new LastValue().Forecast(outlook));
        Assert.Equal(30, new Yesterday().Forecast(outlook));
        Assert.Equal(40, new MedianOfDays().Forecast(outlook));
        Assert.Equal(105, new SeasonByDay().Forecast(outlook));
        Assert.Equal(94, new MedianChangeOfDays().Forecast(outlook));
        Assert.Equal(108, new SeasonByWeek().Forecast(outlook));
    }

    private static DampedHoltWinters Holt(int season) => new(season, alpha: 0.06, beta: 0.0001, gamma: 0.15, phi: 0.98);
}
