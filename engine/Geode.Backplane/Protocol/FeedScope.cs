using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Storage;

namespace Geode.Backplane.Protocol;

/// <summary>The part of a container that a feed or query request asks for: one partition, and in it all, one logical partition, the
/// keys below a prefix, or a range of effective partition keys.</summary>
/// <param name="Key">The partition key or prefix; null for all.</param>
/// <param name="Range">Effective partition keys; the partition's own range for all.</param>
public sealed record FeedScope(Container Container, Partition Partition, PartitionKeyValue? Key, EpkRange Range)
{
    public bool IsWholePartition => Key is null && Range == Partition.Range;

    /// <summary>The one logical partition asked for, as canonical JSON; null when the scope is wider.</summary>
    public string? LogicalPartition => Key is not null && Key.Count >= Container.Settings.LevelsOfWholeKey ? Key.ToString() : null;

    /// <summary>A range was given beside the key, and it may leave out what the key alone would take in.</summary>
    public bool IsNarrowed { get; private init; }

    public bool Contains(Document document) => Contains(document.PartitionKey);

    /// <param name="key">The partition key of something in the partition, as canonical JSON.</param>
    public bool Contains(string key)
    {
        if (Key is not null && (LogicalPartition is { } whole ? key != whole : !Key.IsPrefixOf(PartitionKeyValue.Parse(key))))
            return false;
        return (Key is null ? IsWholePartition : !IsNarrowed) || Range.Contains(EffectivePartitionKey.Of(PartitionKeyValue.Parse(key), Container.Settings.Scheme));
    }

    /// <summary>True when the request says in no way which part of the container it is about.</summary>
    public static bool IsMissing(BackplaneRequest request, Container container) =>
        request.Header(CosmosHeaders.PartitionKeyRangeId) is null
        && EpkHeaders.Read(request) is null
        && ItemKeys.OfScope(request, container) is null;

    /// <summary>Everything in one partition.</summary>
    public static FeedScope Whole(Container container, Partition partition) => new(container, partition, null, partition.Range);

    /// <summary>Reads the scope from the request's headers.</summary>
    /// <exception cref="ProtocolException">400: malformed headers; 410/1002: no such partition key range, or a range over several.</exception>
    public static FeedScope Of(BackplaneRequest request, Container container)
    {
        var asked = EpkHeaders.Read(request);
        if (ItemKeys.OfScope(request, container) is { } given)
        {
            var levels = container.Settings.LevelsOfWholeKey;
            var key = given.Count >= levels || given.IsNone ? ItemKeys.Whole(given, container) : given;
            var own = EffectivePartitionKey.RangeOf(key, container.Settings.Scheme, levels);
            return new FeedScope(container, container.PartitionOf(container.HashOf(key)), key, asked?.Intersect(own) ?? own)
            {
                IsNarrowed = asked is { } range && !range.Contains(own),
            };
        }

        var partition = PartitionOf(request, container, asked);
        return new FeedScope(container, partition, null, asked?.Intersect(partition.Range) ?? partition.Range);
    }

    private static Partition PartitionOf(BackplaneRequest request, Container container, EpkRange? asked)
    {
        if (request.Header(CosmosHeaders.PartitionKeyRangeId) is { } header)
        {
            // Some clients put the container's _rid before the range's id.
            var id = header[(header.LastIndexOf(',') + 1)..];
            return container.FindPartition(id)
                ?? throw new ProtocolException(410, $"There is no partition key range '{id}'.", SubStatus.PartitionKeyRangeGone);
        }

        if (asked is not { } range)
            return container.Partitions[0];
        var partition = container.PartitionOf(HashPrefix.Of(range.Min));
        // To answer from the first alone would be to leave things out in silence; told this, a client asks one after the other.
        return partition.Range.Contains(range) || range.IsEmpty
            ? partition
            : throw new ProtocolException(410, $"The effective partition keys {range} are spread over several partition key ranges: name one.", SubStatus.PartitionKeyRangeGone);
    }
}
