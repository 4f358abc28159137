namespace Geode.Foresight.Forecasting;

/// <summary>What a series did at the same time on other days: the seasonal part of an <see cref="Outlook"/>.</summary>
/// <param name="history">Of the values.</param>
/// <param name="levels">Of the level at each step.</param>
/// <param name="stepsPerDay">Steps in a day.</param>
internal sealed class Seasons(SeriesHistory history, SeriesHistory levels, int stepsPerDay)
{
    public const int Days = 7;

    // What a day counts for less than the one after it.
    private const double Fading = 0.8;

    // A mean of half an hour hides chance and keeps the shape of a day.
    private readonly int _reach = stepsPerDay / 96;
    private readonly double[] _meansNow = new double[Days + 1];
    private readonly double[] _levelsNow = new double[Days + 1];
    private readonly double[] _changes = new double[Days];
    private readonly double[] _values = new double[Days];

    /// <summary>How far back values are needed.</summary>
    public static int Reach(int stepsPerDay) => (Days * stepsPerDay) + (stepsPerDay / 96) + 2;

    /// <summary>Looks up what does not depend on the horizon; after each new value.</summary>
    public void Update()
    {
        for (var day = 1; day <= Days; day++)
        {
            var then = history.Last - ((long)day * stepsPerDay);
            _meansNow[day] = history.Mean(then - _reach, then + _reach);
            _levelsNow[day] = levels[then];
        }
    }

    public void Describe(ref Outlook outlook)
    {
        outlook.Yesterday = outlook.DayMedian = outlook.YesterdayChange = outlook.DayChange = outlook.DayMean = double.NaN;
        outlook.MedianChange = outlook.LeastChange = outlook.MostChange = outlook.WeekChange = outlook.WeekMean = double.NaN;
        var (values, changes) = (0, 0);
        var (then, now, weight) = (0d, 0d, 0d);
        var fading = 1d;
        for (var day = 1; day <= Days; day++)
        {
            fading *= Fading;
            var step = history.Last + outlook.Steps - ((long)day * stepsPerDay);
            var value = history[step];
            if (double.IsNaN(value)) continue;
            SortedValues.Insert(_values, values++, value);
            if (!double.IsNaN(_levelsNow[day])) SortedValues.Insert(_changes, changes++, value - _levelsNow[day]);
            var mean = history.Mean(step - _reach, step + _reach);
            var change = mean - _meansNow[day];
            if (!double.IsNaN(change))
                (then, now, weight) = (then + (fading * mean), now + (fading * _meansNow[day]), weight + fading);
            if (day == 1) (outlook.Yesterday, outlook.YesterdayChange) = (value, change);
            if (day == Days) (outlook.WeekMean, outlook.WeekChange) = (mean, change);
        }

        if (weight > 0)
        {
            outlook.DayMean = then / weight;
            outlook.DayChange = (then - now) / weight;
        }

        if (values > 0) outlook.DayMedian = SortedValues.Median(_values, values);
        if (changes > 0) outlook.MedianChange = SortedValues.Median(_changes, changes);
        // One day is no rule.
        if (changes > 1) (outlook.LeastChange, outlook.MostChange) = (_changes[0], _changes[changes - 1]);
    }
}
