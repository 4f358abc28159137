namespace Geode.Backplane.Storage.Ranges;

/// <summary>When ranges are split: for more throughput than they can serve, and for more bytes than one can hold. Which ones follows from
/// the layout alone, so regions with the same ranges choose the same. Runs on the replica's writer.</summary>
public static class RangeSplits
{
    /// <summary>Request units per second that one range serves.</summary>
    public const int ThroughputPerRange = 10_000;

    /// <summary>How many ranges serve that throughput: one per 10,000 RU/s begun.</summary>
    public static int RangesFor(int throughput) => Math.Max(1, (throughput + ThroughputPerRange - 1) / ThroughputPerRange);

    /// <summary>The layout split until it has so many ranges, the widest one first, of these the one with the lowest keys.</summary>
    public static RangeLayout Grown(RangeLayout layout, int ranges)
    {
        var leaves = new PriorityQueue<int, (int Depth, int Number)>();
        foreach (var (range, _) in layout.Ranges(Protocol.Codecs.PartitionKeyScheme.HashV2))
            leaves.Enqueue(range, (layout.ParentsOf(range).Count, range));
        while (leaves.Count < ranges && leaves.TryDequeue(out var widest, out var place) && layout.CanSplit(widest))
        {
            layout = layout.With([widest]);
            var (lower, upper) = layout.HalvesOf(widest);
            leaves.Enqueue(lower, (place.Depth + 1, lower));
            leaves.Enqueue(upper, (place.Depth + 1, upper));
        }

        return layout;
    }

    /// <summary>What makes a container's ranges those of a later layout.</summary>
    public static IReadOnlyList<Operation> Towards(Container container, RangeLayout layout) =>
        [.. layout.Splits.Except(container.Layout.Splits).Select(range => RangeCatalog.Split(container.Number, range))];

    /// <summary>Splits every range that holds too much; returns how many. A range of one partition key cannot be split.</summary>
    public static int BySize(ReplicaWriter writer, Container container)
    {
        if (!writer.State.Catalog.IsCurrent(container))
            return 0;
        var layout = container.Layout;
        var most = writer.Replica.Options.RangeBytes;
        Operation[] splits = [.. container.Partitions.Where(p => p.Bytes > most && layout.CanSplit(p.Number) && p.CanPart).Select(p => RangeCatalog.Split(container.Number, p.Number))];
        if (splits.Length > 0)
            writer.Commit(writer.NextStamp(), splits);
        return splits.Length;
    }

    /// <summary>Takes over splits that a client has met in another region, whose word has not arrived by itself yet.</summary>
    public static void Learn(ReplicaWriter writer, Container container, RangeLayout theirs)
    {
        if (!writer.State.Catalog.IsCurrent(container) || theirs.First != container.Layout.First)
            return;
        var splits = Towards(container, container.Layout.With(theirs.Splits));
        if (splits.Count > 0)
            writer.Commit(writer.NextStamp(), splits);
    }
}
