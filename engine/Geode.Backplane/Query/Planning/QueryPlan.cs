namespace Geode.Backplane.Query.Planning;

/// <summary>The answer to a request for a query plan.</summary>
public sealed record QueryPlan(QueryInfo Info, IReadOnlyList<QueryRange> Ranges)
{
    /// <summary>The plan as clients read it: <c>{"partitionedQueryExecutionInfoVersion":2,"queryInfo":{…},"queryRanges":[…]}</c>.</summary>
    public string ToJson() => QueryPlanJson.Write(this);
}
