using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Storage.Indexes;

namespace Geode.Backplane.Storage.Items;

/// <summary>Which items hold which values of a container's unique keys. A key is unique within a logical partition and within a region:
/// what two regions wrote at the same time may share one. Belongs to the replica's writer; made when it is first asked.</summary>
public sealed class UniqueKeyIndex(Container container)
{
    private const int Chunk = 256;
    private Dictionary<Entry, List<ItemKey>>? _holders;

    /// <summary>The values of an item, one entry per unique key.</summary>
    /// <param name="json">The item, UTF-8.</param>
    internal Entry[] EntriesOf(string partitionKey, ReadOnlySpan<byte> json)
    {
        var keys = container.Settings.UniqueKeys;
        var entries = new Entry[keys.Count];
        for (var i = 0; i < entries.Length; i++)
        {
            var values = new string[keys[i].Count];
            for (var path = 0; path < values.Length; path++)
                values[path] = PartitionKeyExtractor.Extract(json, [keys[i][path]]).ToString();
            entries[i] = new Entry(partitionKey, i, string.Concat(values));
        }

        return entries;
    }

    /// <summary>The items that hold the value, expired ones included.</summary>
    internal IReadOnlyList<ItemKey> HoldersOf(Entry entry) => (_holders ??= Build()).GetValueOrDefault(entry) ?? [];

    /// <summary>Follows a change of an item.</summary>
    internal void Update(Document? before, Document after)
    {
        if (_holders is null)
            return;
        if (before is { Gone: false })
            Each(before, (entry, key) =>
            {
                if (_holders.TryGetValue(entry, out var list) && list.Remove(key) && list.Count == 0)
                    _holders.Remove(entry);
            });
        if (!after.Gone)
            Each(after, (entry, key) => Add(_holders, entry, key));
    }

    private Dictionary<Entry, List<ItemKey>> Build()
    {
        var holders = new Dictionary<Entry, List<ItemKey>>();
        var buffer = new IDocument[Chunk];
        foreach (var partition in container.Partitions)
        {
            ulong last = 0;
            for (int count; (count = partition.ReadByRid(last, buffer)) > 0;)
            {
                foreach (var document in buffer.AsSpan(0, count))
                    Each((Document)document, (entry, key) => Add(holders, entry, key));
                last = buffer[count - 1].Rid;
            }
        }

        return holders;
    }

    private void Each(Document document, Action<Entry, ItemKey> visit)
    {
        foreach (var entry in EntriesOf(document.PartitionKey, document.Json.Span))
            visit(entry, new ItemKey(document.PartitionKey, document.Id));
    }

    private static void Add(Dictionary<Entry, List<ItemKey>> holders, Entry entry, ItemKey key)
    {
        if (!holders.TryGetValue(entry, out var list))
            holders[entry] = list = new List<ItemKey>(1);
        list.Add(key);
    }

    /// <param name="Key">Which of the container's unique keys.</param>
    /// <param name="Values">The values at its paths in canonical JSON.</param>
    internal readonly record struct Entry(string PartitionKey, int Key, string Values);
}
