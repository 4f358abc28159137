using Geode.Backplane.Protocol.Codecs;

namespace Geode.Backplane.Storage;

/// <content>All items at once, and how other partitions take this one's place.</content>
public sealed partial class Partition
{
    private volatile bool _isSplit;

    /// <summary>True once other partitions have taken its place: it no longer changes, and what was read from it may be out of date.
    /// Look after reading.</summary>
    public bool IsSplit => _isSplit;

    /// <summary>True when the items have more than one partition key between them, so that a split can part them.</summary>
    public bool CanPart => Span.CanHalve && Reading(HasSeveralKeys);

    /// <summary>Every item's current version, deleted ones included, in the order of their LSN.</summary>
    internal Document[] All() => Reading(() => _feed.Where(d => !d.Superseded).ToArray());

    /// <summary>Takes over what <see cref="All"/> gave: into an empty partition, with the LSNs it had.</summary>
    internal void Load(IEnumerable<Document> documents, long lsn)
    {
        _gate.EnterWriteLock();
        try
        {
            foreach (var document in documents)
            {
                var (key, slot) = (new ItemKey(document.PartitionKey, document.Id), new ItemSlot(document));
                _items[key] = slot;
                _feed.Add(document);
                if (document.Gone)
                    _gone.Add(key);
                else
                    Link(slot);
            }

            Lsn = lsn;
        }
        finally
        {
            _gate.ExitWriteLock();
        }
    }

    /// <summary>A new partition with the items of a part of this one, which stays as it is. Changes keep their LSNs, and the LSN goes on from
    /// there: change feed and session tokens of this partition are good for each of its parts.</summary>
    internal Partition Part(int number, HashSpan span)
    {
        var (low, high) = (HashPrefix.Of(span.Keys.Min), HashPrefix.Of(span.Keys.Max));
        var part = new Partition(number, span, History.Part(IsIn));
        part.Load(All().Where(IsIn), Lsn);
        return part;

        bool IsIn(Document document) => document.HashPrefix >= low && document.HashPrefix < high;
    }

    /// <summary>Tells who reads it, or waits for its next change, that others have taken its place.</summary>
    internal void EndBySplit()
    {
        _isSplit = true;
        Interlocked.Exchange(ref _nextChange, null)?.SetResult();
    }

    private bool HasSeveralKeys()
    {
        var first = new KeyValuePair<PlaceInPartition, ItemSlot>[1];
        return _byKey.CopyFrom(default, first) == 1 && CountOfUnlocked(first[0].Key.Hash) < _byKey.Count;
    }
}
