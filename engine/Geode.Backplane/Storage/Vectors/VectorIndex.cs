using Geode.Backplane.Query.Functions.Vectors;
using Geode.Backplane.Storage.Indexes;
using Geode.Backplane.Storage.Vectors.Search;

namespace Geode.Backplane.Storage.Vectors;

/// <summary>
/// One vector index of one partition. It is never asked for an answer, only for candidates: whoever searches looks at the items
/// themselves, and, beside what the index finds, at those it has not taken in.
/// </summary>
internal sealed class VectorIndex
{
    private readonly VectorBacklog _backlog;
    private readonly VectorIndexer _indexer;
    private readonly Func<ulong, Document?> _current;

    /// <param name="gate">Guards the items: the storage holds its write lock while it changes them.</param>
    /// <param name="copyAfter">Copies items in the order of their Rid; called with the lock held.</param>
    /// <param name="current">Finds an item that is not gone; takes the read lock.</param>
    public VectorIndex(VectorIndexDefinition definition, ReaderWriterLockSlim gate, DocumentsAfter copyAfter, Func<ulong, Document?> current)
    {
        (Definition, _current) = (definition, current);
        _backlog = new VectorBacklog(gate, copyAfter);
        _indexer = new VectorIndexer(definition, _backlog);
    }

    public VectorIndexDefinition Definition { get; }

    /// <summary>Items that are found through it, about.</summary>
    public int Count => _indexer.Table.Rows.Live;

    public VectorIndexProgress Progress => new(Definition.Path, _backlog.HasAll, Count, _backlog.Waiting, _indexer.Unlinked, _indexer.IsIdle);

    internal VectorIndexer Indexer => _indexer;

    public void Add(Document document)
    {
        _backlog.Add(document);
        _indexer.Wake();
    }

    public void Remove(Document document)
    {
        _backlog.Remove(document);
        _indexer.Wake();
    }

    public void Wake() => _indexer.Wake();

    public void Stop() => _indexer.Stop();

    /// <summary>A search among all items.</summary>
    /// <returns>Null while too much is not taken in.</returns>
    public NeighborSearch? Search(VectorTarget target, VectorSearchOptions options)
    {
        if (_backlog.Look(() => _indexer.Step) is not { } apart)
            return null;
        // What was taken in by that moment is in the table that is there now.
        var view = new VectorView(_indexer.Table, apart, _current);
        var isExact = options.Exact || target.Function != Definition.Function || Definition.Type == VectorIndexType.Flat || Count < VectorIndexer.LeastVectors;
        if (isExact || view.Table.Codes is not { } codes)
            return new ScanSearch(view, target);
        if (Definition.Type == VectorIndexType.DiskAnn && view.Table.SearchListSize > 0)
            return new GraphSearch(view, target, codes, options);
        return new QuantizedSearch(view, target, codes, options);
    }

    /// <summary>A search among some items, those that the reader gives.</summary>
    public NeighborSearch SearchAmong(VectorTarget target, Func<ulong, Span<IDocument>, int> read) => new SubsetSearch(_indexer.Table, target, read);
}
