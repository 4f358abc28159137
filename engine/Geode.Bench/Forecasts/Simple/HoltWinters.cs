namespace Geode.Bench.Forecasts.Simple;

/// <summary>Holt–Winters with additive seasons of a day, with the constants that were best on the values it was fitted to (Hyndman and
/// Athanasopoulos, <i>Forecasting: Principles and Practice</i>, section 8.3).</summary>
/// <param name="stepsPerDay">Steps in a day.</param>
internal sealed class HoltWinters(int stepsPerDay) : ISimpleForecast
{
    private static readonly double[] Levels = [0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.7];
    private static readonly double[] Trends = [0, 0.0001, 0.001, 0.01];
    private static readonly double[] Seasons = [0.02, 0.05, 0.1, 0.2, 0.4, 0.7];

    private (double Level, double Trend, double Season) _constants = (0.1, 0, 0.1);

    public string Name => "holtWinters";

    public void Fit(ReadOnlySpan<double> train, int horizon)
    {
        var least = double.PositiveInfinity;
        foreach (var level in Levels)
            foreach (var trend in Trends)
                foreach (var season in Seasons)
                {
                    var error = Errors.MeanAbsolute(train, Run(train, horizon, (level, trend, season)), horizon, Math.Min(stepsPerDay, train.Length / 2));
                    if (error < least)
                        (least, _constants) = (error, (level, trend, season));
                }
    }

    public double[] Forecast(ReadOnlySpan<double> values, int horizon) => Run(values, horizon, _constants);

    private double[] Run(ReadOnlySpan<double> values, int horizon, (double Level, double Trend, double Season) constants)
    {
        var forecasts = new double[values.Length];
        var seasons = new double[stepsPerDay];
        // The first day starts the seasons: level is its mean, and each season what its step had beyond.
        var first = values[..Math.Min(stepsPerDay, values.Length)];
        var level = 0d;
        foreach (var value in first)
            level += value / first.Length;
        var trend = 0d;
        for (var at = 0; at < values.Length; at++)
        {
            ref var season = ref seasons[at % stepsPerDay];
            if (at < stepsPerDay)
            {
                season = values[at] - level;
                forecasts[at] = values[at];
                continue;
            }

            var before = level;
            level = (constants.Level * (values[at] - season)) + ((1 - constants.Level) * (level + trend));
            trend = (constants.Trend * (level - before)) + ((1 - constants.Trend) * trend);
            season = (constants.Season * (values[at] - level)) + ((1 - constants.Season) * season);
            forecasts[at] = level + (horizon * trend) + seasons[(at + horizon) % stepsPerDay];
        }

        return forecasts;
    }
}
