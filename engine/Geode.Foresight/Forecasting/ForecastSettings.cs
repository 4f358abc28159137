namespace Geode.Foresight.Forecasting;

/// <param name="StepsPerDay">Steps in a day of the series: 1440 for minutes.</param>
/// <param name="Horizon">The farthest step that is forecast.</param>
/// <param name="Coverage">Share of truths that intervals shall hold, between 0 and 1.</param>
public sealed record ForecastSettings(int StepsPerDay = 1440, int Horizon = 60, double Coverage = 0.9);
