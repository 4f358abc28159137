namespace Geode.Backplane.Query.Planning;

/// <summary>What a client must do with the rows that the partitions return for the rewritten query.</summary>
public sealed record QueryInfo
{
    public DistinctType DistinctType { get; init; }

    public uint? Top { get; init; }

    public uint? Offset { get; init; }

    public uint? Limit { get; init; }

    /// <summary>One entry per ORDER BY item: whether it descends.</summary>
    public IReadOnlyList<bool> OrderByDescending { get; init; } = [];

    public IReadOnlyList<string> OrderByExpressions { get; init; } = [];

    public IReadOnlyList<string> GroupByExpressions { get; init; } = [];

    /// <summary>The names of the SELECT list of a grouped or aggregated query.</summary>
    public IReadOnlyList<string> GroupByAliases { get; init; } = [];

    /// <summary>The aggregate of a SELECT VALUE.</summary>
    public IReadOnlyList<string> Aggregates { get; init; } = [];

    /// <summary>The aggregate under each of <see cref="GroupByAliases"/>; null for a name whose value comes from the group's key.</summary>
    public IReadOnlyDictionary<string, string?> GroupByAliasToAggregateType { get; init; } = new Dictionary<string, string?>();

    /// <summary>The query to send to the partitions; empty when it is the query itself.</summary>
    public string RewrittenQuery { get; init; } = "";

    public bool HasSelectValue { get; init; }

    /// <summary>Set for a count of distinct values: the name of the count in the result, or empty for SELECT VALUE.</summary>
    public string? DistinctCountAlias { get; init; }

    /// <summary>The order is that of a computed score, which no index streams.</summary>
    public bool HasNonStreamingOrderBy { get; init; }
}

public enum DistinctType
{
    None,
    Unordered,

    /// <summary>Equal rows arrive one after another.</summary>
    Ordered,
}
