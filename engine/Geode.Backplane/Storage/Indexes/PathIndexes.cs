using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Geode.Backplane.Storage.Indexes;

/// <summary>
/// The path indexes of one part of a collection, kept up with every change. One is made when the queries that had use for it have
/// scanned as many documents as it takes to make it. That takes the write lock for a few hundred documents at a time, and each query
/// that wants the index does a share of the work and meanwhile scans.
/// </summary>
/// <param name="gate">
/// Guards the documents and the indexes. The storage holds its write lock while it changes either; queries take the lock here, for
/// as long as copying a chunk takes, and must not hold it when they come.
/// </param>
/// <param name="count">The number of documents.</param>
/// <param name="copyAfter">Copies documents in the order of their Rid; called with the write lock held.</param>
public sealed class PathIndexes(ReaderWriterLockSlim gate, Func<int> count, DocumentsAfter copyAfter)
{
    private const int MostIndexes = 32;
    private const int MostWanted = 256;
    private const int ChunkLength = 256;
    private const int DocumentsPerShare = 20_000;

    // Replaced, never changed, so that looking an index up takes no lock.
    private volatile ImmutableDictionary<string, PathIndex> _indexes = ImmutableDictionary<string, PathIndex>.Empty;
    private readonly ConcurrentDictionary<string, long> _wanted = new(StringComparer.Ordinal);
    private long _uses;

    /// <summary>The number of entries in all indexes, complete or not.</summary>
    public long Entries
    {
        get
        {
            gate.EnterReadLock();
            try
            {
                return _indexes.Values.Sum(index => (long)index.Count);
            }
            finally
            {
                gate.ExitReadLock();
            }
        }
    }

    /// <summary>Call with the write lock held, when a document has come in: new, or in the place of one removed.</summary>
    public void Add(IDocument document)
    {
        if (_indexes.IsEmpty)
        {
            return;
        }

        foreach (var (_, index) in _indexes)
        {
            index.Add(document);
        }
    }

    /// <summary>Call with the write lock held, when a document is gone: deleted, or about to be replaced.</summary>
    public void Remove(IDocument document)
    {
        if (_indexes.IsEmpty)
        {
            return;
        }

        foreach (var (_, index) in _indexes)
        {
            index.Remove(document);
        }
    }

    /// <summary>Forgets all indexes; call with the write lock held, when documents have changed without Add and Remove.</summary>
    public void Clear() => _indexes = _indexes.Clear();

    /// <summary>The index of a path, if it is complete; if not, does a share of the work of making it once it is worth it.</summary>
    /// <param name="scanned">How many documents the query looks at without the index.</param>
    internal bool TryUse(IReadOnlyList<string> path, long scanned, [NotNullWhen(true)] out PathIndex? index)
    {
        var key = string.Join('\0', path);
        if (!_indexes.TryGetValue(key, out index))
        {
            if (!IsWorthMaking(key, scanned))
            {
                return false;
            }

            index = Start(key, path);
        }

        index.LastUse = Interlocked.Increment(ref _uses);
        for (var done = 0; !index.IsComplete && done < DocumentsPerShare; done += ChunkLength)
        {
            TakeInChunk(index);
        }

        return index.IsComplete;
    }

    internal int CountOf(PathIndex index, PathRange range)
    {
        gate.EnterReadLock();
        try
        {
            return index.CountOf(range);
        }
        finally
        {
            gate.ExitReadLock();
        }
    }

    internal int ReadForward(PathIndex index, PathEntry from, Span<KeyValuePair<PathEntry, IDocument>> buffer)
    {
        gate.EnterReadLock();
        try
        {
            return index.ReadForward(from, buffer);
        }
        finally
        {
            gate.ExitReadLock();
        }
    }

    internal int ReadBackward(PathIndex index, PathEntry? before, Span<KeyValuePair<PathEntry, IDocument>> buffer)
    {
        gate.EnterReadLock();
        try
        {
            return index.ReadBackward(before, buffer);
        }
        finally
        {
            gate.ExitReadLock();
        }
    }

    private bool IsWorthMaking(string key, long scanned)
    {
        if (_wanted.Count >= MostWanted)
        {
            _wanted.Clear();
        }

        return _wanted.AddOrUpdate(key, scanned, (_, before) => before + scanned) >= count();
    }

    private PathIndex Start(string key, IReadOnlyList<string> path)
    {
        gate.EnterWriteLock();
        try
        {
            if (_indexes.TryGetValue(key, out var index))
            {
                return index;
            }

            if (_indexes.Count == MostIndexes)
            {
                _indexes = _indexes.Remove(_indexes.MinBy(pair => pair.Value.LastUse).Key);
            }

            index = new PathIndex(path);
            _indexes = _indexes.Add(key, index);
            _wanted.TryRemove(key, out _);
            return index;
        }
        finally
        {
            gate.ExitWriteLock();
        }
    }

    private void TakeInChunk(PathIndex index)
    {
        var chunk = new IDocument[ChunkLength];
        gate.EnterWriteLock();
        try
        {
            if (!index.IsComplete)
            {
                index.TakeIn(chunk.AsSpan(0, copyAfter(index.IndexedUpTo, chunk)));
            }
        }
        finally
        {
            gate.ExitWriteLock();
        }
    }
}

/// <summary>Copies the documents after a Rid, in its order, until the buffer is full or they end; returns how many.</summary>
public delegate int DocumentsAfter(ulong rid, Span<IDocument> buffer);
