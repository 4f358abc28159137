namespace Geode.Backplane.Storage;

/// <summary>The losing versions of one container that the application has yet to deal with. A version is listed while it stands beside
/// the winner, and after that for as long as a later write has kept it for the record, until the application deletes it.
/// All of that follows from the commits received, so every region ends with the same list. Thread-safe.</summary>
public sealed class ConflictFeed
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ItemKey, Document> _contested = [];
    private readonly Dictionary<string, Conflict> _kept = [];
    private readonly Dictionary<string, Dot> _closed = [];

    /// <summary>True while an item stands with versions that nobody has superseded beside it.</summary>
    public bool IsContested
    {
        get
        {
            lock (_gate)
                return _contested.Count > 0;
        }
    }

    /// <summary>What is open, by id.</summary>
    public IReadOnlyList<Conflict> Open()
    {
        lock (_gate)
        {
            var standing = _contested.Values.SelectMany(LosersOf).ToDictionary(c => c.Id);
            foreach (var kept in _kept.Values)
                standing.TryAdd(kept.Id, kept);
            return [.. standing.Values.OrderBy(c => c.Id, StringComparer.Ordinal)];
        }
    }

    /// <summary>The open conflict of that id, or null.</summary>
    public Conflict? Find(string id) => Open().FirstOrDefault(c => c.Id == id);

    /// <summary>Losing versions of an item that a write to it would drop from sight.</summary>
    internal IReadOnlyList<Conflict> Standing(ItemKey key)
    {
        lock (_gate)
            return _contested.TryGetValue(key, out var current) ? [.. LosersOf(current)] : [];
    }

    /// <summary>Takes note of an item's current version.</summary>
    internal void Track(Document current)
    {
        lock (_gate)
        {
            var key = new ItemKey(current.PartitionKey, current.Id);
            if (current.Conflict is { Others.Count: > 0 })
                _contested[key] = current;
            else
                _contested.Remove(key);
        }
    }

    /// <summary>An item that has been forgotten.</summary>
    internal void Drop(Document document)
    {
        lock (_gate)
            _contested.Remove(new ItemKey(document.PartitionKey, document.Id));
    }

    internal void Keep(Conflict conflict)
    {
        lock (_gate)
        {
            if (!_closed.ContainsKey(conflict.Id))
                _kept.TryAdd(conflict.Id, conflict);
        }
    }

    internal void Close(string id, Dot by)
    {
        lock (_gate)
        {
            _closed[id] = by;
            _kept.Remove(id);
        }
    }

    /// <summary>Forgets closed conflicts that no commit to come can open again.</summary>
    /// <param name="stable">Everything that was written without knowing these commits has arrived.</param>
    internal void Forget(VersionVector stable)
    {
        lock (_gate)
        {
            var standing = _contested.Values.SelectMany(d => d.Conflict!.Others).Select(Conflict.IdOf).ToHashSet();
            foreach (var (id, by) in _closed)
            {
                if (stable.Covers(by) && !standing.Contains(id))
                    _closed.Remove(id);
            }
        }
    }

    /// <summary>The kept conflicts and the closed ids: what a snapshot needs beside the items.</summary>
    internal (IReadOnlyList<Conflict> Kept, IReadOnlyList<KeyValuePair<string, Dot>> Closed) Save()
    {
        lock (_gate)
            return ([.. _kept.Values], [.. _closed]);
    }

    // Of two deletions there is nothing to merge.
    private IEnumerable<Conflict> LosersOf(Document current) => current.Conflict!.Others
        .Where(o => !o.Deleted && !_closed.ContainsKey(Conflict.IdOf(o)))
        .Select(o => new Conflict(Conflict.IdOf(o), new ItemKey(o.PartitionKey, o.Id), o.Rid, o.Json));
}

/// <summary>A version that lost to one written at the same time elsewhere.</summary>
/// <param name="Id">Made of the version's etag and document number: the same in every region.</param>
/// <param name="Rid">The losing version's document number; the winner may have another.</param>
/// <param name="Json">The losing version, complete.</param>
public sealed record Conflict(string Id, ItemKey Key, ulong Rid, ReadOnlyMemory<byte> Json)
{
    internal static string IdOf(Document loser) => IdOf(loser.ETag, loser.Rid);

    // Etags tell an item's versions apart; of the items of one batch, only the document numbers do.
    internal static string IdOf(string etag, ulong rid) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{etag.AsSpan().Trim('"')}-{rid & 0xFF_FFFF:x6}");
}
