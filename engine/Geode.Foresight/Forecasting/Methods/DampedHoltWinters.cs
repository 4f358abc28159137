namespace Geode.Foresight.Forecasting.Methods;

/// <summary>Holt–Winters with a damped trend and additive seasons of a day (Hyndman and Athanasopoulos, <i>Forecasting: Principles and
/// Practice</i>, section 8.3). It says nothing before it has seen a day.</summary>
/// <param name="season">Steps in a day.</param>
/// <param name="alpha">Share of a new value in the level.</param>
/// <param name="beta">Share of a new change in the trend.</param>
/// <param name="gamma">Share of a new day in the season.</param>
/// <param name="phi">What of the trend is left after a step.</param>
internal sealed class DampedHoltWinters(int season, double alpha, double beta, double gamma, double phi) : IForecastMethod
{
    private readonly float[] _seasons = [.. Enumerable.Repeat(float.NaN, season)];
    private double _level = double.NaN;
    private double _trend;
    private double _firstDay;
    private long _count;
    private long _step = -1;

    public void Observe(long gap, double value)
    {
        _step += gap;
        ref var ofNow = ref _seasons[_step % season];
        if (_step < season)
        {
            // Told from a level of 0 until the day's mean is known.
            ofNow = (float)value;
            _firstDay += value;
            _count++;
            return;
        }

        if (double.IsNaN(_level)) Begin();
        if (gap > 1) _trend = 0;
        var before = _level;
        _level = (alpha * (value - ofNow)) + ((1 - alpha) * (_level + (phi * _trend)));
        _trend = (beta * (_level - before)) + ((1 - beta) * phi * _trend);
        ofNow = (float)((gamma * (value - _level)) + ((1 - gamma) * ofNow));
    }

    public double Forecast(in Outlook outlook) => double.IsNaN(_level)
        ? double.NaN
        : _level + (phi * (1 - Math.Pow(phi, outlook.Steps)) / (1 - phi) * _trend) + _seasons[(_step + outlook.Steps) % season];

    private void Begin()
    {
        _level = _firstDay / _count;
        for (var step = 0; step < season; step++)
            _seasons[step] = float.IsNaN(_seasons[step]) ? 0 : _seasons[step] - (float)_level;
    }
}
