namespace Geode.Cli.Simulation.World;

/// <summary>The normal distribution, and what is drawn with it.</summary>
internal static class Normal
{
    /// <summary>By bisection of the distribution function (Abramowitz and Stegun, 26.2.17): made for a few calls at start.</summary>
    public static double Quantile(double probability)
    {
        var (low, high) = (-8.0, 8.0);
        for (var halving = 0; halving < 60; halving++)
        {
            var middle = (low + high) / 2;
            (low, high) = Below(middle) < probability ? (middle, high) : (low, middle);
        }

        return low;
    }

    /// <summary>A number of events: exact for few (Knuth), normal for many.</summary>
    public static double Poisson(Random random, double mean)
    {
        if (mean <= 0)
            return 0;
        if (mean > 30)
            return Math.Max(0, Math.Round(mean + Math.Sqrt(mean) * Draw(random)));
        var (limit, product, count) = (Math.Exp(-mean), random.NextDouble(), 0);
        for (; product > limit; count++)
            product *= random.NextDouble();
        return count;
    }

    private static double Draw(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static double Below(double x)
    {
        var t = 1 / (1 + 0.2316419 * Math.Abs(x));
        var tail = Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI)
            * t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return x >= 0 ? 1 - tail : tail;
    }
}
