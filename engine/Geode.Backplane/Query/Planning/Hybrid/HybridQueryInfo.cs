namespace Geode.Backplane.Query.Planning.Hybrid;

/// <summary>What a client must do for <c>ORDER BY RANK</c>: ask all partitions for statistics, put their sums into the component queries,
/// send each of these to the partitions, and fuse the ranks that an item has in each.</summary>
public sealed record HybridQueryInfo
{
    /// <summary>Gives <c>{documentCount, fullTextStatistics: [{totalWordCount, hitCounts}]}</c> for one partition.</summary>
    public required string GlobalStatisticsQuery { get; init; }

    /// <summary>One query per score.</summary>
    public required IReadOnlyList<QueryInfo> Components { get; init; }

    /// <summary>One per component; none when all weigh the same.</summary>
    public IReadOnlyList<double> Weights { get; init; } = [];

    /// <summary>Rows that the client drops after fusing.</summary>
    public uint? Skip { get; init; }

    /// <summary>Rows that the client returns.</summary>
    public uint? Take { get; init; }

    /// <summary>A component is a full-text score, whose placeholders the statistics fill.</summary>
    public bool RequiresGlobalStatistics { get; init; }
}
