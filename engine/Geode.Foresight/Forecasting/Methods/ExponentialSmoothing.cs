namespace Geode.Foresight.Forecasting.Methods;

/// <summary>Simple exponential smoothing (Hyndman and Athanasopoulos, <i>Forecasting: Principles and Practice</i>, section 8.1). It begins as
/// the mean of what it has seen; after a gap, what was before counts less by as many steps.</summary>
/// <param name="alpha">Share of the newest value in the level, between 0 and 1.</param>
internal sealed class ExponentialSmoothing(double alpha) : IForecastMethod
{
    private double _weight;

    /// <summary>The smoothed value; not a number before the first.</summary>
    public double Level { get; private set; } = double.NaN;

    public void Observe(long gap, double value)
    {
        var keep = gap == 1 ? 1 - alpha : Math.Pow(1 - alpha, gap);
        _weight = (_weight * keep) + alpha;
        Level = double.IsNaN(Level) ? value : Level + (alpha / _weight * (value - Level));
    }

    public double Forecast(in Outlook outlook) => Level;
}
