using System.Collections.Immutable;

namespace Geode.Backplane.Storage;

/// <summary>What can be reached in one state of a catalog, for looking up at every request.</summary>
internal sealed class LiveResources
{
    private readonly Dictionary<string, CatalogEntry> _byPath = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Database, string Name), ulong> _containers = [];
    private readonly HashSet<ulong> _numbers = [];

    /// <param name="entries">By path, deleted ones included.</param>
    public LiveResources(ImmutableSortedDictionary<string, CatalogEntry> entries)
    {
        Entries = entries;
        foreach (var (path, entry) in entries)
        {
            var parts = path.Split('/');
            if (!IsLive(entry, parts))
                continue;
            _byPath.Add(path, entry);
            if (parts is not ["dbs", var database, "colls", var name])
                continue;
            _containers.Add((database, name), entry.Number);
            _numbers.Add(entry.Number);
        }
    }

    public ImmutableSortedDictionary<string, CatalogEntry> Entries { get; }

    public CatalogEntry? Find(string path) => _byPath.GetValueOrDefault(path);

    public ulong? NumberOf(string database, string container) =>
        _containers.TryGetValue((database, container), out var number) ? number : null;

    public bool HasContainer(ulong number) => _numbers.Contains(number);

    // A container whose database was deleted, or deleted and made again, is out of reach without a tombstone of its own.
    private bool IsLive(CatalogEntry entry, string[] parts)
    {
        if (entry.Deleted)
            return false;
        if (parts.Length <= 2)
            return true;
        // In the order of paths an owner comes first.
        return _byPath.TryGetValue(string.Join('/', parts[..^2]), out var owner)
            && parts.Length switch
            {
                4 => entry.Number >> 32 == owner.Number,
                6 => entry.Number == owner.Number,
                _ => true,
            };
    }
}
