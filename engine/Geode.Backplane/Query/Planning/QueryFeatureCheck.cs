using Geode.Backplane.Query.Planning.Hybrid;
using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Query.Planning;

/// <summary>Refuses plans that their client could not follow: it would answer wrongly without noticing.</summary>
public static class QueryFeatureCheck
{
    /// <summary>Reads the header, names separated by commas; features that did not exist when this was written are passed over.</summary>
    public static QueryFeatures Parse(string? header)
    {
        var features = QueryFeatures.None;
        foreach (var name in (header ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (Enum.TryParse<QueryFeatures>(name, ignoreCase: true, out var feature)) features |= feature;
        }

        return features;
    }

    /// <exception cref="SqlQueryException">The plan needs a feature that is not among those given.</exception>
    public static void Require(QueryPlan plan, QueryFeatures supported)
    {
        var missing = (plan.Hybrid is { } hybrid ? Needed(hybrid) : Needed(plan.Info)) & ~supported;
        if (missing != QueryFeatures.None)
        {
            throw SqlErrors.Uncoded($"Query contains the following features, which the calling client does not support: {missing}.");
        }
    }

    /// <summary>The features without which the plan cannot be followed.</summary>
    public static QueryFeatures Needed(QueryInfo info)
    {
        var needed = QueryFeatures.None;
        Need(QueryFeatures.Aggregate, info.Aggregates.Count > 0);
        Need(QueryFeatures.NonValueAggregate, info.GroupByAliasToAggregateType.Values.Any(aggregate => aggregate is not null));
        Need(QueryFeatures.MultipleAggregates, info.GroupByAliasToAggregateType.Values.Count(aggregate => aggregate is not null) > 1);
        Need(QueryFeatures.CountIf, Aggregates(info).Contains("CountIf"));
        Need(QueryFeatures.ListAndSetAggregate, Aggregates(info).Any(aggregate => aggregate is "MakeList" or "MakeSet"));
        Need(QueryFeatures.GroupBy, info.GroupByExpressions.Count > 0);
        Need(QueryFeatures.Distinct, info.DistinctType != DistinctType.None);
        Need(QueryFeatures.DCount, info.DistinctCountAlias is not null);
        Need(QueryFeatures.Top, info.Top is not null);
        Need(QueryFeatures.OffsetAndLimit, info.Offset is not null);
        Need(QueryFeatures.OrderBy, info.OrderByExpressions.Count > 0);
        Need(QueryFeatures.MultipleOrderBy, info.OrderByExpressions.Count > 1);
        Need(QueryFeatures.NonStreamingOrderBy, info.HasNonStreamingOrderBy);
        return needed;

        void Need(QueryFeatures feature, bool isNeeded) => needed |= isNeeded ? feature : QueryFeatures.None;
    }

    private static QueryFeatures Needed(HybridQueryInfo hybrid) =>
        QueryFeatures.HybridSearch | (hybrid.Weights.Count > 0 ? QueryFeatures.WeightedRankFusion : QueryFeatures.None);

    private static IEnumerable<string?> Aggregates(QueryInfo info) => info.Aggregates.Concat(info.GroupByAliasToAggregateType.Values);
}
