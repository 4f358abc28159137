namespace Geode.Foresight.Forecasting.Methods;

/// <summary>The level changes as it changed on other days between the same times, on the mean of the last seven.</summary>
internal sealed class SeasonByDay : IForecastMethod
{
    public void Observe(long gap, double value)
    {
    }

    public double Forecast(in Outlook outlook) => outlook.Level + outlook.DayChange;
}
