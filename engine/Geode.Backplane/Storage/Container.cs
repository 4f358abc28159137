using System.Globalization;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Query.Functions.FullText;
using Geode.Backplane.Storage.Indexes;
using Geode.Backplane.Storage.Items;

namespace Geode.Backplane.Storage;

/// <summary>A container in one replica: its settings, which replicate, and its partitions, whose content replicates.</summary>
public sealed class Container
{
    private readonly UInt128[] _upperBounds;
    private readonly KeyPlaces _places;

    public Container(ContainerSettings settings, ulong number, ReplicaOptions options)
    {
        Settings = settings;
        Number = number;
        (Link, RidText) = ($"dbs/{Uri.EscapeDataString(settings.Database)}/colls/{Uri.EscapeDataString(settings.Name)}", Rid.ToString());
        Partitions = [.. EpkRange.Split(options.Partitions, settings.Scheme).Select((r, i) => new Partition(i.ToString(CultureInfo.InvariantCulture), r, options.HistoryBytes))];
        IndexTexts(settings.Texts);
        _places = new KeyPlaces(settings.Scheme);
        Expiry = new ExpirySchedule(this);
        UniqueKeys = settings.UniqueKeys.Count > 0 ? new UniqueKeyIndex(this) : null;
        _upperBounds = [.. Partitions.Select(p => HashPrefix.Of(p.Range.Max))];
    }

    /// <summary>Database number in the upper, collection number in the lower 32 bits; see <see cref="ResourceNumber"/>.</summary>
    public ulong Number { get; }

    public ContainerSettings Settings { get; private set; }

    public IReadOnlyList<Partition> Partitions { get; }

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

    public Partition PartitionOf(UInt128 hash)
    {
        for (var i = 0; i < _upperBounds.Length - 1; i++)
        {
            if (hash < _upperBounds[i])
                return Partitions[i];
        }

        return Partitions[^1];
    }

    /// <summary>Puts a new definition into effect, for the items that are there too.</summary>
    internal void Change(ContainerSettings settings)
    {
        IndexTexts(settings.Texts);
        var sameExpiry = settings.DefaultTtl == Settings.DefaultTtl;
        Settings = settings;
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

    private void IndexTexts(FullTextPolicy? policy)
    {
        foreach (var partition in Partitions)
            partition.IndexTexts(policy);
    }

    /// <summary>Follows a change of an item: history, unique keys, expiry.</summary>
    internal void Follow(Partition partition, Document? before, Document after, Dot cause)
    {
        if (before?.Lsn == after.Lsn)
            return;
        var previous = before is { Gone: false } && (before.ExpiresAt > HybridClock.Seconds(after.Commit.Stamp) || after.Expired) ? before : null;
        partition.History.Add(new Change(after, previous, cause));
        UniqueKeys?.Update(before, after);
        Expiry.Track(partition, after);
    }

    public Partition? FindPartition(string id) => Partitions.FirstOrDefault(p => p.Id == id);
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
