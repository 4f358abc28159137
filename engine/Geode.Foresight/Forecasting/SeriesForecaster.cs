namespace Geode.Foresight.Forecasting;

/// <summary>Forecasts one series online: each observation takes constant time and memory. Several methods run side by side (last value,
/// smoothing, medians, seasons of a day and a week, damped Holt–Winters, models learned on lags and calendar) and are weighted at each horizon
/// by their recent errors there; intervals come from the errors that the mixture itself made.</summary>
public sealed class SeriesForecaster
{
    private static readonly int[] Nearest = [1, 2, 3, 5, 7, 10];

    private readonly SeriesState _state;
    private readonly HorizonForecaster[] _horizons;
    private long _step;

    /// <param name="settings">How long a step, a day and the farthest horizon are.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is outside of what is allowed.</exception>
    public SeriesForecaster(ForecastSettings settings)
    {
        Settings = settings.Validated();
        _state = new SeriesState(settings);
        _horizons = [.. Horizons(settings.Horizon).Select(steps => new HorizonForecaster(steps, _state, settings))];
    }

    /// <summary>What it was made with.</summary>
    public ForecastSettings Settings { get; }

    /// <summary>Takes the value of a step. Steps may be left out (a gap); one that is not after the last is ignored.</summary>
    /// <param name="step">Number of the step since any origin; step <c>n</c> and <c>n + StepsPerDay</c> are the same time of day.</param>
    /// <param name="value">Finite and not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or not a number.</exception>
    public void Observe(long step, double value)
    {
        if (!double.IsFinite(value) || value < 0)
            throw new ArgumentOutOfRangeException(nameof(value), value, "A value is finite and not negative.");
        var first = _state.Step < 0;
        if (!first && step <= _step) return;
        _state.Observe(first ? 1 : step - _step, value);
        _step = step;
        foreach (var horizon in _horizons)
            horizon.Update();
    }

    /// <summary>Horizons between those that are learned are taken from both neighbours.</summary>
    /// <param name="steps">After the last observation, from 1 to <see cref="ForecastSettings.Horizon"/>.</param>
    /// <returns>Before the first observation: 0.</returns>
    public Forecast At(int steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(steps, Settings.Horizon);
        var next = 0;
        while (_horizons[next].Steps < steps)
            next++;
        var above = _horizons[next];
        if (above.Steps == steps) return above.Current;
        var below = _horizons[next - 1];
        var share = (steps - below.Steps) / (double)(above.Steps - below.Steps);
        return new(
            double.Lerp(below.Current.Value, above.Current.Value, share),
            double.Lerp(below.Current.Lower, above.Current.Lower, share),
            double.Lerp(below.Current.Upper, above.Current.Upper, share));
    }

    // 1, 2, 3, 5, 7, 10, 15, 20, 30, 45, 60, 90, 120, …: near ones differ, far ones hardly.
    private static IEnumerable<int> Horizons(int farthest) => Nearest
        .Concat(Enumerable.Range(0, 16).SelectMany(doubled => new[] { 15 << doubled, 20 << doubled }))
        .Where(steps => steps < farthest)
        .Append(farthest)
        .Order();
}
