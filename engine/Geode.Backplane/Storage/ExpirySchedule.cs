using Geode.Backplane.Storage.Indexes;

namespace Geode.Backplane.Storage;

/// <summary>Which items of a container expire next. Belongs to the replica's writer; made when it is first asked.</summary>
public sealed class ExpirySchedule(Container container)
{
    // Other regions' items are left to them for so long: they hide themselves meanwhile, and one region's word suffices for all.
    private const int GraceSeconds = 5;
    private const int Chunk = 256;
    private PriorityQueue<(UInt128 Hash, ItemKey Key), long>? _due;

    /// <summary>Takes note of a new version.</summary>
    internal void Track(Document document)
    {
        if (_due is not null && document is { Gone: false, ExpiresAt: not long.MaxValue })
            _due.Enqueue((document.HashPrefix, new ItemKey(document.PartitionKey, document.Id)), document.ExpiresAt);
    }

    /// <summary>Forgets everything: the container's default has changed.</summary>
    internal void Reset() => _due = null;

    /// <summary>Items that have expired, at most so many.</summary>
    internal List<Document> TakeDue(long unixSeconds, RegionId here, int most)
    {
        _due ??= Build();
        var found = new List<Document>();
        while (found.Count < most && _due.TryPeek(out var next, out var at) && at <= unixSeconds)
        {
            _due.Dequeue();
            // A version that took this one's place has an entry of its own.
            if (container.PartitionOf(next.Hash).Find(next.Key) is not { Gone: false } current || current.ExpiresAt > unixSeconds)
                continue;
            if (current.Dot.Region != here && current.ExpiresAt + GraceSeconds > unixSeconds)
                _due.Enqueue(next, current.ExpiresAt + GraceSeconds);
            else
                found.Add(current);
        }

        return found;
    }

    private PriorityQueue<(UInt128 Hash, ItemKey Key), long> Build()
    {
        _due = new();
        var buffer = new IDocument[Chunk];
        foreach (var partition in container.Partitions)
        {
            ulong last = 0;
            for (int count; (count = partition.ReadByRid(last, buffer)) > 0;)
            {
                foreach (var document in buffer.AsSpan(0, count))
                    Track((Document)document);
                last = buffer[count - 1].Rid;
            }
        }

        return _due;
    }
}
