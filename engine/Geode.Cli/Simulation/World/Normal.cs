using Geode.Foresight.Scaling;

namespace Geode.Cli.Simulation.World;

/// <summary>The normal distribution, and what is drawn with it.</summary>
internal static class Normal
{
    /// <summary>By bisection of the distribution function: made for a few calls at start.</summary>
    public static double Quantile(double probability)
    {
        var (low, high) = (-8.0, 8.0);
        for (var halving = 0; halving < 60; halving++)
        {
            var middle = (low + high) / 2;
            (low, high) = NormalDistribution.Below(middle) < probability ? (middle, high) : (low, middle);
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
}
