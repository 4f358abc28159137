namespace Geode.Backplane.Protocol.Codecs;

/// <summary>A half-open interval <c>[Low, High)</c> of the hashes of partition keys, by which a container's key space is cut into ranges.
/// What remains at the top belongs to the last one.</summary>
/// <param name="Low">126 bits in schemes of version 2, 32 in version 1.</param>
public readonly record struct HashSpan(UInt128 Low, UInt128 High, PartitionKeyScheme Scheme)
{
    // 126 bits: the two upper bits of a hash are clear.
    private static readonly UInt128 TopOfV2 = (UInt128.One << 126) - 1;

    /// <summary>False for a span that is too narrow to be cut.</summary>
    public bool CanHalve => High - Low > 1;

    /// <summary>The same interval as effective partition keys.</summary>
    public EpkRange Keys => new(
        Low == 0 ? EffectivePartitionKey.Minimum : KeyOf(Low),
        High == Top(Scheme) ? EffectivePartitionKey.Maximum : KeyOf(High));

    /// <summary>Cuts the key space into spans of equal width, with the boundaries that Cosmos DB computes.</summary>
    /// <param name="count">How many, 1 or more.</param>
    public static HashSpan[] Cut(int count, PartitionKeyScheme scheme)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var (top, width) = (Top(scheme), Top(scheme) / (UInt128)count);
        var spans = new HashSpan[count];
        for (var i = 0; i < count; i++)
            spans[i] = new HashSpan(width * (UInt128)i, i == count - 1 ? top : width * (UInt128)(i + 1), scheme);
        return spans;
    }

    public (HashSpan Lower, HashSpan Upper) Halve()
    {
        var middle = Low + (High - Low) / 2;
        return (this with { High = middle }, this with { Low = middle });
    }

    private static UInt128 Top(PartitionKeyScheme scheme) => scheme == PartitionKeyScheme.HashV1 ? uint.MaxValue : TopOfV2;

    private string KeyOf(UInt128 hash) => Scheme == PartitionKeyScheme.HashV1 ? EffectivePartitionKeyV1.OfHash((uint)hash) : hash.ToString("X32");
}
