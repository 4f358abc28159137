using Geode.Foresight.Forecasting;

namespace Geode.Foresight.Tests.Forecasting;

/// <summary>A series forecast step by step, and what came of each forecast.</summary>
/// <param name="Errors">Absolute, of the steps judged.</param>
/// <param name="Inside">Whether the truth was in the interval.</param>
/// <param name="Widths">Of the intervals.</param>
internal sealed record Replay(double[] Errors, bool[] Inside, double[] Widths)
{
    public double MeanError => Errors.Average();

    public double Coverage => Inside.Average(inside => inside ? 1 : 0);

    public double MeanWidth => Widths.Average();

    /// <param name="values">One a step; not a number where there is none.</param>
    /// <param name="horizon">Of the forecasts judged.</param>
    /// <param name="from">First step judged.</param>
    /// <param name="to">First that is not; 0: all.</param>
    public static Replay Of(double[] values, int horizon, int from, int to = 0)
    {
        var forecaster = new SeriesForecaster(new ForecastSettings(MadeSeries.Day, 60));
        var forecasts = new Dictionary<int, Forecast>();
        var (errors, inside, widths) = (new List<double>(), new List<bool>(), new List<double>());
        for (var step = 0; step < (to > 0 ? to : values.Length); step++)
        {
            if (double.IsNaN(values[step])) continue;
            if (step >= from && forecasts.TryGetValue(step, out var forecast))
            {
                errors.Add(Math.Abs(forecast.Value - values[step]));
                inside.Add(forecast.Lower <= values[step] && values[step] <= forecast.Upper);
                widths.Add(forecast.Upper - forecast.Lower);
            }

            forecaster.Observe(step, values[step]);
            forecasts[step + horizon] = forecaster.At(horizon);
        }

        return new Replay([.. errors], [.. inside], [.. widths]);
    }

    /// <summary>Mean absolute error over the same steps of a forecast that anybody can make.</summary>
    /// <param name="values">One a step.</param>
    /// <param name="horizon">Of the forecasts.</param>
    /// <param name="from">First step judged.</param>
    /// <param name="forecast">From the step that the forecast is made at.</param>
    public static double MeanErrorOf(double[] values, int horizon, int from, Func<int, double> forecast) =>
        Enumerable.Range(from, values.Length - from).Average(step => Math.Abs(values[step] - forecast(step - horizon)));
}
