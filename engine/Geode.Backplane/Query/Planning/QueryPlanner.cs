using System.Text.Json;
using Geode.Backplane.Query.Execution;
using Geode.Backplane.Query.Functions.Vectors;
using Geode.Backplane.Query.Planning.Binding;
using Geode.Backplane.Query.Planning.Hybrid;
using Geode.Backplane.Query.Planning.Ranges;
using Geode.Backplane.Query.Planning.Rewriting;
using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Query.Planning;

/// <summary>
/// Plans queries over several partitions: which ranges of partition keys to read, what to ask each partition, and how the
/// client is to merge the answers.
/// </summary>
public static class QueryPlanner
{
    /// <summary>Plans the body of a query request, <c>{"query":…,"parameters":[…]}</c>.</summary>
    /// <param name="isSinglePartition">The client will send the query to one logical partition.</param>
    /// <param name="supported">What the client can do; see <see cref="QueryFeatureCheck.Parse"/>.</param>
    /// <param name="vectors">The container's vectors, which say what an order by distance means.</param>
    /// <exception cref="SqlQueryException">
    /// The body is no query request, the query has no meaning or cannot be planned, or its plan needs what the client cannot do.
    /// </exception>
    public static string PlanJson(
        JsonElement body,
        PartitionKeyDefinition partitionKey,
        bool isSinglePartition = false,
        QueryFeatures supported = QueryFeatures.All & ~QueryFeatures.HybridSearchSkipOrderByRewrite,
        VectorPolicy? vectors = null)
    {
        var request = QueryRequest.Read(body);
        var plan = Plan(request.Query, request.Parameters, partitionKey, isSinglePartition, vectors, supported.HasFlag(QueryFeatures.HybridSearchSkipOrderByRewrite));
        QueryFeatureCheck.Require(plan, supported);
        return plan.ToJson();
    }

    /// <summary>Checks a query as planning does, without planning it.</summary>
    /// <exception cref="SqlQueryException">The query has no meaning; the errors are Cosmos DB's.</exception>
    public static void Check(SqlQuery query, QueryParameters parameters) => SqlBinder.Check(query, parameters);

    /// <param name="isSinglePartition">The client will send the query to one logical partition.</param>
    /// <param name="fusesPlainly">The client fuses ranks from scores alone; see <see cref="QueryFeatures.HybridSearchSkipOrderByRewrite"/>.</param>
    /// <exception cref="SqlQueryException">The query has no meaning or cannot be planned; the errors are Cosmos DB's.</exception>
    public static QueryPlan Plan(
        SqlQuery query, QueryParameters parameters, PartitionKeyDefinition partitionKey, bool isSinglePartition = false, VectorPolicy? vectors = null, bool fusesPlainly = false)
    {
        SqlBinder.Check(query, parameters);
        var resolver = new Resolver(parameters);
        var resolved = resolver.Resolve(query);
        var keys = PartitionKeyRanges.Of(Resolver.Yields(resolved), partitionKey, readsDocuments: query.From is not null);
        if (query is { From: not null, OrderBy.Rank: true })
        {
            return new QueryPlan(new QueryInfo(), keys.Ranges) { Hybrid = new HybridRewriter(parameters, fusesPlainly).Rewrite(query) };
        }

        var rewriter = new QueryRewriter(parameters, new OrderByCheck(resolver, resolved.Names), vectors, isSinglePartition || keys.IsSingle);
        return new QueryPlan(rewriter.Rewrite(query, keys.IsNothing), keys.Ranges);
    }
}
