namespace Geode.Foresight.Forecasting.Intervals;

/// <summary>
/// The interval of one horizon, from the errors made at it. Both ends are multiples of the recent mean error. After each value, an end that was
/// passed moves out and one that was not moves in, by steps that balance when the wanted share is inside: whatever the series does, in the long
/// run so many are (Gibbs and Candès, "Adaptive Conformal Inference Under Distribution Shift", 2021; the form that moves the quantile itself is
/// quantile tracking in Angelopoulos, Candès and Tibshirani, "Conformal PID Control for Time Series Prediction", 2023).
/// </summary>
/// <param name="coverage">Wanted share inside.</param>
/// <param name="memory">Steps after which an error counts a third of a new one.</param>
internal sealed class ConformalInterval(double coverage, double memory)
{
    private const double Pace = 0.03;

    private readonly double _miss = (1 - coverage) / 2;
    private readonly double _keep = 1 - (1 / memory);
    private double _below = 2.5;
    private double _above = 2.5;
    private double _errors;
    private double _weight;

    /// <summary>The mean error now, from which the ends are measured.</summary>
    /// <param name="spread">What to take it for before any error is known.</param>
    public double Unit(double spread) => (_errors + spread) / (_weight + 1);

    /// <param name="forecast">Its middle.</param>
    /// <param name="unit">As told by <see cref="Unit"/>.</param>
    /// <param name="widening">1, or more where errors of the past do not tell enough.</param>
    public Forecast Around(double forecast, double unit, double widening) => new(
        forecast, Math.Max(0, forecast - (_below * unit * widening)), Math.Max(0, forecast + (_above * unit * widening)));

    /// <param name="error">Value less forecast.</param>
    /// <param name="unit">When the forecast was made.</param>
    public void Learn(double error, double unit)
    {
        _errors = (_errors * _keep) + Math.Abs(error);
        _weight = (_weight * _keep) + 1;
        // A forecast that is simply right, as of a silent series, tells nothing of the errors to come.
        if (error == 0) return;
        _above = Math.Max(0, _above + (Pace * ((error > _above * unit ? 1 : 0) - _miss)));
        _below = Math.Max(0, _below + (Pace * ((-error > _below * unit ? 1 : 0) - _miss)));
    }
}
