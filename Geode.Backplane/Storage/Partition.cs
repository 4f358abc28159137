using System.Runtime.InteropServices;
using Geode.Backplane.Protocol.Codecs;

namespace Geode.Backplane.Storage;

/// <summary>One partition-key range of a container in one replica: its items by key, by document number and by change.
/// Mutated only by the replica's writer, under <see cref="Gate"/>; readers copy references in chunks under the same lock.</summary>
/// <param name="id">The range's id (<c>0</c>, <c>1</c>, …), the same in every region.</param>
/// <param name="range">The effective partition keys it holds.</param>
public sealed class Partition(string id, EpkRange range)
{
    private readonly Dictionary<ItemKey, Document> _items = [];
    private readonly SortedSet<(UInt128 Hash, ulong Rid, Document? Document)> _byKey = new(ByKeyOrder.Instance);
    private readonly SortedSet<(UInt128 Hash, ulong Rid, Document? Document)> _byRid = new(ByKeyOrder.Instance);
    private readonly List<Document> _feed = [];
    private int _staleInFeed;

    public string Id => id;

    public EpkRange Range => range;

    public Lock Gate { get; } = new();

    /// <summary>The number of the latest change; the first one is 1.</summary>
    public long Lsn { get; private set; }

    /// <summary>Live items, expired ones that have not been swept included.</summary>
    public int Count => _byRid.Count;

    /// <summary>The current version, which may be deleted or expired; null when the key was never written.</summary>
    public Document? Find(in ItemKey key)
    {
        lock (Gate)
            return _items.GetValueOrDefault(key);
    }

    /// <summary>Makes the document the current version of its item. Gives it the next LSN unless it only carries new knowledge
    /// about a conflict that it already won.</summary>
    public Document Put(Document document)
    {
        lock (Gate)
        {
            var key = new ItemKey(document.PartitionKey, document.Id);
            ref var slot = ref CollectionsMarshal.GetValueRefOrAddDefault(_items, key, out var existed);
            var changed = !existed || slot!.Commit.Dot != document.Commit.Dot || !ReferenceEquals(slot.Operation, document.Operation);
            var current = changed ? document.At(++Lsn) : document.At(slot!.Lsn);
            if (existed)
                Unlink(slot!);
            slot = current;
            if (!current.Deleted)
            {
                _byKey.Add((current.HashPrefix, current.Rid, current));
                _byRid.Add((default, current.Rid, current));
            }

            AppendToFeed(current, changed);
            return current;
        }
    }

    /// <summary>Forgets an item altogether: a tombstone that every region has, or everything on reset.</summary>
    public void Remove(Document document)
    {
        lock (Gate)
        {
            if (_items.Remove(new ItemKey(document.PartitionKey, document.Id)))
                Unlink(document);
        }
    }

    /// <summary>Live documents in ascending document number after that one, at most a buffer full; returns how many.</summary>
    public int ReadByRid(ulong afterRid, Span<Document> buffer) => Read(_byRid, default, afterRid, buffer);

    /// <summary>As <see cref="ReadByRid"/>, for one hash of the partition key (the caller filters by the key itself).</summary>
    public int ReadByHash(UInt128 hash, ulong afterRid, Span<Document> buffer) => Read(_byKey, hash, afterRid, buffer);

    /// <summary>Current versions changed after that LSN in LSN order, deleted ones included, at most a buffer full; returns how many.</summary>
    public int ReadFeed(long afterLsn, Span<Document> buffer)
    {
        lock (Gate)
        {
            var count = 0;
            for (var i = FirstAfter(afterLsn); i < _feed.Count && count < buffer.Length; i++)
            {
                if (!_feed[i].Superseded)
                    buffer[count++] = _feed[i];
            }

            return count;
        }
    }

    private int Read(SortedSet<(UInt128 Hash, ulong Rid, Document? Document)> index, UInt128 hash, ulong afterRid, Span<Document> buffer)
    {
        var count = 0;
        if (afterRid == ulong.MaxValue)
            return count;
        lock (Gate)
        {
            foreach (var (_, _, document) in index.GetViewBetween((hash, afterRid + 1, null), (hash, ulong.MaxValue, null)))
            {
                buffer[count++] = document!;
                if (count == buffer.Length)
                    break;
            }
        }

        return count;
    }

    private void Unlink(Document old)
    {
        old.Superseded = true;
        _staleInFeed++;
        if (old.Deleted)
            return;
        _byKey.Remove((old.HashPrefix, old.Rid, null));
        _byRid.Remove((default, old.Rid, null));
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

    private sealed class ByKeyOrder : IComparer<(UInt128 Hash, ulong Rid, Document? Document)>
    {
        public static ByKeyOrder Instance { get; } = new();

        public int Compare((UInt128 Hash, ulong Rid, Document? Document) a, (UInt128 Hash, ulong Rid, Document? Document) b)
        {
            var byHash = a.Hash.CompareTo(b.Hash);
            return byHash != 0 ? byHash : a.Rid.CompareTo(b.Rid);
        }
    }
}

/// <param name="PartitionKey">Canonical JSON.</param>
public readonly record struct ItemKey(string PartitionKey, string Id);
