namespace Geode.Foresight.Forecasting;

/// <param name="StepsPerDay">Steps in a day of the series: 1440 for minutes.</param>
/// <param name="Horizon">The farthest step that is forecast.</param>
/// <param name="Coverage">Share of truths that intervals shall hold, between 0 and 1.</param>
public sealed record ForecastSettings(int StepsPerDay = 1440, int Horizon = 60, double Coverage = 0.9)
{
    /// <summary>The most steps that a day may have, which bounds the memory of a forecaster: one a second.</summary>
    public const int MaxStepsPerDay = 86_400;

    /// <summary>The farthest horizon that can be asked for: each horizon remembers its forecasts until their truth is known.</summary>
    public const int MaxHorizon = 1440;

    /// <exception cref="ArgumentOutOfRangeException">A number is outside of what is allowed; the message names it.</exception>
    internal ForecastSettings Validated()
    {
        if (StepsPerDay is < 1 or > MaxStepsPerDay)
            throw new ArgumentOutOfRangeException(nameof(StepsPerDay), StepsPerDay, $"A day has 1 to {MaxStepsPerDay} steps.");
        if (Horizon is < 1 or > MaxHorizon)
            throw new ArgumentOutOfRangeException(nameof(Horizon), Horizon, $"The horizon is 1 to {MaxHorizon} steps.");
        if (!(Coverage > 0 && Coverage < 1))
            throw new ArgumentOutOfRangeException(nameof(Coverage), Coverage, "Coverage is between 0 and 1, for example 0.9.");
        return this;
    }
}
