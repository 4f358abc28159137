using Geode.Backplane.Query.Functions.FullText;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Storage.Indexes.FullText;

/// <summary>
/// The full-text indexes that a container declares, in one part of it. Each is made when a query first asks for it, a share of
/// the documents at a time, and kept up with every change from then on; until it is whole, queries read the texts themselves.
/// </summary>
/// <inheritdoc cref="PathIndexes"/>
public sealed class FullTextIndexes
{
    private const int ChunkLength = 64;
    private const int DocumentsPerShare = 10_000;

    private readonly ReaderWriterLockSlim _gate;
    private readonly DocumentsAfter _copyAfter;
    private readonly FullTextPolicy _policy;
    private readonly FullTextIndex?[] _indexes;

    public FullTextIndexes(ReaderWriterLockSlim gate, DocumentsAfter copyAfter, FullTextPolicy policy)
    {
        (_gate, _copyAfter, _policy) = (gate, copyAfter, policy);
        _indexes = new FullTextIndex?[policy.Indexed.Count];
    }

    /// <summary>Whether these are the indexes that a policy declares.</summary>
    internal bool Fit(FullTextPolicy policy) => _policy.Indexed.SequenceEqual(policy.Indexed);

    /// <summary>Call with the write lock held, when a document has come in: new, or in the place of one removed.</summary>
    public void Add(IDocument document)
    {
        foreach (var index in _indexes)
        {
            index?.Add(document);
        }
    }

    /// <summary>Call with the write lock held, when a document is gone: deleted, or about to be replaced.</summary>
    public void Remove(IDocument document)
    {
        foreach (var index in _indexes)
        {
            index?.Remove(document);
        }
    }

    /// <summary>The index of a path, if there is one and it is complete; if not complete, does a share of the work of making it.</summary>
    internal FullTextIndex? Use(string path, FullTextLanguage language)
    {
        for (var i = 0; i < _indexes.Length; i++)
        {
            if (_policy.Indexed[i] == (path, language))
            {
                return Use(i);
            }
        }

        return null;
    }

    internal IndexedText? Find(FullTextIndex index, in SqlValue document)
    {
        _gate.EnterReadLock();
        try
        {
            return index.Find(document);
        }
        finally
        {
            _gate.ExitReadLock();
        }
    }

    internal TermHits Search(FullTextIndex index, SearchTerm term)
    {
        _gate.EnterReadLock();
        try
        {
            return index.Search(term);
        }
        finally
        {
            _gate.ExitReadLock();
        }
    }

    /// <summary>How many words all texts have together, and how many documents there are.</summary>
    internal (long Words, long Documents) TotalsOf(FullTextIndex index)
    {
        _gate.EnterReadLock();
        try
        {
            return (index.Words, index.Documents);
        }
        finally
        {
            _gate.ExitReadLock();
        }
    }

    private FullTextIndex? Use(int number)
    {
        var index = Volatile.Read(ref _indexes[number]) ?? Start(number);
        for (var done = 0; !index.IsComplete && done < DocumentsPerShare; done += ChunkLength)
        {
            TakeInChunk(index);
        }

        return index.IsComplete ? index : null;
    }

    private FullTextIndex Start(int number)
    {
        _gate.EnterWriteLock();
        try
        {
            return _indexes[number] ??= new FullTextIndex(_policy.Indexed[number].Path, _policy.Indexed[number].Language);
        }
        finally
        {
            _gate.ExitWriteLock();
        }
    }

    private void TakeInChunk(FullTextIndex index)
    {
        var chunk = new IDocument[ChunkLength];
        _gate.EnterWriteLock();
        try
        {
            if (!index.IsComplete)
            {
                index.TakeIn(chunk.AsSpan(0, _copyAfter(index.IndexedUpTo, chunk)));
            }
        }
        finally
        {
            _gate.ExitWriteLock();
        }
    }
}
