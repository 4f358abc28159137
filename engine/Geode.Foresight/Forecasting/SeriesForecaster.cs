namespace Geode.Foresight.Forecasting;

/// <summary>Forecasts one series online: each observation takes constant time and memory.</summary>
/// <param name="settings">How long a step, a day and the farthest horizon are.</param>
public sealed class SeriesForecaster(ForecastSettings settings)
{
    private double _last;

    /// <summary>What it was made with.</summary>
    public ForecastSettings Settings { get; } = settings;

    /// <summary>Takes the value of a step. Steps may be left out (a gap); one that is not after the last is ignored.</summary>
    /// <param name="step">Number of the step since any origin; step <c>n</c> and <c>n + StepsPerDay</c> are the same time of day.</param>
    /// <param name="value">Finite and not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or not a number.</exception>
    public void Observe(long step, double value)
    {
        if (!double.IsFinite(value) || value < 0)
            throw new ArgumentOutOfRangeException(nameof(value), value, "A value is finite and not negative.");
        _last = value;
    }

    /// <param name="steps">After the last observation, from 1 to <see cref="ForecastSettings.Horizon"/>.</param>
    public Forecast At(int steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(steps, Settings.Horizon);
        return new(_last, _last, _last);
    }
}
