using System.Runtime.InteropServices;
using Geode.Backplane.Query.Execution;
using Geode.Backplane.Storage;
using Geode.Backplane.Storage.Indexes;
using Geode.Backplane.Storage.Items;

namespace Geode.Backplane.Scripts;

/// <summary>The items of one logical partition as a transaction sees them: with what it has changed itself.</summary>
internal sealed class TransactionDocuments : IDocumentSource
{
    private const int Chunk = 256;

    private readonly List<IDocument> _documents = [];

    /// <param name="key">The partition key.</param>
    /// <param name="now">Unix seconds: what has expired by then is not there.</param>
    public TransactionDocuments(Container container, KeyPlace key, IReadOnlyDictionary<ItemKey, Operation> changes, long now)
    {
        var partition = container.PartitionOf(key.Hash);
        var buffer = new IDocument[Chunk];
        ulong after = 0;
        int read;
        while ((read = partition.ReadByHash(key.Hash, after, buffer)) > 0)
        {
            after = buffer[read - 1].Rid;
            _documents.AddRange(buffer.Take(read).Cast<Document>()
                .Where(d => d.PartitionKey == key.Key && d.LiveAt(now) && !changes.ContainsKey(new ItemKey(d.PartitionKey, d.Id))));
        }

        _documents.AddRange(changes.Values.Where(c => c.Kind == OperationKind.PutDocument).Select(c => new Changed(c.Rid, c.Json)));
        _documents.Sort((a, b) => a.Rid.CompareTo(b.Rid));
    }

    public long Count => _documents.Count;

    public bool CountsExactly => true;

    public PathIndexes? Indexes => null;

    public IReadOnlyList<IDocument> All => _documents;

    public bool Contains(IDocument document) => true;

    public int ReadChunk(ulong afterRid, Span<IDocument> buffer)
    {
        var documents = CollectionsMarshal.AsSpan(_documents);
        var (low, high) = (0, documents.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = documents[middle].Rid > afterRid ? (low, middle) : (middle + 1, high);
        }

        var count = Math.Min(buffer.Length, documents.Length - low);
        documents.Slice(low, count).CopyTo(buffer);
        return count;
    }

    private sealed record Changed(ulong Rid, ReadOnlyMemory<byte> Json) : IDocument;
}
