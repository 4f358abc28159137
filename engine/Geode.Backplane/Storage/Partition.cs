using System.Globalization;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Storage.Indexes;

namespace Geode.Backplane.Storage;

/// <summary>One partition-key range of a container in one replica: its items by key, by document number and by change.
/// Mutated only by the replica's writer, under the write lock; readers copy references in chunks under the read lock.</summary>
public sealed partial class Partition
{
    private readonly ReaderWriterLockSlim _gate = new();
    private readonly Dictionary<ItemKey, ItemSlot> _items = [];
    private readonly OrderedIndex<PlaceInPartition, ItemSlot> _byKey = new();
    private readonly OrderedIndex<ulong, ItemSlot> _byRid = new();
    private readonly List<Document> _feed = [];
    private readonly HashSet<ItemKey> _gone = [];
    private int _staleInFeed;
    private long _bytes;
    private TaskCompletionSource? _nextChange;

    public Partition(int number, HashSpan span, int historyBytes)
        : this(number, span, new ChangeHistory(historyBytes))
    {
    }

    private Partition(int number, HashSpan span, ChangeHistory history)
    {
        (Number, Span, Id, Range, History) = (number, span, number.ToString(CultureInfo.InvariantCulture), span.Keys, history);
        Indexes = new PathIndexes(_gate, () => _byRid.Count, CopyAfter);
    }

    /// <summary>See <see cref="Ranges.RangeLayout"/>.</summary>
    public int Number { get; }

    public HashSpan Span { get; }

    /// <summary><see cref="Number"/> as it is written.</summary>
    public string Id { get; }

    public EpkRange Range { get; }

    /// <summary>The live items' JSON.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Indexes over the live items, made as queries need them.</summary>
    public PathIndexes Indexes { get; }

    /// <summary>The latest changes, with what they replaced.</summary>
    public ChangeHistory History { get; }

    /// <summary>The number of the latest change; the first one is 1.</summary>
    public long Lsn { get; private set; }

    /// <summary>Completes at the next change. Take it before looking, then wait on it.</summary>
    public Task NextChange
    {
        get
        {
            if (Volatile.Read(ref _nextChange) is { } expected)
                return expected.Task;
            var next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return (Interlocked.CompareExchange(ref _nextChange, next, null) ?? next).Task;
        }
    }

    /// <summary>Live items, expired ones that have not been swept included.</summary>
    public int Count => Reading(() => _byRid.Count);

    /// <summary>Live items with that hash of their partition key.</summary>
    public int CountOf(UInt128 hash) => Reading(() => CountOfUnlocked(hash));

    /// <summary>The current version, which may be deleted or expired; null when the key was never written.</summary>
    public Document? Find(ItemKey key)
    {
        _gate.EnterReadLock();
        try
        {
            return _items.GetValueOrDefault(key)?.Current;
        }
        finally
        {
            _gate.ExitReadLock();
        }
    }

    /// <summary>The slot of an item for the replica's writer, which needs no lock to read what nobody else changes; null when the key
    /// was never written.</summary>
    internal ItemSlot? SlotOf(ItemKey key) => _items.GetValueOrDefault(key);

    /// <summary>Makes the document the current version of its item. Gives it the next LSN unless it only carries new knowledge
    /// about a conflict that it already won.</summary>
    public Document Put(Document document) => Put(document, SlotOf(new ItemKey(document.PartitionKey, document.Id)));

    /// <summary>As <see cref="Put(Document)"/>, when the item's slot is known.</summary>
    internal Document Put(Document document, ItemSlot? slot)
    {
        _gate.EnterWriteLock();
        try
        {
            var old = slot?.Current;
            var changed = old is null || old.Commit.Dot != document.Commit.Dot || !ReferenceEquals(old.Operation, document.Operation);
            var current = document.At(changed ? ++Lsn : old!.Lsn);
            var key = new ItemKey(current.PartitionKey, current.Id);
            var keepsPlace = old is { Gone: false } && !current.Gone && old.Rid == current.Rid;
            if (old is not null)
                Unlink(old, keepsPlace);
            if (slot is null)
                _items.Add(key, slot = new ItemSlot(current));
            else
                slot.Current = current;
            if (current.Gone)
                _gone.Add(key);
            else
                Link(slot, keepsPlace);
            if (old is { Gone: true } && !current.Gone)
                _gone.Remove(key);
            AppendToFeed(current, changed);
            if (_nextChange is not null)
                Interlocked.Exchange(ref _nextChange, null)?.SetResult();
            return current;
        }
        finally
        {
            _gate.ExitWriteLock();
        }
    }

