using Geode.Backplane.Storage.Indexes;

namespace Geode.Backplane.Storage.Vectors;

/// <summary>The vector indexes of a partition. Writers note what changes; one thread at a time takes it in afterwards.</summary>
public sealed class VectorIndexes
{
    private readonly VectorIndex[] _indexes;

    /// <param name="former">The indexes so far: those whose definition stays are kept as they are.</param>
    internal VectorIndexes(
        IReadOnlyList<VectorIndexDefinition> definitions, VectorIndexes? former, ReaderWriterLockSlim gate, DocumentsAfter copyAfter, Func<ulong, Document?> current) =>
        _indexes = [.. definitions.Select(definition => former?.Find(definition) ?? new VectorIndex(definition, gate, copyAfter, current))];

    /// <summary>How far each has come.</summary>
    public IEnumerable<VectorIndexProgress> Progress => _indexes.Select(index => index.Progress);

    /// <summary>The index of a path such as <c>/text/embedding</c>; null when there is none.</summary>
    internal VectorIndex? Find(string path) => Array.Find(_indexes, index => index.Definition.Path == path);

    /// <summary>Call with the write lock held, when an item has come in: new, or in the place of one removed.</summary>
    internal void Add(Document document)
    {
        foreach (var index in _indexes)
            index.Add(document);
    }

    /// <summary>Call with the write lock held, when an item is gone: deleted, or about to be replaced.</summary>
    internal void Remove(Document document)
    {
        foreach (var index in _indexes)
            index.Remove(document);
    }

    /// <summary>Begins to take in what is there.</summary>
    internal void Start()
    {
        foreach (var index in _indexes)
            index.Wake();
    }

    /// <summary>Ends the work on indexes that nobody will ask again: those that the others do not have.</summary>
    internal void StopBut(VectorIndexes? others)
    {
        foreach (var index in _indexes)
        {
            if (others?.Find(index.Definition) != index)
                index.Stop();
        }
    }

    private VectorIndex? Find(VectorIndexDefinition definition) => Array.Find(_indexes, index => index.Definition == definition);
}
