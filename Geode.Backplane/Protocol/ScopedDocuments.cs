using Geode.Backplane.Query.Execution;
using Geode.Backplane.Storage;
using Geode.Backplane.Storage.Indexes;

namespace Geode.Backplane.Protocol;

/// <summary>The documents of a request's scope, as the query executor reads them.</summary>
public sealed class ScopedDocuments(FeedScope scope, long now) : IDocumentSource
{
    public long Count => scope.Partition.Count;

    public PathIndexes? Indexes => null;

    public bool Contains(IDocument document) => IsVisible((Document)document);

    public int ReadChunk(ulong afterRid, Span<IDocument> buffer)
    {
        var found = 0;
        var chunk = new Document[buffer.Length];
        while (found < buffer.Length)
        {
            var wanted = chunk.AsSpan(0, buffer.Length - found);
            var count = scope.LogicalPartition is null
                ? scope.Partition.ReadByRid(afterRid, wanted)
                : scope.Partition.ReadByHash(scope.Container.HashOf(scope.Key!), afterRid, wanted);
            foreach (var document in wanted[..count])
            {
                afterRid = document.Rid;
                if (IsVisible(document))
                    buffer[found++] = document;
            }

            if (count < wanted.Length)
                break;
        }

        return found;
    }

    private bool IsVisible(Document document) => document.LiveAt(now) && scope.Contains(document);
}
