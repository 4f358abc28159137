namespace Geode.Bench.Forecasts.Simple;

/// <summary>The mean of the last ten values.</summary>
internal sealed class RecentMean : ISimpleForecast
{
    private const int Window = 10;

    public string Name => "tenMinuteMean";

    public void Fit(ReadOnlySpan<double> train, int horizon)
    {
    }

    public double[] Forecast(ReadOnlySpan<double> values, int horizon)
    {
        var forecasts = new double[values.Length];
        var sum = 0d;
        for (var at = 0; at < values.Length; at++)
        {
            sum += values[at] - (at >= Window ? values[at - Window] : 0);
            forecasts[at] = sum / Math.Min(at + 1, Window);
        }

        return forecasts;
    }
}
