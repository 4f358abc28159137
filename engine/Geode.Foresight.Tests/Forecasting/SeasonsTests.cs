using Geode.Foresight.Forecasting;

namespace Geode.Foresight.Tests.Forecasting;

public sealed class SeasonsTests
{
    private const int Day = 24;
    private readonly SeriesHistory _values = new(Seasons.Reach(Day));
    private readonly SeriesHistory _levels = new(Seasons.Reach(Day), means: false);

    [Fact]
    public void Before_a_day_has_passed_nothing_is_known()
    {
        var outlook = After(20, step => step, steps: 3);
        Assert.All(
            new[] { outlook.Yesterday, outlook.DayMedian, outlook.DayChange, outlook.DayMean, outlook.MedianChange, outlook.LeastChange, outlook.WeekChange, outlook.WeekMean },
            value => Assert.True(double.IsNaN(value)));
    }

    [Fact]
    public void One_day_is_no_rule_of_what_all_days_did()
    {
        var outlook = After(Day + 10, step => step, steps: 3);
        Assert.Equal(12, outlook.Yesterday);
        Assert.Equal(12, outlook.DayMedian);
        Assert.Equal(3, outlook.YesterdayChange, 9);
        Assert.Equal(3, outlook.DayChange, 9);
        Assert.True(double.IsNaN(outlook.LeastChange));
    }

    [Fact]
    public void Medians_and_extremes_are_of_seven_days_and_newer_days_count_more_in_the_mean()
    {
        // Day d is at d, and from hour 12 on at 10 + d, more on the fifth.
        static double Value(int step) => (step / Day) + (step % Day < 12 ? 0 : step / Day == 5 ? 100 : 10);
        var outlook = After((9 * Day) + 11, Value, steps: 4);

        Assert.Equal(18, outlook.Yesterday);
        Assert.Equal(16, outlook.DayMedian);
        Assert.Equal(10, outlook.MedianChange);
        Assert.Equal(10, outlook.LeastChange);
        Assert.Equal(100, outlook.MostChange);
        Assert.Equal(10, outlook.WeekChange, 9);
        Assert.Equal(12, outlook.WeekMean, 9);
        var weights = Enumerable.Range(1, 7).Select(day => Math.Pow(0.8, day)).ToArray();
        Assert.Equal(weights.Select((w, i) => w * (i == 3 ? 100 : 10)).Sum() / weights.Sum(), outlook.DayChange, 9);
    }

    [Fact]
    public void Days_without_a_value_at_that_time_do_not_count()
    {
        var outlook = After((4 * Day) + 10, step => step / Day == 3 ? double.NaN : 5, steps: 2);
        Assert.True(double.IsNaN(outlook.Yesterday));
        Assert.Equal(5, outlook.DayMedian);
    }

    // The level is the value before, as if it had been smoothed over one.
    private Outlook After(int count, Func<int, double> value, int steps)
    {
        var gap = 1;
        for (var step = 0; step < count; step++, gap++)
        {
            if (double.IsNaN(value(step))) continue;
            _values.Add(gap, value(step));
            _levels.Add(gap, value(step));
            gap = 0;
        }

        var seasons = new Seasons(_values, _levels, Day);
        seasons.Update();
        var outlook = new Outlook { Steps = steps };
        seasons.Describe(ref outlook);
        return outlook;
    }
}
