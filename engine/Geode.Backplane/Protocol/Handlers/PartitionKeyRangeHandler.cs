using System.Globalization;
using System.Text.Json;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Storage;
using Geode.Backplane.Storage.Ranges;

namespace Geode.Backplane.Protocol.Handlers;

/// <summary>The partition-key ranges of a container, as a change feed that ends after its one page. Its etag is the layout: the same in
/// every region with the same ranges.</summary>
public static class PartitionKeyRangeHandler
{
    public static async Task HandleAsync(BackplaneRequest request)
    {
        if (!HttpMethods.IsGet(request.Http.Request.Method))
            throw new ProtocolException(405, "Partition key ranges can only be read.");
        var container = request.FindContainer();
        var tags = request.Node.RangeTags;
        var known = request.Header(CosmosHeaders.IfNoneMatch) is { } brought ? tags.Read(container, brought) : null;
        // A client that comes from another region brings its splits along, so that it is understood here too.
        if (known is not null && !container.Layout.With(known.Splits).Equals(container.Layout))
            await request.Node.Replica.WriteAsync(writer => Learned(writer, container, known));
        // Nobody may hear of ranges that a crash could still take back.
        await request.Node.Replica.WaitDurableAsync(request.Node.Replica.State.Ticket, request.Aborted);
        var map = container.Map;
        var etag = tags.Of(container, map.Layout);
        if (known?.Equals(map.Layout) == true)
        {
            request.Answer(304, etag);
            return;
        }

        await request.AnswerFeedAsync(container.RidText, "PartitionKeyRanges", [.. map.Partitions.Select((p, i) => Resource(container, map, p, i, etag))], etag);
    }

    private static bool Learned(ReplicaWriter writer, Container container, RangeLayout known)
    {
        RangeSplits.Learn(writer, container, known);
        return true;
    }

    private static ReadOnlyMemory<byte> Resource(Container container, RangeMap map, Partition partition, int index, string etag)
    {
        var rid = ResourceId.ForChild(container.Rid, ResourceKind.PartitionKeyRange, (ulong)partition.Number + 1).ToString();
        return JsonSerializer.SerializeToUtf8Bytes(new
        {
            _rid = rid,
            id = partition.Id,
            _etag = etag,
            minInclusive = partition.Range.Min,
            maxExclusive = partition.Range.Max,
            ridPrefix = index,
            _self = $"dbs/{container.Rid.DatabaseId}/colls/{container.RidText}/pkranges/{rid}/",
            throughputFraction = 1.0 / map.Partitions.Count,
            status = "online",
            parents = map.Layout.ParentsOf(partition.Number).Select(p => p.ToString(CultureInfo.InvariantCulture)).ToArray(),
            _ts = 0,
            lsn = partition.Lsn,
        });
    }
}
