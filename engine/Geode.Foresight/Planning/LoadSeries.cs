using Geode.Foresight.Forecasting;
using Geode.Foresight.Scaling;

namespace Geode.Foresight.Planning;

/// <summary>The load of a region or a place as a series of even steps, and what it is going to be.</summary>
internal sealed class LoadSeries
{
    private readonly SeriesForecaster _forecaster;
    private readonly LoadBound? _bound;
    private readonly TimeSpan _step;
    private readonly Forecast?[] _forecasts;
    private long _current = long.MinValue;
    private long _whole;
    private double _sum;
    private int _count;

    /// <param name="step">Of the series; several observations may fall into one.</param>
    /// <param name="day">After which the load repeats itself.</param>
    /// <param name="farthest">Time that is ever asked for.</param>
    /// <param name="isBounded">Whether <see cref="Upper"/> is asked for, which takes the memory of two weeks.</param>
    public LoadSeries(TimeSpan step, TimeSpan day, TimeSpan farthest, bool isBounded)
    {
        _step = step;
        var stepsPerDay = (int)Math.Max(1, Math.Round(day / step));
        _forecaster = new(new ForecastSettings(stepsPerDay, Steps(farthest, step) + 1));
        _bound = isBounded ? new(stepsPerDay) : null;
        _forecasts = new Forecast?[_forecaster.Settings.Horizon + 1];
    }

    /// <summary>Requests per second, newest.</summary>
    public double Now { get; private set; }

    /// <summary>Takes an observation; what is no rate is not taken.</summary>
    public void Observe(DateTimeOffset at, double requestsPerSecond)
    {
        if (!double.IsFinite(requestsPerSecond) || requestsPerSecond < 0)
            return;
        Now = requestsPerSecond;
        var step = at.UtcTicks / _step.Ticks;
        if (step > _current)
        {
            if (_count > 0)
            {
                _forecaster.Observe(_current, _sum / _count);
                _bound?.Observe(_current, _sum / _count);
                Array.Clear(_forecasts);
                _whole = _current;
                IsKnown = true;
            }

            (_current, _sum, _count) = (step, 0, 0);
        }

        _sum += requestsPerSecond;
        _count++;
    }

    /// <summary>Whether there is a whole step to forecast from; before, what is now is what is expected.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>What is expected after <paramref name="lead"/>.</summary>
    public Forecast At(TimeSpan lead) => Forecast(Steps(lead, _step));

    /// <summary>What to have room for from now until <paramref name="until"/>: the bound of the load, and at least what is likely then.</summary>
    public double Upper(TimeSpan until) => Math.Max(_bound?.Upper(1, Steps(until, _step) + 1, Now) ?? Now, Math.Max(0, At(until).Value));

    private Forecast Forecast(int steps)
    {
        if (!IsKnown)
            return new(Now, Now, Now);
        // Counted from the last whole step, which mostly is the one before the current one; the same until the next one is whole.
        var ahead = (int)Math.Min(steps + _current - _whole, _forecaster.Settings.Horizon);
        var forecast = _forecasts[ahead] ??= _forecaster.At(ahead);
        return double.IsFinite(forecast.Upper) && double.IsFinite(forecast.Value) ? forecast : new(Now, Now, Now);
    }

    private static int Steps(TimeSpan time, TimeSpan step) => (int)Math.Clamp(Math.Ceiling(time / step), 1, 100_000);
}
