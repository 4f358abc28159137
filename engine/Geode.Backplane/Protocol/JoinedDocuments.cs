using Geode.Backplane.Query.Execution;
using Geode.Backplane.Storage.Indexes;
using Geode.Backplane.Storage.Ranges;

namespace Geode.Backplane.Protocol;

/// <summary>The documents of all partitions of a container as one source, in the order of their numbers. For a query that a client began
/// without a plan while there was one range, and goes on with after a split.</summary>
internal sealed class JoinedDocuments(Storage.Container container, RangeMap map, long now) : IDocumentSource
{
    private readonly ScopedDocuments[] _parts = [.. map.Partitions.Select(p => new ScopedDocuments(FeedScope.Whole(container, p), now))];

    public long Count => _parts.Sum(p => p.Count);

    public PathIndexes? Indexes => null;

    public bool Contains(IDocument document) => _parts[0].Contains(document);

    public int ReadChunk(ulong afterRid, Span<IDocument> buffer)
    {
        // Of each partition as many as fit: the first of them all are among these.
        var found = new List<IDocument>();
        var chunk = new IDocument[buffer.Length];
        foreach (var part in _parts)
            found.AddRange(chunk.AsSpan(0, part.ReadChunk(afterRid, chunk)));
        found.Sort(static (a, b) => a.Rid.CompareTo(b.Rid));
        var count = Math.Min(found.Count, buffer.Length);
        for (var i = 0; i < count; i++)
            buffer[i] = found[i];
        return count;
    }
}
