using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Query.Execution;
using Geode.Backplane.Storage;
using Geode.Backplane.Storage.Indexes;
using Geode.Backplane.Storage.Indexes.FullText;
using Geode.Backplane.Storage.Vectors;

namespace Geode.Backplane.Protocol;

/// <summary>The documents of a request's scope, as the query executor reads them.</summary>
public sealed class ScopedDocuments(FeedScope scope, long now) : IDocumentSource
{
    public long Count => scope.LogicalPartition is null ? scope.Partition.Count : scope.Partition.CountOf(scope.Container.HashOf(scope.Key!));

    /// <summary>Expired items stay in the count until they are swept, and but for whole partitions it goes by the hash of the key.</summary>
    public bool CountsExactly => scope.Container.Settings.DefaultTtl is null
        && (scope.IsWholePartition || (scope.LogicalPartition is not null && !scope.IsNarrowed && scope.Container.Settings.Scheme == PartitionKeyScheme.HashV2));

    public PathIndexes? Indexes => scope.Partition.Indexes;

    public VectorIndexes? Vectors => scope.Partition.Vectors;

    public FullTextIndexes? Texts => scope.Partition.Texts;

    public bool Contains(IDocument document) => IsVisible((Document)document);

    public int ReadChunk(ulong afterRid, Span<IDocument> buffer)
    {
        while (true)
        {
            var read = scope.LogicalPartition is null
                ? scope.Partition.ReadByRid(afterRid, buffer)
                : scope.Partition.ReadByHash(scope.Container.HashOf(scope.Key!), afterRid, buffer);
            if (read == 0)
                return 0;
            afterRid = buffer[read - 1].Rid;
            var kept = 0;
            foreach (var document in buffer[..read])
            {
                if (IsVisible((Document)document))
                    buffer[kept++] = document;
            }

            // A short chunk means the end to the executor: only the last one may be.
            if (kept == read || read < buffer.Length)
                return kept;
            if (kept > 0)
                return kept + Math.Max(0, ReadChunk(afterRid, buffer[kept..]));
        }
    }

    private bool IsVisible(Document document) => document.LiveAt(now) && scope.Contains(document);
}
