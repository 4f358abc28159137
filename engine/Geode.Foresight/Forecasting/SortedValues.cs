namespace Geode.Foresight.Forecasting;

/// <summary>The first values of an array, kept in order: for a few of them, without a list of its own.</summary>
internal static class SortedValues
{
    /// <param name="sorted">Has room for one more.</param>
    /// <param name="count">How many values it holds.</param>
    /// <param name="value">What is put among them.</param>
    public static void Insert(double[] sorted, int count, double value)
    {
        var at = count;
        for (; at > 0 && sorted[at - 1] > value; at--)
            sorted[at] = sorted[at - 1];
        sorted[at] = value;
    }

    /// <summary>The middle one, or the mean of the two in the middle.</summary>
    public static double Median(double[] sorted, int count) => (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
}
