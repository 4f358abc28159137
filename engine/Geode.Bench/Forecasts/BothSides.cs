namespace Geode.Bench.Forecasts;

/// <summary>
/// No forecast: it knows the future. The mean of a window that ends the horizon before a step and one that begins as long after it, of the
/// length that is best in hindsight. Where a series moves smoothly and the rest is chance, no forecast comes below this by much.
/// </summary>
internal static class BothSides
{
    private static readonly int[] Windows = [5, 10, 20, 30, 60];

    /// <summary>Its mean absolute error over some steps.</summary>
    /// <param name="values">One a step.</param>
    /// <param name="horizon">In steps, at least 1.</param>
    /// <param name="steps">Which steps; each has a value the horizon before.</param>
    public static double MeanAbsoluteError(double[] values, int horizon, int[] steps)
    {
        var sums = new double[values.Length + 1];
        for (var step = 0; step < values.Length; step++)
            sums[step + 1] = sums[step] + values[step];
        return Windows.Min(window => steps.Average(step => Math.Abs(values[step] - Middle(step, window))));

        double Middle(int step, int window)
        {
            var before = Mean(Math.Max(0, step - horizon - window + 1), step - horizon + 1);
            return step + horizon < values.Length ? (before + Mean(step + horizon, Math.Min(values.Length, step + horizon + window))) / 2 : before;
        }

        double Mean(int from, int to) => (sums[to] - sums[from]) / (to - from);
    }
}
