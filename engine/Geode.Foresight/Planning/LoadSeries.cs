using Geode.Foresight.Forecasting;

namespace Geode.Foresight.Planning;

/// <summary>The load of a region or a place as a series of even steps, and what it is going to be.</summary>
internal sealed class LoadSeries
{
    private readonly SeriesForecaster _forecaster;
    private readonly TimeSpan _step;
    private long _current = long.MinValue;
    private double _sum;
    private int _count;

    /// <param name="step">Of the series; several observations may fall into one.</param>
    /// <param name="day">After which the load repeats itself.</param>
    /// <param name="farthest">Time that is ever asked for.</param>
    public LoadSeries(TimeSpan step, TimeSpan day, TimeSpan farthest)
    {
        _step = step;
        _forecaster = new(new ForecastSettings((int)Math.Max(1, Math.Round(day / step)), Steps(farthest, step) + 1));
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

    /// <summary>The highest upper end from <paramref name="from"/> to <paramref name="until"/>.</summary>
    public double Upper(TimeSpan from, TimeSpan until)
    {
        var upper = 0.0;
        for (var step = Steps(from, _step); step <= Steps(until, _step); step++)
            upper = Math.Max(upper, Forecast(step).Upper);
        return upper;
    }

    private Forecast Forecast(int steps)
    {
        if (!IsKnown)
            return new(Now, Now, Now);
        // The last whole step is the one before the current one.
        var forecast = _forecaster.At(Math.Min(steps + 1, _forecaster.Settings.Horizon));
        return double.IsFinite(forecast.Upper) && double.IsFinite(forecast.Value) ? forecast : new(Now, Now, Now);
    }

    private static int Steps(TimeSpan time, TimeSpan step) => (int)Math.Clamp(Math.Ceiling(time / step), 1, 100_000);
}
