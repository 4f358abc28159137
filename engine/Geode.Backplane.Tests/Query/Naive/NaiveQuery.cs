using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Tests.Query.Naive;

/// <summary>A row of a result, and the values it was ordered by.</summary>
internal sealed record NaiveResult(NaiveValue Value, NaiveValue[] Keys);

/// <summary>Runs a query as the language defines it, clause by clause, each over all rows of the one before.</summary>
internal static class NaiveQuery
{
    public static List<NaiveValue> Run(SqlQuery query, NaiveScope? outer, IReadOnlyList<NaiveValue>? container) =>
        Results(query, outer, container).ConvertAll(result => result.Value);

    /// <summary>The rows with the values that ORDER BY put them in order by.</summary>
    public static List<NaiveResult> Results(SqlQuery query, NaiveScope? outer, IReadOnlyList<NaiveValue>? container)
    {
        var rows = NaiveFrom.Rows(query.From, outer, container)
            .Where(row => query.Where is null || NaiveExpression.Value(query.Where, row.Scope).IsTrue)
            .ToList();
        var selected = NaiveGroups.IsGrouped(query)
            ? NaiveGroups.Of(query, outer, rows).Select(group => new NaiveResult(NaiveSelect.Value(query, group.Scope, group.Rows), []))
            : Ordered(query.OrderBy, rows).Select(row => new NaiveResult(NaiveSelect.Value(query, row.Row.Scope, null), row.Keys));
        var results = selected.Where(result => !result.Value.IsUndefined).ToList();
        if (query.Select.Distinct)
            results = Distinct(results);
        var offset = query.OffsetLimit is { } limits ? Count(limits.Offset) : 0;
        var limit = query.OffsetLimit is { } most ? Count(most.Limit) : query.Select.Top is { } top ? Count(top) : int.MaxValue;
        return [.. results.Skip(offset).Take(limit)];
    }

    /// <summary>By the keys, then by item, backwards if the first key descends, then as the rows of an item come.</summary>
    private static IEnumerable<(NaiveRow Row, NaiveValue[] Keys)> Ordered(SqlOrderBy? orderBy, List<NaiveRow> rows)
    {
        if (orderBy is null)
            return rows.Select(row => (row, Array.Empty<NaiveValue>()));
        var keyed = rows.Select(row => (Row: row, Keys: orderBy.Items.Select(item => NaiveExpression.Value(item.Expression, row.Scope)).ToArray()));
        return keyed.OrderBy(pair => pair, Comparer<(NaiveRow Row, NaiveValue[] Keys)>.Create((left, right) =>
        {
            for (var i = 0; i < left.Keys.Length; i++)
            {
                var order = NaiveOrder.Compare(left.Keys[i], right.Keys[i]);
                if (order != 0)
                    return orderBy.Items[i].Descending ? -order : order;
            }

            return (left.Row.Item - right.Row.Item) * (orderBy.Items[0].Descending ? -1 : 1);
        }));
    }

    private static List<NaiveResult> Distinct(List<NaiveResult> results)
    {
        var distinct = new List<NaiveResult>();
        foreach (var result in results)
        {
            if (!distinct.Exists(other => NaiveOrder.Same(other.Value, result.Value)))
                distinct.Add(result);
        }

        return distinct;
    }

    private static int Count(SqlExpression expression) => (int)((NaiveNumber)NaiveExpression.Value(expression, null)).Value;
}
