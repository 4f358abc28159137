using System.Text.Json;
using Geode.Backplane.Protocol.Codecs;

namespace Geode.Backplane.Protocol.Handlers;

/// <summary>The partition-key ranges of a container, as a change feed that ends after its one page.</summary>
public static class PartitionKeyRangeHandler
{
    public static Task HandleAsync(BackplaneRequest request)
    {
        if (!HttpMethods.IsGet(request.Http.Request.Method))
            throw new ProtocolException(405, "Partition key ranges can only be read.");
        var container = request.FindContainer();
        // Ranges never change, so one tag serves every region: a client that has it is told to stop asking.
        var etag = $"\"{container.Partitions.Count}\"";
        if (request.Header(CosmosHeaders.IfNoneMatch) is { } known && known.Trim('"') == etag.Trim('"'))
        {
            request.Answer(304, etag);
            return Task.CompletedTask;
        }

        var rid = container.Rid.ToString();
        var ranges = container.Partitions.Select((p, i) =>
        {
            var rangeRid = ResourceId.ForChild(container.Rid, ResourceKind.PartitionKeyRange, (ulong)i + 1).ToString();
            return (ReadOnlyMemory<byte>)JsonSerializer.SerializeToUtf8Bytes(new
            {
                _rid = rangeRid,
                id = p.Id,
                _etag = etag,
                minInclusive = p.Range.Min,
                maxExclusive = p.Range.Max,
                ridPrefix = i,
                _self = $"dbs/{container.Rid.DatabaseId}/colls/{rid}/pkranges/{rangeRid}/",
                throughputFraction = 1.0 / container.Partitions.Count,
                status = "online",
                parents = Array.Empty<string>(),
                _ts = 0,
                lsn = p.Lsn,
            });
        });
        return request.AnswerFeedAsync(rid, "PartitionKeyRanges", [.. ranges], etag);
    }
}
