namespace Geode.Foresight.Forecasting.Methods;

/// <summary>As a day before: the seasonal naïve method (Hyndman and Athanasopoulos, <i>Forecasting: Principles and Practice</i>, section 5.2).</summary>
internal sealed class Yesterday : IForecastMethod
{
    public void Observe(long gap, double value)
    {
    }

    public double Forecast(in Outlook outlook) => outlook.Yesterday;
}
