namespace Geode.Backplane.Storage;

/// <summary>A partition's latest changes with the versions they replaced, for readers of every version. What it holds of replaced
/// versions is bounded: older changes are forgotten, and a reader that still wants them is told so. Thread-safe.</summary>
/// <param name="capacity">Bytes of versions that are kept for nothing but this, and of bookkeeping.</param>
public sealed class ChangeHistory(int capacity)
{
    private const int BytesPerChange = 128;

    private readonly Lock _gate = new();
    private readonly List<Entry> _changes = [];
    private int _first;
    private GrowingVector _forgotten = new(VersionVector.Empty);
    private long _forgottenLsn;
    private long _bytes;

    /// <summary>Changes after that LSN, at most so many; null when some of them are forgotten.</summary>
    /// <param name="seen">What the reader knows of elsewhere: forgotten changes that it covers are no loss.</param>
    public IReadOnlyList<Change>? ReadAfter(long lsn, VersionVector seen, int most)
    {
        lock (_gate)
        {
            if (lsn < _forgottenLsn && !seen.Covers(_forgotten.Take()))
                return null;
            var from = FirstAfter(lsn);
            return [.. _changes.Skip(from).Take(most).Select(entry => entry.Change)];
        }
    }

    /// <summary>Starts after that change: what was before is in a snapshot, without its history.</summary>
    internal void Begin(long lsn, VersionVector applied)
    {
        lock (_gate)
        {
            _changes.Clear();
            (_first, _bytes, _forgottenLsn, _forgotten) = (0, 0, lsn, new(applied));
        }
    }

    /// <summary>The history of some of the items, as far back as this one's.</summary>
    internal ChangeHistory Part(Func<Document, bool> accepts)
    {
        var part = new ChangeHistory(capacity);
        lock (_gate)
        {
            (part._forgottenLsn, part._forgotten) = (_forgottenLsn, new(_forgotten.Take()));
            part._changes.AddRange(_changes.Skip(_first).Where(entry => accepts(entry.Change.Current)));
        }

        part._bytes = part._changes.Sum(entry => (long)entry.Size);
        return part;
    }

    internal void Add(Change change)
    {
        lock (_gate)
        {
            var size = BytesPerChange + (change.Previous?.Json.Length ?? 0);
            _changes.Add(new(change, change.Current.Lsn, size));
            _bytes += size;
            while (_bytes > capacity && _changes.Count - _first > 1)
                ForgetOldest();
            if (_first < 1024 || _first < _changes.Count / 2)
                return;
            _changes.RemoveRange(0, _first);
            _first = 0;
        }
    }

    private void ForgetOldest()
    {
        var oldest = _changes[_first];
        _changes[_first++] = default;
        _bytes -= oldest.Size;
        _forgottenLsn = oldest.Lsn;
        _forgotten.Add(oldest.Change.Cause);
    }

    private int FirstAfter(long lsn)
    {
        var (low, high) = (_first, _changes.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _changes[middle].Lsn > lsn ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    /// <summary>A change with what would otherwise have to be fetched from versions long gone cold.</summary>
    private readonly record struct Entry(Change Change, long Lsn, int Size);
}

/// <summary>One change of one item.</summary>
/// <param name="Current">The version that the change made, which may be a deletion or an expiry.</param>
/// <param name="Previous">The version it took the place of; null when there was none alive.</param>
/// <param name="Cause">The commit that brought the change about.</param>
public readonly record struct Change(Document Current, Document? Previous, Dot Cause);
