using System.Numerics;
using System.Runtime.InteropServices;

namespace Geode.Backplane.Storage;

/// <summary>How much of each region's history is known: region → highest sequence number. Immutable, so that thousands of
/// documents can share one.</summary>
public sealed class VersionVector : IEquatable<VersionVector>
{
    private readonly RegionId[] _regions;
    private readonly long[] _sequences;

    private VersionVector(RegionId[] regions, long[] sequences) => (_regions, _sequences) = (regions, sequences);

    public static VersionVector Empty { get; } = new([], []);

    public static VersionVector Of(IEnumerable<Dot> dots)
    {
        Dot[] sorted = [.. dots];
        sorted.AsSpan().Sort((a, b) => a.Region.CompareTo(b.Region));
        var (regions, sequences) = (new RegionId[sorted.Length], new long[sorted.Length]);
        for (var i = 0; i < sorted.Length; i++)
            (regions[i], sequences[i]) = sorted[i];
        return new VersionVector(regions, sequences);
    }

    public int Count => _regions.Length;

    public IEnumerable<Dot> Dots => _regions.Select((r, i) => new Dot(r, _sequences[i]));

    /// <summary>The highest known sequence number of that region; 0 when none is.</summary>
    public long this[RegionId region]
    {
        get
        {
            var i = IndexOf(region);
            return i < 0 ? 0 : _sequences[i];
        }
    }

    public bool Covers(Dot dot) => this[dot.Region] >= dot.Sequence;

    public bool Covers(VersionVector other) => Covers(other, default);

    /// <summary>Whether this vector with that dot covers the other.</summary>
    internal bool Covers(VersionVector other, Dot and)
    {
        // Nearly always: the same regions, everything known.
        if (HasRegionsOf(other) && !IsBelow(_sequences, other._sequences))
            return true;
        var mine = 0;
        for (var i = 0; i < other._regions.Length; i++)
        {
            var (region, wanted) = (other._regions[i], other._sequences[i]);
            while (mine < _regions.Length && _regions[mine].Value < region.Value)
                mine++;
            var known = mine < _regions.Length && _regions[mine] == region ? _sequences[mine] : 0;
            if (known < wanted && (and.Region != region || and.Sequence < wanted))
                return false;
        }

        return true;
    }

    /// <summary>The greatest vector that both cover.</summary>
    public VersionVector Meet(VersionVector other)
    {
        if (!HasRegionsOf(other))
            return Of(Dots.Select(d => d with { Sequence = Math.Min(d.Sequence, other[d.Region]) }));
        if (!IsBelow(other._sequences, _sequences))
            return this;
        var least = (long[])_sequences.Clone();
        for (var i = 0; i < least.Length; i++)
            least[i] = Math.Min(least[i], other._sequences[i]);
        return new VersionVector(_regions, least);
    }

    /// <summary>This vector with that region at least at the dot's sequence number.</summary>
    public VersionVector With(Dot dot)
    {
        var i = IndexOf(dot.Region);
        if (i >= 0)
        {
            if (_sequences[i] >= dot.Sequence)
                return this;
            var raised = (long[])_sequences.Clone();
            raised[i] = dot.Sequence;
            return new VersionVector(_regions, raised);
        }

        return new VersionVector(
            [.. _regions[..~i], dot.Region, .. _regions[~i..]],
            [.. _sequences[..~i], dot.Sequence, .. _sequences[~i..]]);
    }

    /// <summary>As <see cref="With"/>, in place: for a vector that nobody else has seen.</summary>
    /// <param name="place">Where the region may be; afterwards where it is.</param>
    /// <returns>False when it does not know the region, and is as it was.</returns>
    internal bool Raise(Dot dot, ref int place)
    {
        place = IndexOf(dot.Region, place);
        if (place < 0)
            return false;
        _sequences[place] = Math.Max(_sequences[place], dot.Sequence);
        return true;
    }

    /// <summary>As the indexer.</summary>
    /// <param name="place">Where the region may be; afterwards where it is.</param>
    internal long SequenceOf(RegionId region, ref int place)
    {
        place = IndexOf(region, place);
        return place < 0 ? 0 : _sequences[place];
    }

    private int IndexOf(RegionId region, int place) =>
        (uint)place < (uint)_regions.Length && _regions[place] == region ? place : IndexOf(region);

    /// <summary>Whether both know of the same regions, however much.</summary>
    internal bool HasRegionsOf(VersionVector other) => ReferenceEquals(_regions, other._regions)
        || MemoryMarshal.Cast<RegionId, uint>(_regions).SequenceEqual(MemoryMarshal.Cast<RegionId, uint>(other._regions));

    /// <summary>Whether any number of the first is less than its counterpart. Many at a time: a planet's vectors have as many numbers as
    /// it has regions, and every write is compared with what it replaces in every region.</summary>
    private static bool IsBelow(long[] first, long[] second)
    {
        var i = 0;
        for (; i <= first.Length - Vector<long>.Count; i += Vector<long>.Count)
        {
            if (Vector.LessThanAny(new Vector<long>(first, i), new Vector<long>(second, i)))
                return true;
        }

        for (; i < first.Length; i++)
        {
            if (first[i] < second[i])
                return true;
        }

        return false;
    }

    // As Array.BinarySearch, which would compare through an interface: this is asked several times for every commit of every region.
    private int IndexOf(RegionId region)
    {
        var (low, high) = (0, _regions.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_regions[middle].Value < region.Value)
                low = middle + 1;
            else
                high = middle;
        }

        return low < _regions.Length && _regions[low] == region ? low : ~low;
    }

    /// <summary>The least vector that covers both; one of the two itself when it covers the other.</summary>
    public VersionVector Join(VersionVector other)
    {
        if (Covers(other))
            return this;
        if (other.Covers(this))
            return other;
        var joined = this;
        for (var i = 0; i < other._regions.Length; i++)
            joined = joined.With(new Dot(other._regions[i], other._sequences[i]));
        return joined;
    }

    /// <summary>This vector without that region.</summary>
    public VersionVector Without(RegionId region) => Of(Dots.Where(d => d.Region != region));

    public bool Equals(VersionVector? other) => other is not null && Covers(other) && other.Covers(this);

    public override bool Equals(object? obj) => Equals(obj as VersionVector);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var dot in Dots)
            hash.Add(dot);
        return hash.ToHashCode();
    }

    public override string ToString() => string.Join(",", Dots);
}
