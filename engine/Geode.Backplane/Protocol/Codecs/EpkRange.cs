namespace Geode.Backplane.Protocol.Codecs;

/// <summary>A half-open range <c>[Min, Max)</c> of effective partition keys.</summary>
public readonly record struct EpkRange(string Min, string Max)
{
    public static EpkRange Full { get; } = new(EffectivePartitionKey.Minimum, EffectivePartitionKey.Maximum);

    public bool IsEmpty => string.CompareOrdinal(Min, Max) >= 0;

    /// <summary>The range that holds <paramref name="epk"/> and no other key of the same number of levels.</summary>
    public static EpkRange Point(string epk) => new(epk, epk + "00");

    /// <summary>Cuts the key space into ranges of equal width, with the boundaries that Cosmos DB computes.</summary>
    /// <param name="count">How many, 1 or more.</param>
    public static EpkRange[] Split(int count, PartitionKeyScheme scheme) => Array.ConvertAll(HashSpan.Cut(count, scheme), span => span.Keys);

    public bool Contains(string epk) => string.CompareOrdinal(Min, epk) <= 0 && string.CompareOrdinal(epk, Max) < 0;

    public bool Contains(EpkRange other) =>
        string.CompareOrdinal(Min, other.Min) <= 0 && string.CompareOrdinal(other.Max, Max) <= 0;

    public bool Overlaps(EpkRange other) => !Intersect(other).IsEmpty;

    /// <summary>The common part; empty when there is none.</summary>
    public EpkRange Intersect(EpkRange other) => new(
        string.CompareOrdinal(Min, other.Min) >= 0 ? Min : other.Min,
        string.CompareOrdinal(Max, other.Max) <= 0 ? Max : other.Max);

    public override string ToString() => $"[{Min},{Max})";
}
