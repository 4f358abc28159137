namespace Geode.Foresight.Forecasting;

/// <summary>What a series is expected to be at one future step, in the series' own unit.</summary>
/// <param name="Value">The expected value.</param>
/// <param name="Lower">Lower end of the interval that holds the value with the forecaster's coverage; never below 0 for a series that never was.</param>
/// <param name="Upper">Upper end of it.</param>
public readonly record struct Forecast(double Value, double Lower, double Upper);
