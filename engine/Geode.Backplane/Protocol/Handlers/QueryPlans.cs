using System.Text.Json;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Query.Planning;
using Geode.Backplane.Storage;

namespace Geode.Backplane.Protocol.Handlers;

/// <summary>The plan of a query, for the client that is to carry it out.</summary>
public static class QueryPlans
{
    private const QueryFeatures Ranking = QueryFeatures.HybridSearch | QueryFeatures.WeightedRankFusion | QueryFeatures.HybridSearchSkipOrderByRewrite;

    public static Task AnswerAsync(BackplaneRequest request, Container container, JsonElement body)
    {
        // It reads nothing: what a query costs is the sum of its pages.
        request.Http.Response.Headers[CosmosHeaders.RequestCharge] = "0";
        return request.AnswerAsync(200, Of(request, container, body));
    }

    /// <summary>The plan as JSON.</summary>
    /// <param name="body">The query's request.</param>
    public static string Of(BackplaneRequest request, Container container, JsonElement body)
    {
        // Where items can be without a key, a condition on it says nothing of where they are.
        var key = new PartitionKeyDefinition(container.Settings.HasSystemKey ? [] : container.Settings.PartitionKey, container.Settings.Scheme);
        return QueryPlanner.PlanJson(body, key, supported: Supported(request), vectors: QueryHandler.OptionsFor(request, container).Vectors);
    }

    // Of what came with ORDER BY RANK clients say whether they can do it; of the rest they are all taken to be able.
    private static QueryFeatures Supported(BackplaneRequest request)
    {
        var named = QueryFeatureCheck.Parse(request.Header(CosmosHeaders.SupportedQueryFeatures));
        return named == QueryFeatures.None ? QueryFeatures.All & ~QueryFeatures.HybridSearchSkipOrderByRewrite : named | (QueryFeatures.All & ~Ranking);
    }
}
