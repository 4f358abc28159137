namespace Geode.Backplane.Query.Planning;

/// <summary>What a client can do with the answers of partitions, as it says in <c>x-ms-cosmos-supported-query-features</c>.</summary>
[Flags]
public enum QueryFeatures
{
    None = 0,
    Aggregate = 1 << 0,
    CompositeAggregate = 1 << 1,
    Distinct = 1 << 2,
    GroupBy = 1 << 3,
    MultipleAggregates = 1 << 4,
    MultipleOrderBy = 1 << 5,
    OffsetAndLimit = 1 << 6,
    OrderBy = 1 << 7,
    Top = 1 << 8,
    NonValueAggregate = 1 << 9,
    DCount = 1 << 10,
    NonStreamingOrderBy = 1 << 11,
    ListAndSetAggregate = 1 << 12,
    CountIf = 1 << 13,
    HybridSearch = 1 << 14,
    WeightedRankFusion = 1 << 15,

    /// <summary>The client fuses ranks from rows that carry their scores and nothing to sort them by.</summary>
    HybridSearchSkipOrderByRewrite = 1 << 16,
    All = (1 << 17) - 1,
}
