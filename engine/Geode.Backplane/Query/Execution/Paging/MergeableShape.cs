using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Query.Execution.Paging;

/// <summary>
/// Recognises the aggregates as the query plan rewrites them, which the client merges over all pages it gets: each is wrapped as
/// <c>{"item": …}</c>, and all stand in an array or under the name payload.
/// </summary>
internal static class MergeableShape
{
    public static bool Matches(SqlQuery query) => query.Select is { Top: null, Distinct: false } && query.OffsetLimit is null && query.Select.Selection switch
    {
        SqlSelectValue { Expression: SqlArray array } => array.Items.Count > 0 && array.All(IsItem),
        SqlSelectList list => list.Items.Any<SqlSelectItem>(item => item.Alias == "payload"),
        _ => false,
    };

    private static bool All(this SqlArray array, Func<SqlExpression, bool> test) => array.Items.All<SqlExpression>(test);

    private static bool IsItem(SqlExpression expression) => expression is SqlObject { Properties: { Count: > 0 } properties } && properties[0].Name == "item";
}
