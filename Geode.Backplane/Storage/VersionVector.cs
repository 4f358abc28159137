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
        var sorted = dots.OrderBy(d => d.Region).ToArray();
        return new VersionVector([.. sorted.Select(d => d.Region)], [.. sorted.Select(d => d.Sequence)]);
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
    /// <returns>False when it does not know the region, and is as it was.</returns>
    internal bool Raise(Dot dot)
    {
        var i = IndexOf(dot.Region);
        if (i < 0)
            return false;
        _sequences[i] = Math.Max(_sequences[i], dot.Sequence);
        return true;
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
