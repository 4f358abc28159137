using System.Globalization;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Query.Functions.FullText;
using Geode.Backplane.Storage.Indexes;
using Geode.Backplane.Storage.Items;
using Geode.Backplane.Storage.Ranges;

namespace Geode.Backplane.Storage;

/// <summary>A container in one replica: its settings, which replicate, and its partitions, whose content replicates.</summary>
public sealed class Container
{
    private readonly KeyPlaces _places;
    private readonly int _historyBytes;
    private volatile RangeMap _map;

    /// <param name="layout">Its ranges.</param>
    public Container(ContainerSettings settings, ulong number, ReplicaOptions options, RangeLayout layout)
    {
        _historyBytes = options.HistoryBytes;
        Settings = settings;
        Number = number;
        (Link, RidText) = ($"dbs/{Uri.EscapeDataString(settings.Database)}/colls/{Uri.EscapeDataString(settings.Name)}", Rid.ToString());
        _map = Empty(layout);
        _places = new KeyPlaces(settings.Scheme);
        Expiry = new ExpirySchedule(this);
        UniqueKeys = settings.UniqueKeys.Count > 0 ? new UniqueKeyIndex(this) : null;
        DeclareIndexes(_map.Partitions);
    }

    /// <summary>Database number in the upper, collection number in the lower 32 bits; see <see cref="ResourceNumber"/>.</summary>
    public ulong Number { get; }

    public ContainerSettings Settings { get; private set; }

    /// <summary>In the order of their keys. A split replaces the list; see <see cref="Partition.IsSplit"/>.</summary>
    public IReadOnlyList<Partition> Partitions => _map.Partitions;

    /// <summary>Its ranges as they are now.</summary>
    public RangeLayout Layout => _map.Layout;

    /// <summary>Layout and partitions of one and the same time.</summary>
    public RangeMap Map => _map;

    /// <summary>What expires next.</summary>
    public ExpirySchedule Expiry { get; }

    /// <summary>Null when the container has no unique keys, which is settled when it is created.</summary>
    public UniqueKeyIndex? UniqueKeys { get; }

    public ResourceId Rid => ResourceId.ForCollection((uint)(Number >> 32), (uint)Number);

    /// <summary><see cref="Rid"/> as it is written.</summary>
    public string RidText { get; }

    /// <summary>The container's path by names, fit for a header: <c>dbs/qna/colls/votes</c>.</summary>
    public string Link { get; }

    /// <summary>The highest creation counter seen of any region; see <see cref="DocumentNumber"/>.</summary>
    public ulong LastDocumentCounter { get; set; }

    /// <summary>Losing versions; filled only where the container's policy keeps them.</summary>
    public ConflictFeed Conflicts { get; } = new();

    /// <summary>Resolves the conflicts of this container's items; made at the first need.</summary>
    internal IConflictResolver? Resolver { get; set; }

    public KeyPlace PlaceOf(PartitionKeyValue key) => _places.Of(key);

    /// <param name="key">Canonical JSON.</param>
    public KeyPlace PlaceOf(string key) => _places.Of(key);

    public UInt128 HashOf(PartitionKeyValue key) => PlaceOf(key).Hash;

    public Partition PartitionOf(UInt128 hash) => _map.Of(hash);

    /// <summary>Gives the container these ranges, and their items to them.</summary>
    internal void Arrange(RangeLayout layout)
    {
        var before = _map;
        if (layout.Equals(before.Layout))
            return;
        _map = layout.First == before.Layout.First && before.Layout.Splits.IsSubsetOf(layout.Splits) ? before.After(layout) : Anew(before, layout);
        DeclareIndexes(_map.Partitions.Except(before.Partitions));
        // Only now: who finds that a partition is split looks for those in its place.
        foreach (var partition in before.Partitions.Except(_map.Partitions))
        {
            partition.EndBySplit();
            partition.Declare([]);
        }
    }

    /// <summary>Puts a new definition into effect, for the items that are there too.</summary>
    internal void Change(ContainerSettings settings)
    {
        var sameExpiry = settings.DefaultTtl == Settings.DefaultTtl && settings.TtlPath?.Text == Settings.TtlPath?.Text;
        Settings = settings;
        DeclareIndexes(Partitions);
        if (sameExpiry)
            return;
        Expiry.Reset();
        var buffer = new IDocument[256];
        foreach (var partition in Partitions)
        {
            ulong last = 0;
            for (int count; (count = partition.ReadByRid(last, buffer)) > 0;)
            {
                foreach (var item in buffer.AsSpan(0, count))
                {
                    var document = (Document)item;
                    partition.Put(document.WithExpiry(Storage.Expiry.Of(settings, document.Commit, document.Operation)));
                }

                last = buffer[count - 1].Rid;
            }
        }
    }

    /// <summary>How far the vector indexes have come in all partitions, 0 to 100; 100 where there are none.</summary>
    public int VectorIndexPercent =>
        Partitions.SelectMany(p => p.Vectors?.Progress ?? []).Select(progress => progress.Percent).DefaultIfEmpty(100).Min();

    /// <summary>Ends what runs in the background: the container is gone.</summary>
    internal void Retire()
    {
        foreach (var partition in Partitions)
            partition.Declare([]);
    }

    /// <summary>Follows a change of an item: history, unique keys, expiry.</summary>
    internal void Follow(Partition partition, Document? before, Document after, Dot cause)
    {
        if (before?.Lsn == after.Lsn)
            return;
        var previous = before is { Gone: false } && (before.ExpiresAt > HybridClock.Seconds(after.Commit.Stamp) || after.Expired) ? before : null;
        partition.History.Add(new Change(after, previous, cause));
        UniqueKeys?.Update(before, after);
        Expiry.Track(after);
    }

    public Partition? FindPartition(string id) => _map.Find(id);

    // Those that are as they were stay.
    private void DeclareIndexes(IEnumerable<Partition> partitions)
    {
        foreach (var partition in partitions)
        {
            partition.IndexTexts(Settings.Texts);
            partition.Declare(Settings.VectorIndexes);
        }
    }

    private RangeMap Empty(RangeLayout layout) =>
        new(layout, [.. layout.Ranges(Settings.Scheme).Select(r => new Partition(r.Range, r.Span, _historyBytes))]);

    // Two regions made the container at the same time with different throughputs, and the other's number of first ranges counts. The changes
    // get new numbers above all before, so that readers see them twice rather than not at all.
    private RangeMap Anew(RangeMap before, RangeLayout layout)
    {
        var map = Empty(layout);
        var last = before.Partitions.Max(p => p.Lsn);
        var items = before.Partitions.SelectMany(p => p.All()).OrderBy(d => d.Ticket).ThenBy(d => d.Lsn).ToLookup(d => map.Of(d.HashPrefix));
        foreach (var partition in map.Partitions)
        {
            var lsn = last;
            partition.Load([.. items[partition].Select(d => d.Renumbered(++lsn))], lsn);
            partition.History.Begin(lsn, VersionVector.Empty);
        }

        return map;
    }
}

/// <summary>The first 16 bytes of an effective partition key as a number that sorts as the key does.</summary>
public static class HashPrefix
{
    public static UInt128 Of(string epk)
    {
        Span<char> digits = stackalloc char[32];
        digits.Fill('0');
        epk.AsSpan(0, Math.Min(32, epk.Length)).CopyTo(digits);
        return UInt128.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
    }
}
