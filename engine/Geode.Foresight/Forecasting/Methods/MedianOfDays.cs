namespace Geode.Foresight.Forecasting.Methods;

/// <summary>The median of the last seven days' values at the same time: sharp where something happens at a fixed minute, and untouched by what
/// happened on one day only.</summary>
internal sealed class MedianOfDays : IForecastMethod
{
    public void Observe(long gap, double value)
    {
    }

    public double Forecast(in Outlook outlook) => outlook.DayMedian;
}
