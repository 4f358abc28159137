namespace Geode.Bench.Forecasts.Simple;

/// <summary>Simple exponential smoothing, with the smoothing constant that was best on the values it was fitted to (Hyndman and
/// Athanasopoulos, <i>Forecasting: Principles and Practice</i>, section 8.1).</summary>
internal sealed class Smoothing : ISimpleForecast
{
    private double _alpha = 0.2;

    public string Name => "smoothed";

    public void Fit(ReadOnlySpan<double> train, int horizon)
    {
        var least = double.PositiveInfinity;
        for (var step = 0; step <= 40; step++)
        {
            var alpha = Math.Pow(10, -3 + (3 * step / 40d));
            var error = Errors.MeanAbsolute(train, Smooth(train, alpha), horizon, 0);
            if (error < least)
                (least, _alpha) = (error, alpha);
        }
    }

    public double[] Forecast(ReadOnlySpan<double> values, int horizon) => Smooth(values, _alpha);

    private static double[] Smooth(ReadOnlySpan<double> values, double alpha)
    {
        var forecasts = new double[values.Length];
        var level = values.Length > 0 ? values[0] : 0;
        for (var at = 0; at < values.Length; at++)
            forecasts[at] = level += alpha * (values[at] - level);
        return forecasts;
    }
}
