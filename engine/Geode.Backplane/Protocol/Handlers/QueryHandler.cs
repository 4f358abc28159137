using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Query.Execution;
using Geode.Backplane.Query.Execution.Metrics;
using Geode.Backplane.Query.Functions.Vectors;
using Geode.Backplane.Query.Indexing;
using Geode.Backplane.Query.Planning;
using Geode.Backplane.Query.Planning.Binding;
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
            : ScopedAsync(request, container, root));
    }

    /// <summary><c>GET docs</c>: every item of the scope, page by page.</summary>
    public static Task ReadFeedAsync(BackplaneRequest request)
    {
        var container = request.FindContainer();
        return RefusingAsync(() => FeedScope.IsMissing(request, container)
            ? ReadAllAsync(request, container)
            : PageAsync(request, () => FeedScope.Of(request, container), request.Continuation(), Everything, QueryParameters.None, QueryOptions.Default, (_, next) => next));
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
                Texts = settings.Texts,
                Ranges = IndexingPolicyRules.Read(settings.Json),
            });
        return defined with { Functions = new UserFunctions(request.Node.Catalog, request.Path) };
    }

    private static QueryOptions OptionsFor(BackplaneRequest request, Container container, JsonElement body)
    {
        var options = OptionsFor(request, container);
        return body.TryGetProperty("resumeFilter", out var filter) ? options with { Resume = QueryResumeFilter.Parse(filter) } : options;
    }

    private static Task ScopedAsync(BackplaneRequest request, Container container, JsonElement body)
    {
        var (query, parameters) = (ParsedQueryCache.Shared.Parse(TextOf(body)), QueryParameters.Parse(ParametersOf(body)));
        QueryPlanner.Check(query, parameters);
        var options = OptionsFor(request, container, body);
        // A client that tries a query at its one partition before it plans asks whether it may go on there; without an answer it begins anew with a plan.
        if (request.Flag(CosmosHeaders.OptimisticDirectExecute))
            request.Http.Response.Headers[CosmosHeaders.RequiresDistribution] = NeedsPlan(query) ? "True" : "False";
        if (container.Partitions.Count > 1 && FeedScope.IsMissing(request, container))
        {
            // It was begun when there was one range.
            if (request.Continuation() is { } from)
                return GoOnAsync(request, container, from, query, parameters, options);
            // Clients that try without a plan first know by this that they need one, and older ones take it from here.
            throw new ProtocolException(
                400,
                "Cross partition query only supports one partition at a time: plan the query, and give a partition key or a partition key range.",
                SubStatus.CrossPartitionQueryNotServable)
            {
                AdditionalInfo = QueryPlans.Of(request, container, body),
            };
        }

        return PageAsync(request, () => FeedScope.Of(request, container), request.Continuation(), query, parameters, options, (_, next) => next);
    }

    // As Cosmos DB has it: what brings rows together is for the client to do as soon as there is more than one page.
    private static bool NeedsPlan(SqlQuery query) =>
        query.Select.Distinct || query.GroupBy is not null || query.OrderBy is { Rank: true } || Cardinality.IsAggregated(query);

    // One partition after the other; the continuation says how far each was read.
    private static Task ReadAllAsync(BackplaneRequest request, Container container)
    {
        var position = request.Header(CosmosHeaders.Continuation) is { } text ? FeedPosition.Parse(text) : FeedPosition.Start;
        return PageAsync(
            request,
            () => position.ScopeIn(container),
            position.Inner is { } inner ? QueryContinuation.Parse(inner) : null,
            Everything,
            QueryParameters.None,
            QueryOptions.Default,
            (scope, next) => position.After(scope, next)?.ToString());
    }

    private static async Task PageAsync(
        BackplaneRequest request,
        Func<FeedScope> where,
        QueryContinuation? from,
        SqlQuery query,
        QueryParameters parameters,
        QueryOptions options,
        Func<FeedScope, string?, string?> next)
    {
        var replica = request.Node.Replica;
        var (scope, page) = await RangeReads.RunAsync(
            request, where, at => RunAsync(request, new ScopedDocuments(at, replica.UnixSeconds), from, query, parameters, options));
        await AnswerAsync(request, scope, page, next(scope, page.Continuation));
    }

    private static async Task GoOnAsync(BackplaneRequest request, Container container, QueryContinuation from, SqlQuery query, QueryParameters parameters, QueryOptions options)
    {
        while (true)
        {
            var map = container.Map;
            foreach (var partition in map.Partitions)
                await Sessions.WaitAsync(request, container, partition);
            var page = await RunAsync(request, new JoinedDocuments(container, map, request.Node.Replica.UnixSeconds), from, query, parameters, options);
            if (map != container.Map)
                continue;
            await AnswerAsync(request, FeedScope.Whole(container, map.Partitions[0]), page, page.Continuation);
            return;
        }
    }

    private static async ValueTask<QueryPage> RunAsync(
        BackplaneRequest request, IDocumentSource source, QueryContinuation? from, SqlQuery query, QueryParameters parameters, QueryOptions options)
    {
        var replica = request.Node.Replica;
        var ticket = replica.State.Ticket;
        var measures = QueryMetricsHeaders.AreAsked(request) ? new QueryMeasures() : null;
        var page = new QueryExecutor(replica.Time).Execute(
            query, parameters, source, from, request.PageSize(0), measures is null ? options : options with { Measures = measures }, request.Aborted);
        if (measures is not null)
            QueryMetricsHeaders.Set(request, page, measures);
        // What the query saw was applied by now; it may be shown once it is durable.
        await replica.WaitDurableAsync(Math.Max(ticket, replica.State.Ticket), request.Aborted);
        return page;
    }

    private static Task AnswerAsync(BackplaneRequest request, FeedScope scope, QueryPage page, string? continuation)
    {
        request.DescribePartition(scope.Partition);
        request.Charge(RequestCharge.Query(page.DocumentsLoaded, page.IndexSeeks, page.Items.Length));
        if (continuation is not null)
            request.Http.Response.Headers[CosmosHeaders.Continuation] = continuation;
        request.Http.Response.Headers[CosmosHeaders.ItemCount] = page.Count.ToString(CultureInfo.InvariantCulture);
        return request.AnswerPageAsync(Envelope(scope.Container.Rid.ToString(), page));
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
