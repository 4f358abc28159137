namespace Geode.Foresight.Forecasting.Methods;

/// <summary>The level changes as it did a week before between the same times.</summary>
internal sealed class SeasonByWeek : IForecastMethod
{
    public void Observe(long gap, double value)
    {
    }

    public double Forecast(in Outlook outlook) => outlook.Level + outlook.WeekChange;
}
