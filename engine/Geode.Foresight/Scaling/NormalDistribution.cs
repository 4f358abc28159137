namespace Geode.Foresight.Scaling;

/// <summary>The standard normal distribution.</summary>
internal static class NormalDistribution
{
    /// <summary>φ.</summary>
    public static double Density(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);

    /// <summary>Φ, the share of values below one (Abramowitz and Stegun, 26.2.17).</summary>
    public static double Below(double x)
    {
        var t = 1 / (1 + 0.2316419 * Math.Abs(x));
        var tail = Density(x) * t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return x >= 0 ? 1 - tail : tail;
    }
}