    /// <summary>Deleted and expired items all of whose versions are among those commits.</summary>
    internal Document[] Tombstones(VersionVector stable) => Reading(() =>
        _gone.Select(key => _items[key].Current).Where(d => stable.Covers(d.Dot) && (d.Conflict is null || d.Conflict.Others.All(o => stable.Covers(o.Dot)))).ToArray());

    /// <summary>Forgets an item altogether: a tombstone that every region has.</summary>
    public void Remove(Document document)
    {
        _gate.EnterWriteLock();
        try
        {
            var key = new ItemKey(document.PartitionKey, document.Id);
            if (!_items.Remove(key))
                return;
            _gone.Remove(key);
            Unlink(document);
        }
        finally
        {
            _gate.ExitWriteLock();
        }
    }

    /// <summary>Live documents in ascending document number after that one, at most a buffer full; returns how many.</summary>
    public int ReadByRid(ulong afterRid, Span<IDocument> buffer)
    {
        _gate.EnterReadLock();
        try
        {
            return CopyAfter(afterRid, buffer);
        }
        finally
        {
            _gate.ExitReadLock();
        }
    }

    /// <summary>As <see cref="ReadByRid"/>, for one hash of the partition key (the caller filters by the key itself).</summary>
    public int ReadByHash(UInt128 hash, ulong afterRid, Span<IDocument> buffer)
    {
        _gate.EnterReadLock();
        try
        {
            var count = _byKey.CopyValuesAfter(new PlaceInPartition(hash, afterRid), buffer, static slot => (IDocument)slot.Current);
            while (count > 0 && ((Document)buffer[count - 1]).HashPrefix != hash)
                count--;
            return count;
        }
        finally
        {
            _gate.ExitReadLock();
        }
    }

    /// <summary>Current versions changed after that LSN in LSN order, deleted ones included, at most a buffer full; returns how many.</summary>
    public int ReadFeed(long afterLsn, Span<Document> buffer)
    {
        _gate.EnterReadLock();
        try
        {
            var count = 0;
            for (var i = FirstAfter(afterLsn); i < _feed.Count && count < buffer.Length; i++)
            {
                if (!_feed[i].Superseded)
                    buffer[count++] = _feed[i];
            }

            return count;
        }
        finally
        {
            _gate.ExitReadLock();
        }
    }

    private T Reading<T>(Func<T> read)
    {
        _gate.EnterReadLock();
        try
        {
            return read();
        }
        finally
        {
            _gate.ExitReadLock();
        }
    }

    private int CountOfUnlocked(UInt128 hash) =>
        _byKey.CountBelow(new PlaceInPartition(hash, ulong.MaxValue)) - _byKey.CountBelow(new PlaceInPartition(hash, 0));

    private int CopyAfter(ulong rid, Span<IDocument> buffer) => _byRid.CopyValuesAfter(rid, buffer, static slot => (IDocument)slot.Current);

    private void Link(ItemSlot slot, bool isInPlace = false)
    {
        var document = slot.Current;
        _bytes += document.Json.Length;
        if (!isInPlace)
        {
            _byKey.Set(new PlaceInPartition(document.HashPrefix, document.Rid), slot);
            _byRid.Set(document.Rid, slot);
        }

        Indexes.Add(document);
        Vectors?.Add(document);
        Texts?.Add(document);
    }

    // Its successor, which is linked next, may keep its slot in place.
    private void Unlink(Document old, bool keepsPlace = false)
    {
        old.Superseded = true;
        _staleInFeed++;
        if (old.Gone)
            return;
        _bytes -= old.Json.Length;
        Indexes.Remove(old);
        Vectors?.Remove(old);
        Texts?.Remove(old);
        if (keepsPlace)
            return;
        _byKey.Remove(new PlaceInPartition(old.HashPrefix, old.Rid));
        _byRid.Remove(old.Rid);
    }

    private void AppendToFeed(Document document, bool changed)
    {
        if (changed)
            _feed.Add(document);
        else
            _feed[FirstAfter(document.Lsn - 1)] = document;
        if (_staleInFeed > 1024 && _staleInFeed > _feed.Count / 2)
        {
            _feed.RemoveAll(d => d.Superseded);
            _staleInFeed = 0;
        }
    }

    private int FirstAfter(long lsn)
    {
        var (low, high) = (0, _feed.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _feed[middle].Lsn > lsn ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}

/// <param name="PartitionKey">Canonical JSON.</param>
public readonly record struct ItemKey(string PartitionKey, string Id);

/// <summary>Orders a partition's documents by the hash of their partition key, then by age.</summary>
public readonly record struct PlaceInPartition(UInt128 Hash, ulong Rid) : IComparable<PlaceInPartition>
{
    public int CompareTo(PlaceInPartition other)
    {
        var byHash = Hash.CompareTo(other.Hash);
        return byHash != 0 ? byHash : Rid.CompareTo(other.Rid);
    }
}
