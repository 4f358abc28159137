namespace Geode.Foresight.Tests.Forecasting;

/// <summary>Series that tests make: the same for the same seed.</summary>
internal static class MadeSeries
{
    public const int Day = 240;

    /// <summary>Counts whose mean has a day's shape: low at night, high in the afternoon.</summary>
    /// <param name="days">How long.</param>
    /// <param name="mean">Over a day.</param>
    /// <param name="seed">Of chance.</param>
    public static double[] Daily(int days, double mean = 100, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, days * Day).Select(step => Count(random, mean * Shape(step)))];
    }

    /// <summary>As <see cref="Daily"/>, with a third as much on every sixth and seventh day.</summary>
    public static double[] Weekly(int days, double mean = 100, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, days * Day).Select(step => Count(random, mean * Shape(step) * (step / Day % 7 >= 5 ? 1 / 3d : 1)))];
    }

    /// <summary>Around 1 over a day.</summary>
    public static double Shape(double step) => 1 + (0.7 * Math.Sin(2 * Math.PI * step / Day)) + (0.2 * Math.Sin(4 * Math.PI * step / Day));

    /// <summary>A count of Poisson's law, by its normal approximation.</summary>
    public static double Count(Random random, double mean) => Math.Max(0, Math.Round(mean + (Math.Sqrt(mean) * Normal(random))));

    public static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
