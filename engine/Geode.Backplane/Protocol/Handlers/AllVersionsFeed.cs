using System.Buffers;
using System.Text.Json;
using Geode.Backplane.ChangeFeed;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Storage;

namespace Geode.Backplane.Protocol.Handlers;

/// <summary>The full-fidelity change feed: every version and deletion, and what happened. A deletion comes with the version that it
/// deleted; after a replacement or an expiry the version before is named by its number alone.</summary>
public static class AllVersionsFeed
{
    private const int DefaultPage = 100;

    public static async Task AnswerAsync(BackplaneRequest request, Container container)
    {
        if (request.Header(CosmosHeaders.ChangeFeedWireFormatVersion) is { } format && format != CosmosHeaders.ChangeFeedWireFormat20210915)
            throw ProtocolException.BadRequest($"x-ms-cosmos-changefeed-wire-format-version '{format}' is not '{CosmosHeaders.ChangeFeedWireFormat20210915}'.");
        var (scope, page) = await RangeReads.RunAsync(request, () => FeedScope.Of(request, container), at => ReadAsync(request, at));
        request.DescribePartition(scope.Partition);
        if (page.Changes.Count == 0)
        {
            request.Http.Response.Headers[CosmosHeaders.ItemCount] = "0";
            request.Answer(304, page.Next.ToString());
            return;
        }

        var rows = page.Changes.Select(c => Row(scope.Container, c)).ToArray();
        request.Charge(RequestCharge.ChangeFeed(rows.Length, rows.Sum(r => r.Length)));
        await request.AnswerFeedAsync(scope.Container.Rid.ToString(), "Documents", rows, page.Next.ToString());
    }

    private static async ValueTask<AllVersionsReader.Page> ReadAsync(BackplaneRequest request, FeedScope scope)
    {
        var replica = request.Node.Replica;
        var from = request.Header(CosmosHeaders.IfNoneMatch) switch
        {
            null => throw ProtocolException.BadRequest("The change feed of all versions and deletes starts now (If-None-Match: *) or from an etag, not from the beginning or a time."),
            "*" => ChangeFeedReader.Now(replica, scope.Partition),
            var etag => ChangeFeedToken.Parse(etag, replica.Region),
        };
        var most = request.PageSize(DefaultPage);
        return await LongPoll.ReadAsync(
            request, scope.Partition, () => AllVersionsReader.Read(replica, scope.Partition, from, scope.Contains, most), p => p?.Next.Lsn == from.Lsn)
            ?? throw ProtocolException.BadRequest($"The change feed token is older than the history kept here, {replica.Options.HistoryBytes >> 10} KB of replaced versions per partition.");
    }

    private static ReadOnlyMemory<byte> Row(Container container, Change change)
    {
        var (current, previous) = (change.Current, change.Previous);
        var output = new ArrayBufferWriter<byte>(current.Json.Length + (previous?.Json.Length ?? 0) + 256);
        using var writer = new Utf8JsonWriter(output);
        writer.WriteStartObject();
        writer.WritePropertyName("current");
        if (current.Gone)
            writer.WriteRawValue("{}");
        else
            writer.WriteRawValue(current.Json.Span, skipInputValidation: true);
        if (previous is not null && current is { Gone: true, Expired: false })
        {
            writer.WritePropertyName("previous");
            writer.WriteRawValue(previous.Json.Span, skipInputValidation: true);
        }

        writer.WriteStartObject("metadata");
        writer.WriteNumber("lsn", current.Lsn);
        writer.WriteNumber("crts", current.Expired ? current.ExpiresAt : HybridClock.Seconds(current.Commit.Stamp));
        writer.WriteString("operationType", current.Gone ? "delete" : previous is null ? "create" : "replace");
        if (previous is not null)
            writer.WriteNumber("previousImageLSN", previous.Lsn);
        if (current.Gone)
            WriteKey(writer, container, current);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
        return output.WrittenMemory;
    }

    private static void WriteKey(Utf8JsonWriter writer, Container container, Document gone)
    {
        writer.WriteBoolean("timeToLiveExpired", gone.Expired);
        writer.WriteString("id", gone.Id);
        writer.WriteStartObject("partitionKey");
        var key = PartitionKeyValue.Parse(gone.PartitionKey);
        for (var level = 0; level < key.Count; level++)
        {
            if (key[level].Type == PartitionKeyType.Undefined)
                continue;
            writer.WritePropertyName(string.Join('/', container.Settings.PartitionKey[level].Segments));
            key[level].WriteTo(writer);
        }

        writer.WriteEndObject();
    }
}
