using System.Text;

namespace Geode.Backplane.Storage;

/// <summary>A region's number in logs, vectors and session tokens. It is a hash of the name (FNV-1a, 32 bits), so every replica
/// agrees on it without talking, and it survives reordering of the region list.</summary>
public readonly record struct RegionId(uint Value) : IComparable<RegionId>
{
    public static RegionId Of(string name)
    {
        var hash = 2166136261u;
        foreach (var b in Encoding.UTF8.GetBytes(name))
            hash = (hash ^ b) * 16777619u;
        return new RegionId(hash);
    }

    public int CompareTo(RegionId other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>The identity of one commit: the region that accepted it and that region's sequence number.</summary>
public readonly record struct Dot(RegionId Region, long Sequence)
{
    public override string ToString() => $"{Region}:{Sequence}";
}
