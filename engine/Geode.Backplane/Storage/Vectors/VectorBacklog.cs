using Geode.Backplane.Storage.Indexes;

namespace Geode.Backplane.Storage.Vectors;

/// <summary>
/// Items that an index has yet to take in: those that were there when it was declared, in the order of their numbers, and then
/// whatever changes. Writers only note the item. Guarded by the partition's lock: noting takes its write lock, looking its read lock.
/// </summary>
/// <param name="copyAfter">Copies items in the order of their Rid; called with the read lock held.</param>
internal sealed class VectorBacklog(ReaderWriterLockSlim gate, DocumentsAfter copyAfter)
{
    // More than so many are not looked at one by one with every search.
    private const int MostApart = 512;

    // The current version of each item that changed; null for one that is gone.
    private readonly Dictionary<ulong, Document?> _changed = [];

    // Taken in, but to be looked at one by one all the same.
    private readonly Dictionary<ulong, Document> _extreme = [];
    private ulong _takenUpTo;
    private volatile bool _hasAll;

    /// <summary>Every item that was there has been taken in.</summary>
    public bool HasAll => _hasAll;

    /// <summary>Changes that have not been taken in.</summary>
    public int Waiting => Reading(() => _changed.Count);

    /// <summary>Call with the write lock held, when an item has come in: new, or in the place of one removed.</summary>
    public void Add(Document document)
    {
        if (document.Rid <= _takenUpTo)
            _changed[document.Rid] = document;
    }

    /// <summary>Call with the write lock held, when an item is gone: deleted, or about to be replaced.</summary>
    public void Remove(Document document)
    {
        if (document.Rid <= _takenUpTo)
            _changed[document.Rid] = null;
    }

    /// <summary>The next of the items that were there, for the one thread that takes them in and settles them before it asks for more; none
    /// once it has all.</summary>
    public int TakeNext(Span<IDocument> buffer)
    {
        if (_takenUpTo == ulong.MaxValue)
            return 0;
        gate.EnterReadLock();
        try
        {
            // Whatever comes after these is still to be met, or changes later.
            var count = copyAfter(_takenUpTo, buffer);
            _takenUpTo = count < buffer.Length ? ulong.MaxValue : buffer[count - 1].Rid;
            return count;
        }
        finally
        {
            gate.ExitReadLock();
        }
    }

    /// <summary>Some of the changes.</summary>
    public KeyValuePair<ulong, Document?>[] Changes(int most) => Reading(() => _changed.Take(most).ToArray());

    /// <summary>These changes have been taken in, and the items that were taken last; what changed again meanwhile has not.</summary>
    /// <param name="extreme">Those among them that stay to be looked at one by one.</param>
    public void Settle(ReadOnlySpan<KeyValuePair<ulong, Document?>> changes, List<Document> extreme)
    {
        gate.EnterWriteLock();
        try
        {
            foreach (var (rid, document) in changes)
            {
                _extreme.Remove(rid);
                if (_changed.TryGetValue(rid, out var latest) && ReferenceEquals(latest, document))
                    _changed.Remove(rid);
            }

            foreach (var document in extreme)
                _extreme[document.Rid] = document;
            // Not before: the last items are missing from the index until then.
            _hasAll = _takenUpTo == ulong.MaxValue;
        }
        finally
        {
            gate.ExitWriteLock();
        }
    }

    /// <summary>What a search has to look at beside the index.</summary>
    /// <param name="step">Read under the lock: what the index left out by then had been taken in.</param>
    /// <returns>Null while that is too much: the index is of no use.</returns>
    public ItemsApart? Look(Func<long> step)
    {
        gate.EnterReadLock();
        try
        {
            if (!HasAll || _changed.Count + _extreme.Count > MostApart)
                return null;
            if (_changed.Count + _extreme.Count == 0)
                return new ItemsApart(step(), [], []);
            return new ItemsApart(
                step(),
                [.. _changed.Values.OfType<Document>(), .. _extreme.Values.Where(document => !_changed.ContainsKey(document.Rid))],
                [.. _changed.Keys, .. _extreme.Keys]);
        }
        finally
        {
            gate.ExitReadLock();
        }
    }

    private T Reading<T>(Func<T> read)
    {
        gate.EnterReadLock();
        try
        {
            return read();
        }
        finally
        {
            gate.ExitReadLock();
        }
    }
}

/// <summary>What a search looks at beside the index, as of one moment.</summary>
/// <param name="Step">The index's step by then: rows that have died since still count.</param>
/// <param name="Documents">Items to be looked at one by one.</param>
/// <param name="Rids">Items whose rows, if any, mean nothing.</param>
internal sealed record ItemsApart(long Step, Document[] Documents, HashSet<ulong> Rids);
