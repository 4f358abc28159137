using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Query.Execution;
using Geode.Backplane.Query.Functions.Vectors;
using Geode.Backplane.Query.Indexing;
using Geode.Backplane.Query.Planning;
using Geode.Backplane.Query.Syntax;
using Geode.Backplane.Scripts;
using Geode.Backplane.Storage;

namespace Geode.Backplane.Protocol.Handlers;

/// <summary>Queries over items: plans for the client, and pages of rows. A read feed is a query for everything.</summary>
public static class QueryHandler
{
    private static readonly SqlQuery Everything = SqlParser.Parse("SELECT * FROM c");

    // Parsed once per definition of a container: replacing it makes new settings.
    private static readonly ConditionalWeakTable<ContainerSettings, QueryOptions> OptionsOf = [];

    public static async Task HandleAsync(BackplaneRequest request)
    {
        var container = request.FindContainer();
        using var query = ParseBody(await request.ReadBodyAsync());
        var root = query.RootElement;
        await RefusingAsync(() => request.Flag(CosmosHeaders.IsQueryPlanRequest)
            ? QueryPlans.AnswerAsync(request, container, root)
            : ScopedAsync(request, container, ParsedQueryCache.Shared.Parse(TextOf(root)), QueryParameters.Parse(ParametersOf(root)), OptionsFor(request, container, root)));
    }

    /// <summary><c>GET docs</c>: every item of the scope, page by page.</summary>
    public static Task ReadFeedAsync(BackplaneRequest request)
    {
        var container = request.FindContainer();
        return RefusingAsync(() => container.Partitions.Count > 1 && FeedScope.IsMissing(request)
            ? ReadAllAsync(request, container)
            : PageAsync(request, FeedScope.Of(request, container), request.Continuation(), Everything, QueryParameters.None, QueryOptions.Default, c => c));
    }

    /// <summary>Runs a query, and answers 400 when it or what came with it is at fault.</summary>
    public static async Task RefusingAsync(Func<Task> run)
    {
        try
        {
            await run();
        }
        catch (SqlQueryException e)
        {
            throw ProtocolException.BadRequest(SqlErrors.ToJson(e.Errors));
        }
        catch (QueryException e)
        {
            throw ProtocolException.BadRequest(e.Message);
        }
    }

    /// <summary>The <c>query</c> text of a query request.</summary>
    public static string TextOf(JsonElement body) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty("query", out var text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()!
            : throw ProtocolException.BadRequest("The request body must be an object with a 'query' string.");

    public static JsonElement ParametersOf(JsonElement body) => body.TryGetProperty("parameters", out var parameters) ? parameters : default;

    public static JsonDocument ParseBody(ReadOnlyMemory<byte> body) => RequestJson.Parse(body);

    /// <summary>What a container's definition says to its queries, and the functions that they may call.</summary>
    public static QueryOptions OptionsFor(BackplaneRequest request, Container container)
    {
        var defined = OptionsOf.GetValue(
            container.Settings,
            settings => new QueryOptions
            {
                ComputedProperties = ComputedPropertyRules.Read(settings.Json),
                Vectors = VectorPolicy.Read(settings.Json),
                Ranges = RangeIndexes.Read(settings.Json),
            });
        return defined with { Functions = new UserFunctions(request.Node.Catalog, request.Path) };
    }

    private static QueryOptions OptionsFor(BackplaneRequest request, Container container, JsonElement body)
    {
        var options = OptionsFor(request, container);
        return body.TryGetProperty("resumeFilter", out var filter) ? options with { Resume = QueryResumeFilter.Parse(filter) } : options;
    }

    private static Task ScopedAsync(BackplaneRequest request, Container container, SqlQuery query, QueryParameters parameters, QueryOptions options)
    {
        QueryPlanner.Check(query, parameters);
        if (container.Partitions.Count > 1 && FeedScope.IsMissing(request))
        {
            // Clients that try without a plan first know by these words that they need one.
            throw ProtocolException.BadRequest(
                "Cross partition query only supports one partition at a time: plan the query, and give a partition key or a partition key range.",
                SubStatus.CrossPartitionQueryNotServable);
        }

        return PageAsync(request, FeedScope.Of(request, container), request.Continuation(), query, parameters, options, c => c);
    }

    // One partition after the other; the continuation says which.
    private static Task ReadAllAsync(BackplaneRequest request, Container container)
    {
        var (index, inner) = (0, (string?)null);
        if (request.Header(CosmosHeaders.Continuation) is { } text)
        {
            var parts = text.Split('~', 2);
            if (parts.Length != 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out index) || index >= container.Partitions.Count)
                throw ProtocolException.BadRequest($"The continuation '{text}' is malformed.");
            inner = parts[1].Length > 0 ? parts[1] : null;
        }

        return PageAsync(
            request,
            FeedScope.Whole(container, container.Partitions[index]),
            inner is null ? null : QueryContinuation.Parse(inner),
            Everything,
            QueryParameters.None,
            QueryOptions.Default,
            next => next is not null ? Place(index, next) : index + 1 < container.Partitions.Count ? Place(index + 1, "") : null);

        static string Place(int index, string inner) => string.Create(CultureInfo.InvariantCulture, $"{index}~{inner}");
    }

    private static async Task PageAsync(
        BackplaneRequest request, FeedScope scope, QueryContinuation? from, SqlQuery query, QueryParameters parameters, QueryOptions options, Func<string?, string?> next)
    {
        await Sessions.WaitAsync(request, scope.Partition);
        var replica = request.Node.Replica;
        var ticket = replica.State.Ticket;
        var page = new QueryExecutor(replica.Time).Execute(
            query,
            parameters,
            new ScopedDocuments(scope, replica.UnixSeconds),
            from,
            request.PageSize(0),
            options,
            request.Aborted);
        // What the query saw was applied by now; it may be shown once it is durable.
        await replica.WaitDurableAsync(Math.Max(ticket, replica.State.Ticket), request.Aborted);
        request.DescribePartition(scope.Partition);
        request.Charge(RequestCharge.Query(page.DocumentsLoaded, page.Items.Length));
        if (next(page.Continuation) is { } continuation)
            request.Http.Response.Headers[CosmosHeaders.Continuation] = continuation;
        request.Http.Response.Headers[CosmosHeaders.ItemCount] = page.Count.ToString(CultureInfo.InvariantCulture);
        await request.AnswerAsync(200, Envelope(scope.Container.Rid.ToString(), page));
    }

    private static ReadOnlyMemory<byte> Envelope(string rid, QueryPage page)
    {
        var body = new ArrayBufferWriter<byte>(page.Items.Length + 64);
        Encoding.UTF8.GetBytes($"{{\"_rid\":\"{rid}\",\"Documents\":", body);
        body.Write(page.Items.Span);
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $",\"_count\":{page.Count}}}"), body);
        return body.WrittenMemory;
    }
}
