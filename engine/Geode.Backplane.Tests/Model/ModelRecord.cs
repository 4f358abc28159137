using Geode.Backplane.Storage;

namespace Geode.Backplane.Tests.Model;

/// <summary>Every acknowledged write, and what must have become of it. Written without a look at the product's resolver.</summary>
public sealed class ModelRecord
{
    private readonly Dictionary<(string Container, ItemKey Key), List<Version>> _items = [];
    private readonly Dictionary<string, HashSet<string>> _mustShow = [];
    private readonly HashSet<string> _closed = [];

    public sealed record Version(Commit Commit, bool Deleted, double? Fence);

    public IEnumerable<(string Container, ItemKey Key)> Items => _items.Keys;

    public void Wrote(string container, Document document, double? fence)
    {
        var key = (container, new ItemKey(document.PartitionKey, document.Id));
        if (!_items.TryGetValue(key, out var versions))
            _items[key] = versions = [];
        versions.Add(new Version(document.Commit, document.Deleted, fence));
    }

    /// <summary>A write is about to take the place of a version that lost: from now on the conflict feed must show it.</summary>
    public void MustShow(string container, string conflict)
    {
        if (!_mustShow.TryGetValue(container, out var conflicts))
            _mustShow[container] = conflicts = [];
        conflicts.Add(conflict);
    }

    public void Closed(string conflict) => _closed.Add(conflict);

    public IEnumerable<string> Shown(string container) => _mustShow.GetValueOrDefault(container, []).Where(c => !_closed.Contains(c));

    /// <summary>What nobody who wrote the item had seen replaced; the first of them stands, the others lost to it.</summary>
    public IReadOnlyList<Version> Standing(string container, ItemKey key)
    {
        var versions = _items[(container, key)];
        return
        [
            .. versions.Where(v => !versions.Any(u => Saw(u.Commit, v.Commit.Dot)))
                .OrderByDescending(v => v.Deleted)
                .ThenByDescending(v => v.Deleted || container != "fenced" ? 0 : v.Fence ?? double.NegativeInfinity)
                .ThenByDescending(v => v.Commit.Stamp)
                .ThenByDescending(v => v.Commit.Dot.Region.Value)
                .ThenByDescending(v => v.Commit.Dot.Sequence),
        ];
    }

    /// <summary>True when a deletion that the writer of that version had not seen may explain why it is gone.</summary>
    public bool MayBeGone(string container, ItemKey key, Document seen) =>
        _items[(container, key)].Any(v => v.Deleted && !Saw(seen.Commit, v.Commit.Dot));

    public static bool Saw(Commit later, Dot dot) =>
        later.Dot.Region == dot.Region ? later.Dot.Sequence > dot.Sequence : later.Seen.Dots.Any(d => d.Region == dot.Region && d.Sequence >= dot.Sequence);
}
