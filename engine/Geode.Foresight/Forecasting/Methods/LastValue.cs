namespace Geode.Foresight.Forecasting.Methods;

/// <summary>It stays as it is: what is best for a random walk.</summary>
internal sealed class LastValue : IForecastMethod
{
    public void Observe(long gap, double value)
    {
    }

    public double Forecast(in Outlook outlook) => outlook.Last;
}
