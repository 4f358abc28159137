using Geode.Foresight.Forecasting.Learning;
using Geode.Foresight.Forecasting.Methods;

namespace Geode.Foresight.Forecasting;

/// <summary>Where a series is now: what all horizons share.</summary>
internal sealed class SeriesState
{
    // Of how far values are from the level; slow, so that a burst does not make everything small.
    private const double SpreadMemory = 1000;

    private readonly SeriesHistory _values;
    private readonly SeriesHistory _levels;
    private readonly Seasons _seasons;
    private readonly ExponentialSmoothing _level = new(0.12);
    private readonly ExponentialSmoothing[] _smoothed = [new(0.35), new(0.06), new(0.03), new(0.01), new(0.003)];
    private readonly RunningMedian[] _medians = [new(9), new(61)];
    private double _spreads;
    private double _spreadWeight;
    private double _mostSpread;

    public SeriesState(ForecastSettings settings)
    {
        var day = settings.StepsPerDay;
        _values = new SeriesHistory(Seasons.Reach(day));
        _levels = new SeriesHistory(Seasons.Reach(day));
        _seasons = new Seasons(_values, _levels, day);
        Methods =
        [
            new LastValue(), _level, .. _smoothed, .. _medians,
            new Yesterday(), new SeasonByDay(), new MedianOfDays(), new MedianChangeOfDays(), new SeasonByWeek(),
            new DampedHoltWinters(day, alpha: 0.06, beta: 0.0001, gamma: 0.15, phi: 0.98),
        ];
    }

    /// <summary>All that are not learned for one horizon.</summary>
    public IForecastMethod[] Methods { get; }

    /// <summary>Number of the newest step, from 0; −1 before the first.</summary>
    public long Step => _values.Last;

    public double Last { get; private set; }

    private double Before { get; set; } = double.NaN;

    /// <param name="gap">Steps since the value before.</param>
    /// <param name="value">The newest.</param>
    public void Observe(long gap, double value)
    {
        if (Step >= 0)
        {
            var keep = 1 - (1 / SpreadMemory);
            _spreads = (_spreads * keep) + Math.Abs(value - _level.Level);
            _spreadWeight = (_spreadWeight * keep) + 1;
            _mostSpread = Math.Max(_mostSpread, _spreads / _spreadWeight);
            Before = Last;
        }

        Last = value;
        foreach (var method in Methods)
            method.Observe(gap, value);
        _values.Add(gap, value);
        _levels.Add(gap, _level.Level);
        _seasons.Update();
    }

    /// <param name="steps">After the newest value.</param>
    public Outlook Outlook(int steps)
    {
        var outlook = new Outlook { Steps = steps, Last = Last, Level = _level.Level, Spread = Spread };
        _seasons.Describe(ref outlook);
        return outlook;
    }

    /// <summary>What learned models go by, in units of the spread, so that neither the series' scale nor its level matters.</summary>
    /// <param name="outlook">Of the horizon.</param>
    /// <param name="features">Takes <see cref="LearnedModel.Features"/> numbers, first those that know no season.</param>
    public void Describe(in Outlook outlook, Span<double> features)
    {
        var (level, unit) = (outlook.Level, 1 / outlook.Spread);
        features[0] = 1;
        features[1] = (Last - level) * unit;
        features[2] = Known(Before - level) * unit;
        for (var i = 0; i < 5; i++)
            features[3 + i] = (_smoothed[i].Level - level) * unit;
        for (var i = 0; i < 2; i++)
            features[8 + i] = (_medians[i].Median - level) * unit;
        features[10] = Known(outlook.DayChange) * unit;
        features[11] = Known(outlook.DayMean - level) * unit;
        features[12] = Math.Clamp(Known((outlook.DayRatio - 1) * level) * unit, -10, 10);
        features[13] = Known(outlook.YesterdayChange) * unit;
        features[14] = Known(outlook.Yesterday - level) * unit;
        features[15] = Known(outlook.DayMedian - level) * unit;
        features[16] = Known(outlook.MedianChange) * unit;
        features[17] = Math.Max(0, Known(outlook.LeastChange)) * unit;
        features[18] = Math.Min(0, Known(outlook.MostChange)) * unit;
        features[19] = Known(outlook.WeekChange) * unit;
        features[20] = Known(outlook.WeekMean - level) * unit;
    }

    // Silence does not make the unit nothing: what comes after it would be infinite.
    private double Spread
    {
        get
        {
            var spread = _spreadWeight > 0 ? Math.Max(_spreads / _spreadWeight, 1e-6 * _mostSpread) : 0;
            return spread > 0 ? spread : Math.Max(Math.Abs(Last), 1e-9);
        }
    }

    private static double Known(double value) => double.IsNaN(value) ? 0 : value;
}
