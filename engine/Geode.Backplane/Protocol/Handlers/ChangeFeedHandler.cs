using System.Globalization;
using System.Text;
using Geode.Backplane.ChangeFeed;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Storage;

namespace Geode.Backplane.Protocol.Handlers;

/// <summary><c>GET docs</c> with <c>A-IM</c>: changes after the etag in If-None-Match.</summary>
public static class ChangeFeedHandler
{
    private const int DefaultPage = 100;

    public static async Task HandleAsync(BackplaneRequest request)
    {
        var mode = request.Header(CosmosHeaders.AIm);
        var allVersions = string.Equals(mode, CosmosHeaders.FullFidelityFeed, StringComparison.OrdinalIgnoreCase);
        if (!allVersions && !string.Equals(mode, CosmosHeaders.IncrementalFeed, StringComparison.OrdinalIgnoreCase))
            throw ProtocolException.BadRequest($"A-IM: '{mode}' is not one of '{CosmosHeaders.IncrementalFeed}', '{CosmosHeaders.FullFidelityFeed}'.");
        var container = request.FindContainer();
        if (allVersions)
        {
            await AllVersionsFeed.AnswerAsync(request, container);
            return;
        }

        var (replica, most) = (request.Node.Replica, request.PageSize(DefaultPage));
        var (scope, page) = await RangeReads.RunAsync(request, () => FeedScope.Of(request, container), at =>
        {
            var from = Start(request, at.Partition);
            return LongPoll.ReadAsync(
                request, at.Partition, () => ChangeFeedReader.Read(replica, at.Partition, from, at.Contains, most), p => p.Next.Lsn == from.Lsn);
        });
        request.DescribePartition(scope.Partition);
        request.Charge(RequestCharge.ChangeFeed(page.Documents.Count, page.Documents.Sum(d => d.Json.Length)));
        if (page.Documents.Count == 0)
        {
            request.Http.Response.Headers[CosmosHeaders.ItemCount] = "0";
            request.Answer(304, page.Next.ToString());
            return;
        }

        await request.AnswerFeedAsync(scope.Container.Rid.ToString(), "Documents", [.. page.Documents.Select(WithLsn)], page.Next.ToString());
    }

    private static ChangeFeedToken Start(BackplaneRequest request, Partition partition)
    {
        var replica = request.Node.Replica;
        if (request.Header(CosmosHeaders.IfNoneMatch) is { } etag)
            return etag == "*" ? ChangeFeedReader.Now(replica, partition) : ChangeFeedToken.Parse(etag, replica.Region);
        if (request.Header(CosmosHeaders.IfModifiedSince) is not { } since)
            return new ChangeFeedToken(0, replica.Region, VersionVector.Empty, 0);
        return DateTimeOffset.TryParse(since, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? ChangeFeedReader.Since(replica, partition, time)
            : throw ProtocolException.BadRequest($"If-Modified-Since '{since}' is not a date in RFC 1123 form.");
    }

    private static ReadOnlyMemory<byte> WithLsn(Document document)
    {
        var lsn = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $",\"_lsn\":{document.Lsn}}}"));
        var json = document.Json;
        var result = new byte[json.Length - 1 + lsn.Length];
        json.Span[..^1].CopyTo(result);
        lsn.CopyTo(result, json.Length - 1);
        return result;
    }
}
