namespace Geode.Foresight.Forecasting;

/// <summary>What is known of one future step before anything is forecast: where the series is now, and what it did on other days at that
/// time of day. What is not known is not a number.</summary>
internal record struct Outlook
{
    /// <summary>After the newest value.</summary>
    public int Steps;

    /// <summary>The newest value.</summary>
    public double Last;

    /// <summary>Where the series is now, smoothed: other values are told by their distance from it.</summary>
    public double Level;

    /// <summary>How far values usually are from the level; above 0.</summary>
    public double Spread;

    /// <summary>The value of the day before at the same time.</summary>
    public double Yesterday;

    /// <summary>The median of the last seven days' values at the same time.</summary>
    public double DayMedian;

    /// <summary>From now until then, yesterday, in smoothed values.</summary>
    public double YesterdayChange;

    /// <summary>From now until then, the mean over seven days, newer ones counting more, in smoothed values.</summary>
    public double DayChange;

    /// <summary>The mean of the same days at the same time, smoothed.</summary>
    public double DayMean;

    /// <summary>By what <see cref="DayMean"/> is a multiple of the same days' mean at this time.</summary>
    public double DayRatio;

    /// <summary>Seven days' changes from that day's level to its value at that time: the middle one.</summary>
    public double MedianChange;

    /// <summary>The least of them; above 0 where the series rose on all days.</summary>
    public double LeastChange;

    /// <summary>The most of them; below 0 where the series fell on all days.</summary>
    public double MostChange;

    /// <summary>From now until then a week ago, smoothed.</summary>
    public double WeekChange;

    /// <summary>A week ago at that time, smoothed.</summary>
    public double WeekMean;
}
