namespace Geode.Foresight.Forecasting.Methods;

/// <summary>One way to forecast a series, the same for all horizons.</summary>
internal interface IForecastMethod
{
    /// <summary>Takes the newest value of the series.</summary>
    /// <param name="gap">Steps since the value before: 1, or more where steps were left out.</param>
    /// <param name="value">In the series' unit.</param>
    void Observe(long gap, double value);

    /// <summary>What it expects; not a number where it has nothing to go by.</summary>
    double Forecast(in Outlook outlook);
}
