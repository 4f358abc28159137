using Geode.Backplane.Query.Execution;
using Geode.Backplane.Query.Functions.Vectors;
using Geode.Backplane.Query.Planning.Binding;
using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Query.Planning.Rewriting;

/// <summary>Turns a query over all partitions into one that each partition can answer, and notes what is left to the client.</summary>
/// <param name="isSingle">One logical partition at most: OFFSET and LIMIT can be left to it.</param>
internal sealed class QueryRewriter(QueryParameters parameters, OrderByCheck orderByCheck, VectorPolicy? vectors, bool isSingle)
{
    // Printed as it stands; clients replace it by a condition that resumes after the last row they have, or by `true`.
    private static readonly SqlExpression Resumption = new SqlParameter("({documentdb-formattableorderbyquery-filter})");

    /// <param name="readsNothing">No document can pass the query's filter, or it has no FROM clause.</param>
    public QueryInfo Rewrite(SqlQuery query, bool readsNothing)
    {
        var hasSelectValue = query.Select.Selection is SqlSelectValue;
        if (query.From is null) return new QueryInfo { HasSelectValue = hasSelectValue };
        var aggregated = Cardinality.IsAggregated(query);
        if (query.OrderBy is not null && (!aggregated || query.GroupBy is not null)) orderByCheck.Check(query.OrderBy);
        if (readsNothing && !query.Select.Distinct) return new QueryInfo { HasSelectValue = hasSelectValue };

        if (DistinctCount.Of(query) is { } count)
        {
            var inner = Plan(count.Distinct, hasSelectValue) with { DistinctCountAlias = count.Alias };
            return inner.RewrittenQuery.Length > 0 ? inner : inner with { RewrittenQuery = SqlWriter.Write(count.Distinct) };
        }

        return Plan(query, hasSelectValue);
    }

    private QueryInfo Plan(SqlQuery query, bool hasSelectValue)
    {
        var projection = Projection.Of(query);
        var grouped = query.GroupBy is not null;
        var ordered = query.OrderBy is not null && !projection.HasAggregates && !IsOrderedByAggregate(query);
        var info = new QueryInfo
        {
            DistinctType = DistinctTypeOf(query),
            Top = query.Select.Top is { } top ? RowCounts.Of(top, parameters) : null,
            HasSelectValue = hasSelectValue,
            GroupByExpressions = Texts(query.GroupBy?.Keys ?? []),
            Aggregates = projection.Aggregate is { } aggregate ? [aggregate] : [],
            HasNonStreamingOrderBy = query.OrderBy?.Items.All(orderByCheck.IsStreamed) == false,
        };
        if ((grouped || projection.HasAggregates) && !hasSelectValue)
        {
            info = info with
            {
                GroupByAliases = [.. projection.Names.Select(name => name.Name)],
                GroupByAliasToAggregateType = projection.Names.ToDictionary(name => name.Name, name => name.Aggregate),
            };
        }

        if (ordered)
        {
            info = info with
            {
                OrderByDescending = [.. query.OrderBy!.Items.Select(item => IsDescending(query, item))],
                OrderByExpressions = Texts(query.OrderBy.Items.Select(item => item.Expression)),
            };
        }

        // What merges or drops rows at the client leaves row limits to it as well.
        var clientLimits = grouped || query.Select.Distinct || projection.Aggregate is not null;
        var rewritten = Select(query, projection, ordered);
        if (clientLimits && (query.Select.Top is not null || query.OffsetLimit is not null))
        {
            rewritten = rewritten with { Select = rewritten.Select with { Top = null }, OffsetLimit = null };
        }

        if (query.OffsetLimit is { } limits && (clientLimits || !isSingle))
        {
            var (offset, limit) = (RowCounts.Of(limits.Offset, parameters)!.Value, RowCounts.Of(limits.Limit, parameters)!.Value);
            info = info with { Offset = offset, Limit = limit };
            if (!clientLimits) rewritten = rewritten with { OffsetLimit = FirstRows(unchecked(offset + limit)) };
        }

        return ReferenceEquals(rewritten, query) ? info : info with { RewrittenQuery = SqlWriter.Write(rewritten) };
    }

    private static SqlQuery Select(SqlQuery query, Projection projection, bool ordered)
    {
        var payload = projection.Payload;
        if (query.GroupBy is { } groupBy)
        {
            var items = Items(groupBy.Keys);
            if (!ordered) return With(query, (items, "groupByItems"), (payload, "payload"));
            payload = AggregateRewrite.Object(("groupByItems", items), ("payload", payload));
        }

        if (ordered) return Ordered(query, payload);
        if (projection.Aggregate is not null) return query with { Select = query.Select with { Selection = new SqlSelectValue(payload) } };
        return projection.HasAggregates ? With(query, (payload, "payload")) : query;
    }

    private static SqlQuery Ordered(SqlQuery query, SqlExpression payload)
    {
        var where = query.Where is null ? Resumption : And(query.Where, Resumption);

        // SELECT VALUE yields no row for undefined; inside a list it would leave an empty payload.
        if (query is { Select.Selection: SqlSelectValue, GroupBy: null }) where = And(where, new SqlFunctionCall("IS_DEFINED", [payload]));
        var rid = new SqlMember(new SqlIdentifier(RootName.Of(query)), "_rid");
        var items = Items(query.OrderBy!.Items.Select(item => item.Expression));
        var rewritten = With(query, (rid, null), (items, "orderByItems"), (payload, "payload"));
        return rewritten with { Where = where, Select = rewritten.Select with { Distinct = false } };
    }

    private static SqlQuery With(SqlQuery query, params ReadOnlySpan<(SqlExpression Value, string? Alias)> items)
    {
        var list = new SqlSelectItem[items.Length];
        for (var i = 0; i < list.Length; i++) list[i] = new SqlSelectItem(items[i].Value, items[i].Alias);
        return query with { Select = query.Select with { Selection = new SqlSelectList([.. list]) } };
    }

    private static SqlArray Items(IEnumerable<SqlExpression> values) =>
        new([.. values.Select(value => AggregateRewrite.Object(("item", value)))]);

    private static SqlBinary And(SqlExpression left, SqlExpression right) => new(SqlBinaryOperator.And, left, right);

    private static SqlOffsetLimit FirstRows(uint count) => new(SqlLiterals.Integer(0), SqlLiterals.Integer(count));

    // Without a word of it the most similar come first, whichever way the numbers run.
    private bool IsDescending(SqlQuery query, SqlOrderItem item) =>
        VectorCall.Of(item.Expression, VectorSearch.RootOf(query) ?? "", vectors, parameters)?.Function.IsSimilarity() ?? item.Descending;

    private static string[] Texts(IEnumerable<SqlExpression> expressions) => [.. expressions.Select(SqlWriter.Write)];

    private static bool IsOrderedByAggregate(SqlQuery query) => query.OrderBy!.Items.Any(item => Cardinality.HasAggregate(item.Expression));

    private static DistinctType DistinctTypeOf(SqlQuery query)
    {
        if (!query.Select.Distinct) return DistinctType.None;
        var inOrder = query.Select.Selection is SqlSelectValue { Expression: var value }
            && query.OrderBy is { Items: [var item] }
            && item.Expression == value;
        return inOrder ? DistinctType.Ordered : DistinctType.Unordered;
    }
}
