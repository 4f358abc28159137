using System.Numerics;

namespace Geode.Router.Origins;

/// <summary>Counts of durations in buckets an eighth of a power of two wide: quantiles within 9 %, from 1 µs to over an hour.</summary>
internal sealed class LatencyHistogram
{
    private const int SubBits = 3;
    private const int Sub = 1 << SubBits;

    /// <summary>32 powers of two microseconds.</summary>
    public const int Buckets = 32 * Sub;

    private readonly double[] _counts = new double[Buckets];

    public double Total { get; private set; }

    /// <summary>The bucket of a duration.</summary>
    public static int BucketOf(double microseconds)
    {
        var value = (ulong)Math.Clamp(microseconds, 1, uint.MaxValue);
        var exponent = BitOperations.Log2(value);
        var mantissa = exponent >= SubBits ? (int)(value >> (exponent - SubBits)) & (Sub - 1) : (int)(value << (SubBits - exponent)) & (Sub - 1);
        return exponent * Sub + mantissa;
    }

    /// <summary>The upper edge of a bucket, in milliseconds.</summary>
    public static double UpperMs(int bucket) =>
        Math.ScaleB(1 + (bucket % Sub + 1) / (double)Sub, bucket / Sub) / 1000;

    /// <summary>Multiplies what is there by <paramref name="keep"/> and adds a slice of new counts.</summary>
    public void Fold(ReadOnlySpan<int> slice, double keep)
    {
        double total = 0;
        for (var i = 0; i < Buckets; i++)
            total += _counts[i] = _counts[i] * keep + slice[i];
        Total = total;
    }

    /// <summary>The duration that the given share of counts does not exceed, in milliseconds; 0 when there are none.</summary>
    public double QuantileMs(double share)
    {
        if (Total <= 0)
            return 0;
        var (rank, seen) = (share * Total, 0.0);
        for (var i = 0; i < Buckets; i++)
        {
            seen += _counts[i];
            if (seen >= rank && _counts[i] > 0)
                return UpperMs(i);
        }

        return UpperMs(Buckets - 1);
    }
}
