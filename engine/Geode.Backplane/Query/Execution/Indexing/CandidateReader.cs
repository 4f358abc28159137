using Geode.Backplane.Storage.Indexes;

namespace Geode.Backplane.Query.Execution.Indexing;

/// <summary>
/// The documents of some index ranges in order of Rid. Within one value the index has them in this order and is read as it is asked;
/// other ranges are gathered and sorted when first asked.
/// </summary>
internal sealed class CandidateReader(AccessPath path, IDocumentSource source)
{
    private const int ChunkLength = 128;

    private KeyValuePair<PathEntry, IDocument>[] _chunk = [];
    private List<IDocument>? _gathered;

    /// <summary>See <see cref="IDocumentSource.ReadChunk"/>.</summary>
    public int Read(ulong afterRid, Span<IDocument> buffer) => path.Ranges switch
    {
        [] => 0,
        [var only] when IsOneValue(only) => ReadValue(only, afterRid, buffer),
        _ => ReadGathered(afterRid, buffer),
    };

    private static bool IsOneValue(PathRange range) =>
        range.Start.Rid == 0 && range.End is { Rid: ulong.MaxValue } end && range.Start.Key.Equals(end.Key);

    private int ReadValue(PathRange range, ulong afterRid, Span<IDocument> buffer)
    {
        var from = new PathEntry(range.Start.Key, afterRid + 1);
        var filled = 0;
        while (filled < buffer.Length)
        {
            var wanted = Math.Min(buffer.Length - filled, ChunkLength);
            if (_chunk.Length < wanted)
            {
                _chunk = new KeyValuePair<PathEntry, IDocument>[wanted];
            }

            var count = path.Indexes.ReadForward(path.Index, from, _chunk.AsSpan(0, wanted));
            foreach (var (entry, document) in _chunk.AsSpan(0, count))
            {
                if (entry.CompareTo(range.End!.Value) >= 0)
                {
                    return filled;
                }

                if (source.Contains(document))
                {
                    buffer[filled++] = document;
                }

                from = entry with { Rid = entry.Rid + 1 };
            }

            if (count < wanted)
            {
                return filled;
            }
        }

        return filled;
    }

    private int ReadGathered(ulong afterRid, Span<IDocument> buffer)
    {
        _gathered ??= Gather(afterRid);
        var at = _gathered.BinarySearch(new Marker(afterRid), ByRid.Instance);
        at = at < 0 ? ~at : at + 1;
        var count = Math.Min(buffer.Length, _gathered.Count - at);
        for (var i = 0; i < count; i++)
        {
            buffer[i] = _gathered[at + i];
        }

        return count;
    }

    private List<IDocument> Gather(ulong afterRid)
    {
        var gathered = new List<IDocument>();
        foreach (var range in path.Ranges)
        {
            var reader = new RangeReader(path, range, backward: false);
            while (reader.TryRead(out var entry))
            {
                if (entry.Value.Rid > afterRid && source.Contains(entry.Value))
                {
                    gathered.Add(entry.Value);
                }
            }
        }

        gathered.Sort(ByRid.Instance);

        // A document that moved from one range to another while they were read was met twice.
        return gathered.DistinctBy(document => document.Rid).ToList();
    }

    private sealed class ByRid : IComparer<IDocument>
    {
        public static ByRid Instance { get; } = new();

        public int Compare(IDocument? x, IDocument? y) => x!.Rid.CompareTo(y!.Rid);
    }

    private sealed record Marker(ulong Rid) : IDocument
    {
        public ReadOnlyMemory<byte> Json => default;
    }
}
