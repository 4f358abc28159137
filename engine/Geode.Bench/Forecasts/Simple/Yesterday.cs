namespace Geode.Bench.Forecasts.Simple;

/// <summary>As at the same time of the day before; before there is one, it stays as it is.</summary>
/// <param name="stepsPerDay">Steps in a day.</param>
internal sealed class Yesterday(int stepsPerDay) : ISimpleForecast
{
    public string Name => "yesterday";

    public void Fit(ReadOnlySpan<double> train, int horizon)
    {
    }

    public double[] Forecast(ReadOnlySpan<double> values, int horizon)
    {
        var forecasts = new double[values.Length];
        for (var at = 0; at < values.Length; at++)
        {
            var then = at + horizon - stepsPerDay;
            forecasts[at] = then >= 0 && then <= at ? values[then] : values[at];
        }

        return forecasts;
    }
}
