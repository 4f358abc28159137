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
    public string? LogicalPartition => Key is not null && Key.Count == Container.Settings.PartitionKey.Length ? Key.ToString() : null;

    public bool Contains(Document document)
    {
        if (Key is null)
            return IsWholePartition || Range.Contains(EffectivePartitionKey.Of(PartitionKeyValue.Parse(document.PartitionKey), Container.Settings.Scheme));
        return LogicalPartition is { } whole ? document.PartitionKey == whole : Key.IsPrefixOf(PartitionKeyValue.Parse(document.PartitionKey));
    }

    /// <summary>True when the request says in no way which part of the container it is about.</summary>
    public static bool IsMissing(BackplaneRequest request) =>
        request.Header(CosmosHeaders.PartitionKeyRangeId) is null
        && request.Header(CosmosHeaders.StartEpk) is null
        && (request.Header(CosmosHeaders.PartitionKey) is null || ItemKeys.OptionalFromHeader(request) is { Count: 0 });

    /// <summary>Everything in one partition.</summary>
    public static FeedScope Whole(Container container, Partition partition) => new(container, partition, null, partition.Range);

    /// <summary>Reads the scope from the request's headers.</summary>
    /// <exception cref="ProtocolException">400: malformed headers; 410/1002: no such partition key range.</exception>
    public static FeedScope Of(BackplaneRequest request, Container container)
    {
        if (request.Header(CosmosHeaders.PartitionKey) is not null && ItemKeys.OptionalFromHeader(request) is { Count: > 0 } given)
        {
            var isWhole = given.Count >= container.Settings.PartitionKey.Length || given.IsNone;
            var key = isWhole ? ItemKeys.FromHeader(request, container) : given;
            return new FeedScope(container, container.PartitionOf(container.HashOf(key)), key, EffectivePartitionKey.RangeOf(key, container.Settings.Scheme, container.Settings.PartitionKey.Length));
        }

        var partition = PartitionOf(request, container);
        var range = request.Header(CosmosHeaders.StartEpk) is { } start && request.Header(CosmosHeaders.EndEpk) is { } end
            ? CheckedRange(start, end).Intersect(partition.Range)
            : partition.Range;
        return new FeedScope(container, partition, null, range);
    }

    private static Partition PartitionOf(BackplaneRequest request, Container container)
    {
        if (request.Header(CosmosHeaders.PartitionKeyRangeId) is not { } header)
        {
            return request.Header(CosmosHeaders.StartEpk) is { } start && EffectivePartitionKey.IsValid(start)
                ? container.PartitionOf(HashPrefix.Of(start))
                : container.Partitions[0];
        }

        // Some clients put the container's _rid before the range's id.
        var id = header[(header.LastIndexOf(',') + 1)..];
        return container.FindPartition(id)
            ?? throw new ProtocolException(410, $"There is no partition key range '{id}'.", SubStatus.PartitionKeyRangeGone);
    }

    private static EpkRange CheckedRange(string start, string end) =>
        EffectivePartitionKey.IsValid(start) && EffectivePartitionKey.IsValid(end)
            ? new EpkRange(start, end)
            : throw ProtocolException.BadRequest($"[{start},{end}) is not a range of effective partition keys: upper-case hexadecimal is expected.");
}
