using Geode.Backplane.Query.Planning.Binding;
using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Query.Planning.Rewriting;

/// <summary>
/// A count of distinct rows, <c>SELECT VALUE COUNT(1) FROM (SELECT DISTINCT …)</c>: the client drops duplicates across
/// partitions and counts what is left.
/// </summary>
/// <param name="Distinct">The inner query, which the partitions answer.</param>
/// <param name="Alias">The name of the count; empty for SELECT VALUE.</param>
internal sealed record DistinctCount(SqlQuery Distinct, string Alias)
{
    public static DistinctCount? Of(SqlQuery query)
    {
        if (query is not { Where: null, GroupBy: null, OrderBy: null, OffsetLimit: null }) return null;
        if (query.From is not { Sources: [SqlAliasedSource { Collection: SqlSubqueryCollection { Query: var inner } }] }) return null;
        if (!inner.Select.Distinct) return null;
        return query.Select.Selection switch
        {
            SqlSelectValue value when CountsRows(value.Expression) => new(inner, ""),
            SqlSelectList { Items: [var item] } when CountsRows(item.Expression) => new(inner, item.Alias ?? ResultNames.Generated(1)),
            _ => null,
        };
    }

    // Only a count of something constant counts rows.
    private static bool CountsRows(SqlExpression expression) =>
        expression is SqlFunctionCall { Udf: false, Arguments: [SqlLiteral or SqlParameter] } call
        && call.Name.Equals("COUNT", StringComparison.OrdinalIgnoreCase);
}
