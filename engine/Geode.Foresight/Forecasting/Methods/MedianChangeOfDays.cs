namespace Geode.Foresight.Forecasting.Methods;

/// <summary>The level, and the median of what the last seven days' values at the same time differed from their level: as
/// <see cref="MedianOfDays"/>, for a series whose level has moved since.</summary>
internal sealed class MedianChangeOfDays : IForecastMethod
{
    public void Observe(long gap, double value)
    {
    }

    public double Forecast(in Outlook outlook) => outlook.Level + outlook.MedianChange;
}
