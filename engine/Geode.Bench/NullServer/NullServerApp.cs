using System.Buffers;
using System.Globalization;
using Geode.Backplane.Protocol;
using Geode.Backplane.Protocol.Codecs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Geode.Bench.NullServer;

/// <summary>
/// A web server that reads every request and answers it with a constant, in the headers of our server's answers and as the same kind
/// of account, so that the client has the same work: what it does not reach, no server of this protocol reaches with this client on
/// this machine.
/// </summary>
internal sealed class NullServerApp(string url)
{
    private const int FeedPages = 10;
    private readonly NullAnswers _answers = new(url.TrimEnd('/') + "/");

    /// <param name="onStarted">Called when it listens.</param>
    public async Task RunAsync(CancellationToken cancellation, Action? onStarted = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.Urls.Add(url);
        app.Run(HandleAsync);
        await app.StartAsync(cancellation);
        onStarted?.Invoke();
        await app.WaitForShutdownAsync(cancellation);
    }

    private async Task HandleAsync(HttpContext http)
    {
        var counts = await ReadBodyAsync(http.Request);
        var headers = http.Response.Headers;
        headers[CosmosHeaders.ActivityId] = http.Request.Headers[CosmosHeaders.ActivityId];
        headers[CosmosHeaders.ServiceVersion] = BackplaneServer.ServiceVersion;
        headers[CosmosHeaders.SubStatus] = "0";
        headers[CosmosHeaders.RequestCharge] = "1";
        headers[CosmosHeaders.PartitionKeyRangeId] = "0";
        headers[CosmosHeaders.Lsn] = "1";
        headers[CosmosHeaders.SessionToken] = "0:1#1#1=1";
        headers[CosmosHeaders.ETag] = "\"1\"";
        headers[CosmosHeaders.ItemCount] = "1";
        var (status, body) = Answer(http, counts);
        http.Response.StatusCode = status;
        if (body.Length == 0) return;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body);
    }

    private (int Status, byte[] Body) Answer(HttpContext http, bool counts)
    {
        var request = http.Request;
        var isPost = HttpMethods.IsPost(request.Method);
        var path = request.Path.Value!.Trim('/').Split('/');
        return path switch
        {
            [""] => (200, _answers.Account),
            [.., "pkranges"] => request.Headers.ContainsKey(CosmosHeaders.IfNoneMatch) ? (304, []) : (200, _answers.Ranges),
            _ when HttpMethods.IsDelete(request.Method) => (204, []),
            ["dbs", .., "docs", _] => (200, _answers.Item),
            ["dbs", .., "docs"] when isPost => Post(request, counts),
            ["dbs", .., "docs"] => ChangeFeed(http),
            [_, _, "colls"] or [_, _, "colls", _] => (isPost ? 201 : 200, _answers.Container),
            ["dbs"] or ["dbs", _] => (isPost ? 201 : 200, _answers.Database),
            _ => (404, []),
        };
    }

    private (int Status, byte[] Body) Post(HttpRequest request, bool counts)
    {
        if (request.Headers.ContainsKey(CosmosHeaders.IsBatchRequest)) return (200, _answers.Batch);
        if (request.Headers.ContainsKey(CosmosHeaders.IsQueryPlanRequest)) return (200, _answers.CountPlan);
        if (request.Headers.ContainsKey(CosmosHeaders.IsQuery)) return (200, counts ? _answers.Count : _answers.OneItem);
        return (201, _answers.Item);
    }

    private (int Status, byte[] Body) ChangeFeed(HttpContext http)
    {
        var after = http.Request.Headers.IfNoneMatch.ToString().Trim('"');
        var page = int.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var read) ? read + 1 : 1;
        http.Response.Headers[CosmosHeaders.ETag] = $"\"{Math.Min(page, FeedPages)}\"";
        http.Response.Headers[CosmosHeaders.ItemCount] = page > FeedPages ? "0" : NullAnswers.PageItems.ToString(CultureInfo.InvariantCulture);
        return page > FeedPages ? (304, []) : (200, _answers.Page);
    }

    /// <returns>Whether the body contains the word COUNT.</returns>
    private static async Task<bool> ReadBodyAsync(HttpRequest request)
    {
        var counts = false;
        while (true)
        {
            var result = await request.BodyReader.ReadAsync();
            foreach (var segment in result.Buffer)
                counts |= segment.Span.IndexOf("COUNT"u8) >= 0;
            request.BodyReader.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted) return counts;
        }
    }
}
