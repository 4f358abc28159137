using Geode.Backplane.Query.Execution;
using Geode.Backplane.Query.Planning.Binding;
using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Query.Planning.Rewriting;

/// <summary>
/// A count of distinct rows, <c>SELECT VALUE COUNT(1) FROM (SELECT DISTINCT …)</c>: the client drops duplicates across
/// partitions and counts what is left.
/// </summary>
/// <param name="Distinct">The inner query, which the partitions answer.</param>
/// <param name="Alias">The name of the count; empty for SELECT VALUE.</param>
/// <param name="CountsNothing">The count is of a value that is undefined.</param>
internal sealed record DistinctCount(SqlQuery Distinct, string Alias, bool CountsNothing)
{
    public static DistinctCount? Of(SqlQuery query, QueryParameters parameters)
    {
        if (query is not { Where: null, GroupBy: null, OrderBy: null, OffsetLimit: null }) return null;
        if (query.From is not { Sources: [SqlAliasedSource { Collection: SqlSubqueryCollection { Query: var inner } }] }) return null;
        if (!inner.Select.Distinct) return null;
        return query.Select.Selection switch
        {
            SqlSelectValue value when Counted(value.Expression) is { } counted => new(inner, "", IsUndefined(counted, parameters)),
            SqlSelectList { Items: [var item] } when Counted(item.Expression) is { } counted =>
                new(inner, item.Alias ?? ResultNames.Generated(1), IsUndefined(counted, parameters)),
            _ => null,
        };
    }

    // Only a count of something constant counts rows.
    private static SqlExpression? Counted(SqlExpression expression) =>
        expression is SqlFunctionCall { Udf: false, Arguments: [SqlLiteral or SqlParameter] } call
        && call.Name.Equals("COUNT", StringComparison.OrdinalIgnoreCase)
            ? call.Arguments[0]
            : null;

    private static bool IsUndefined(SqlExpression counted, QueryParameters parameters) =>
        counted is SqlUndefinedLiteral
        || (counted is SqlParameter parameter && (!parameters.TryGet(parameter.Name, out var value) || value.IsUndefined));
}
