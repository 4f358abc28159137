using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Tests.Query.Naive;

/// <summary>GROUP BY, and aggregates without one: a group of all rows, even if there are none.</summary>
internal static class NaiveGroups
{
    public sealed record Group(NaiveScope? Scope, NaiveValue[] Keys, List<NaiveRow> Rows);

    public static bool IsGrouped(SqlQuery query) => query.GroupBy is not null || (query.Select.Selection switch
    {
        SqlSelectValue value => SqlTree.Any(value.Expression, NaiveAggregates.IsAggregate),
        SqlSelectList list => list.Items.Any<SqlSelectItem>(item => SqlTree.Any(item.Expression, NaiveAggregates.IsAggregate)),
        _ => false,
    });

    /// <summary>The groups in the order of their keys.</summary>
    public static List<Group> Of(SqlQuery query, NaiveScope? outer, List<NaiveRow> rows)
    {
        if (query.GroupBy is null)
            return [new Group(rows.Count > 0 ? rows[0].Scope : Nothing(query.From, outer), [], rows)];

        var groups = new List<Group>();
        foreach (var row in rows)
        {
            NaiveValue[] keys = [.. query.GroupBy.Keys.Select(key => NaiveExpression.Value(key, row.Scope))];
            var group = groups.Find(group => group.Keys.Zip(keys).All(pair => NaiveOrder.Same(pair.First, pair.Second)));
            if (group is null)
                groups.Add(group = new Group(row.Scope, keys, []));
            group.Rows.Add(row);
        }

        return [.. groups.OrderBy(group => NaiveValue.Of(group.Keys), Comparer<NaiveValue>.Create(NaiveOrder.Compare))];
    }

    // The query's own names stand for nothing; those of the queries around it for what they did.
    private static NaiveScope? Nothing(SqlFrom? from, NaiveScope? outer)
    {
        foreach (var source in from?.Sources ?? [])
        {
            if (source.BoundName is { } name)
                outer = new NaiveScope(name, NaiveValue.Undefined, outer);
        }

        return outer;
    }
}
