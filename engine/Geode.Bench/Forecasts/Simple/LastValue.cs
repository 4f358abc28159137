namespace Geode.Bench.Forecasts.Simple;

/// <summary>It stays as it is.</summary>
internal sealed class LastValue : ISimpleForecast
{
    public string Name => "last";

    public void Fit(ReadOnlySpan<double> train, int horizon)
    {
    }

    public double[] Forecast(ReadOnlySpan<double> values, int horizon) => values.ToArray();
}
