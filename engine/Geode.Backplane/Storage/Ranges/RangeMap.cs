namespace Geode.Backplane.Storage.Ranges;

/// <summary>A container's partitions at one time, by hash and by id. Never changes: a split makes another.</summary>
public sealed class RangeMap
{
    private readonly Partition[] _partitions;
    private readonly UInt128[] _ends;

    /// <param name="partitions">In the order of their keys.</param>
    public RangeMap(RangeLayout layout, Partition[] partitions)
    {
        (Layout, _partitions) = (layout, partitions);
        _ends = Array.ConvertAll(partitions[..^1], p => HashPrefix.Of(p.Range.Max));
    }

    public RangeLayout Layout { get; }

    public IReadOnlyList<Partition> Partitions => _partitions;

    /// <param name="hash">See <see cref="HashPrefix"/>.</param>
    public Partition Of(UInt128 hash)
    {
        if (_ends.Length == 0)
            return _partitions[0];
        var at = Array.BinarySearch(_ends, hash);
        return _partitions[at < 0 ? ~at : at + 1];
    }

    public Partition? Find(string id) => Array.Find(_partitions, p => p.Id == id);

    /// <summary>The map after the splits of a layout. Their partitions are filled, and those they take the place of are as they were.</summary>
    public RangeMap After(RangeLayout layout)
    {
        var partitions = new List<Partition>();
        foreach (var partition in _partitions)
            Add(partition);
        return new RangeMap(layout, [.. partitions]);

        void Add(Partition partition)
        {
            if (!layout.Splits.Contains(partition.Number))
            {
                partitions.Add(partition);
                return;
            }

            var (lower, upper) = layout.HalvesOf(partition.Number);
            var (below, above) = partition.Span.Halve();
            Add(partition.Part(lower, below));
            Add(partition.Part(upper, above));
        }
    }
}
