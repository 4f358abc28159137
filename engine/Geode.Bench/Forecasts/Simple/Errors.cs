namespace Geode.Bench.Forecasts.Simple;

internal static class Errors
{
    /// <summary>Mean absolute error of the forecasts of all steps from <paramref name="from"/> on.</summary>
    /// <param name="values">One value a step.</param>
    /// <param name="forecasts">At <c>[at]</c> what was expected of <c>values[at + horizon]</c>.</param>
    /// <param name="horizon">In steps.</param>
    /// <param name="from">First step whose value counts.</param>
    public static double MeanAbsolute(ReadOnlySpan<double> values, ReadOnlySpan<double> forecasts, int horizon, int from)
    {
        var sum = 0d;
        var count = 0;
        for (var step = Math.Max(from, horizon); step < values.Length; step++, count++)
            sum += Math.Abs(values[step] - forecasts[step - horizon]);
        return count == 0 ? 0 : sum / count;
    }
}
