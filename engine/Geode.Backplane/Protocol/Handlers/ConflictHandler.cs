using System.Text;
using System.Text.Json;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Storage;

namespace Geode.Backplane.Protocol.Handlers;

/// <summary>The conflict feed: list, query, read and delete of losing versions in containers whose policy is <c>Custom</c>.</summary>
public static class ConflictHandler
{
    private const int DefaultPage = 1000;

    public static Task HandleAsync(BackplaneRequest request) => (request.Http.Request.Method, request.Path.IsFeed) switch
    {
        ("POST", true) when request.Flag(CosmosHeaders.IsQueryPlanRequest) => PlanAsync(request),
        ("POST", true) when request.Flag(CosmosHeaders.IsQuery) => QueryAsync(request),
        ("GET", true) => ListAsync(request),
        ("GET", false) => ReadAsync(request),
        ("DELETE", false) => DeleteAsync(request),
        _ => throw new ProtocolException(405, $"{request.Http.Request.Method} is not an operation on conflicts."),
    };

    private static async Task ListAsync(BackplaneRequest request)
    {
        var (scope, open) = await OpenAsync(request);
        var rest = open.Where(c => string.CompareOrdinal(c.Id, request.Header(CosmosHeaders.Continuation) ?? "") > 0).ToArray();
        var page = rest.Take(request.PageSize(DefaultPage)).ToArray();
        if (page.Length < rest.Length)
            request.Http.Response.Headers[CosmosHeaders.Continuation] = page[^1].Id;
        await request.AnswerFeedAsync(scope.Container.Rid.ToString(), "Conflicts", [.. page.Select(c => Resource(scope.Container, c))]);
    }

    private static async Task QueryAsync(BackplaneRequest request)
    {
        var (scope, open) = await OpenAsync(request);
        await ResourceQuery.RunAsync(request, scope.Container.Rid.ToString(), "Conflicts", open.Select(c => Resource(scope.Container, c)));
    }

    private static async Task PlanAsync(BackplaneRequest request)
    {
        using var query = QueryHandler.ParseBody(await request.ReadBodyAsync());
        await QueryHandler.RefusingAsync(() => QueryPlans.AnswerAsync(request, request.FindContainer(), query.RootElement));
    }

    private static async Task ReadAsync(BackplaneRequest request)
    {
        var (scope, _) = await OpenAsync(request);
        var conflict = Find(scope.Container, request.Path.Name);
        request.Caller.AuthorizeKey(scope.Container, conflict.Key.PartitionKey);
        await request.AnswerAsync(200, Resource(scope.Container, conflict), $"\"{conflict.Id}\"");
    }

    private static async Task DeleteAsync(BackplaneRequest request)
    {
        var container = request.FindContainer();
        var conflict = await request.Node.Replica.WriteAsync(writer =>
        {
            var found = Find(container, request.Path.Name);
            request.Caller.AuthorizeKey(container, found.Key.PartitionKey);
            writer.Commit(writer.NextStamp(), new Operation(OperationKind.DeleteConflict, container.Number, found.Rid, found.Id, found.Key.PartitionKey, default));
            return found;
        });
        request.DescribePartition(PartitionOf(container, conflict));
        request.Answer(204);
    }

    /// <summary>What is open in the part of the container that the request asks for.</summary>
    private static async ValueTask<(FeedScope Scope, Conflict[] Open)> OpenAsync(BackplaneRequest request)
    {
        var container = request.FindContainer();
        var (scope, open) = await RangeReads.RunAsync(request, () => FeedScope.Of(request, container), async at =>
        {
            await request.Node.Replica.WaitDurableAsync(request.Node.Replica.State.Ticket, request.Aborted);
            return container.Conflicts.Open().Where(c => PartitionOf(container, c) == at.Partition && at.Contains(c.Key.PartitionKey)).ToArray();
        });
        request.DescribePartition(scope.Partition);
        return (scope, open);
    }

    private static Conflict Find(Container container, string id) =>
        container.Conflicts.Find(id) ?? throw ProtocolException.NotFound($"No conflict '{id}' in container '{container.Settings.Name}'.");

    private static Partition PartitionOf(Container container, Conflict conflict) =>
        container.PartitionOf(container.PlaceOf(conflict.Key.PartitionKey).Hash);

    private static ReadOnlyMemory<byte> Resource(Container container, Conflict conflict)
    {
        var current = PartitionOf(container, conflict).Find(conflict.Key);
        // Two regions that created the item at once gave it two numbers; the winner's is the one that can be read.
        var source = current?.Rid ?? conflict.Rid;
        var rid = ResourceId.ForChild(container.Rid, ResourceKind.Conflict, conflict.Rid).ToString();
        using var content = JsonDocument.Parse(conflict.Json, ItemText.DocumentOptions);
        return JsonSerializer.SerializeToUtf8Bytes(new
        {
            id = conflict.Id,
            _rid = rid,
            _self = $"dbs/{container.Rid.DatabaseId}/colls/{container.Rid}/conflicts/{rid}/",
            _etag = $"\"{conflict.Id}\"",
            _ts = content.RootElement.GetProperty("_ts"u8).GetInt64(),
            resourceType = "document",
            operationType = source == conflict.Rid ? "replace" : "create",
            resourceId = ResourceId.ForDocument(container.Rid, source).ToString(),
            content = Encoding.UTF8.GetString(conflict.Json.Span),
        });
    }
}
