using System.Collections.Concurrent;
using System.Collections.Immutable;
using Geode.Backplane.Storage.Ranges;

namespace Geode.Backplane.Storage;

/// <summary>A replica's databases, containers and other named resources. Written by the replica's writer only; readers take an
/// immutable picture.</summary>
public sealed class Catalog(ReplicaOptions options)
{
    private readonly ConcurrentDictionary<ulong, Container> _containers = [];
    private volatile ImmutableSortedDictionary<string, CatalogEntry> _entries =
        ImmutableSortedDictionary.Create<string, CatalogEntry>(StringComparer.Ordinal);

    private volatile LiveResources? _live;

    /// <summary>The live resource at a path such as <c>dbs/qna/colls/votes</c>, or null.</summary>
    public CatalogEntry? Find(string path) => Live.Find(path);

    /// <summary>The entry at a path even when it is deleted: what a new one of that name must be newer than.</summary>
    public CatalogEntry? FindAny(string path) => _entries.GetValueOrDefault(path);

    /// <summary>Live resources directly below a path prefix that ends in a slash (<c>dbs/</c>, <c>dbs/qna/colls/</c>), by name.</summary>
    public IEnumerable<CatalogEntry> Below(string prefix) =>
        _entries.Values.Where(e => e.Path.StartsWith(prefix, StringComparison.Ordinal) && !e.Path.AsSpan(prefix.Length).Contains('/') && ReferenceEquals(Find(e.Path), e));

    /// <summary>Entries whose path begins so, deleted ones included.</summary>
    internal IEnumerable<CatalogEntry> StartingWith(string prefix) => _entries.Values.Where(e => e.Path.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>The container of those names, or null.</summary>
    public Container? FindContainer(string database, string name) =>
        Live.NumberOf(database, name) is { } number ? _containers.GetValueOrDefault(number) : null;

    /// <summary>The live container with that number, or null.</summary>
    public Container? FindContainer(ulong number) => Live.HasContainer(number) ? _containers.GetValueOrDefault(number) : null;

    /// <summary>The container of that number, in reach or not.</summary>
    internal Container? ByNumber(ulong number) => _containers.GetValueOrDefault(number);

    /// <summary>False once the container was deleted, or its database was: what is written to it would be lost. For the writer.</summary>
    internal bool IsCurrent(Container container) => FindContainer(container.Number) == container;

    /// <summary>Every container that holds documents, a deleted one included until its number is known to be dead.</summary>
    public IEnumerable<Container> Containers => _containers.Values;

    /// <summary>True when a container of that number was here and is gone for good.</summary>
    public bool IsDead(ulong containerNumber) =>
        _entries.Values.Any(e => e.Number == containerNumber && e.Deleted && e.IsContainer);

    /// <summary>Every entry, deleted ones included: what a snapshot keeps.</summary>
    public IEnumerable<CatalogEntry> All => _entries.Values;

    /// <summary>Applies a resource operation; returns the container that it made, if any.</summary>
    internal Container? Apply(Commit commit, Operation operation)
    {
        var entry = new CatalogEntry(commit, operation);
        if (_entries.TryGetValue(entry.Path, out var current) && !entry.Supersedes(current))
            return null;
        _entries = _entries.SetItem(entry.Path, entry);
        if (RangeCatalog.ContainerOf(entry.Path) is { } number)
        {
            // What comes before its container waits for it.
            if (ByNumber(number) is { } arranged)
                arranged.Arrange(RangeCatalog.LayoutOf(this, number, options.Partitions));
            return null;
        }

        var parts = entry.Path.Split('/');
        if (parts is not ["dbs", var database, "colls", _])
            return null;
        if (entry.Deleted)
        {
            if (_containers.TryRemove(entry.Number, out var gone))
                gone.Retire();
            return null;
        }

        var settings = ContainerSettings.Read(database, operation.Json);
        if (_containers.TryGetValue(entry.Number, out var existing))
        {
            existing.Change(settings);
            return null;
        }

        return _containers[entry.Number] = new Container(settings, entry.Number, options, RangeCatalog.LayoutOf(this, entry.Number, options.Partitions));
    }

    // Made again after a change, by whoever asks first.
    private LiveResources Live
    {
        get
        {
            var entries = _entries;
            if (_live is { } live && ReferenceEquals(live.Entries, entries))
                return live;
            return _live = new LiveResources(entries);
        }
    }
}

/// <summary>A named resource. <see cref="Operation.Container"/> holds its number, <see cref="Operation.Rid"/> its generation.</summary>
public sealed record CatalogEntry(Commit Commit, Operation Operation)
{
    public string Path => Operation.Id;

    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    public bool Deleted => Operation.Kind == OperationKind.DeleteResource;

    // Users and keys lie as deep in the tree as containers do.
    internal bool IsContainer => Path.Split('/') is ["dbs", _, "colls", _];

    public ulong Number => Operation.Container;

    /// <summary>How often this path was created, this time included.</summary>
    public ulong Generation => Operation.Rid;

    public ReadOnlyMemory<byte> Json => Operation.Json;

    public string ETag => EntityTag.Of(Commit.Dot, Number);

    /// <summary>A later generation wins; within one, deletion; then the one that saw the other; then the later clock, then the region.
    /// A total order, so that every replica ends with the same entry.</summary>
    public bool Supersedes(CatalogEntry other)
    {
        if (Generation != other.Generation)
            return Generation > other.Generation;
        if (Deleted != other.Deleted)
            return Deleted;
        return (Commit.Stamp, Commit.Dot.Region).CompareTo((other.Commit.Stamp, other.Commit.Dot.Region)) > 0;
    }
}
