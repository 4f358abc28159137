using Geode.Backplane.Query.Planning.Hybrid;

namespace Geode.Backplane.Query.Planning;

/// <summary>The answer to a request for a query plan.</summary>
public sealed record QueryPlan(QueryInfo Info, IReadOnlyList<QueryRange> Ranges)
{
    /// <summary>Takes the place of <see cref="Info"/> for ORDER BY RANK.</summary>
    public HybridQueryInfo? Hybrid { get; init; }

    /// <summary>The plan as clients read it: <c>{"partitionedQueryExecutionInfoVersion":2,"queryInfo":{…},"queryRanges":[…]}</c>.</summary>
    public string ToJson() => QueryPlanJson.Write(this);
}
