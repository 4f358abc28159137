using Geode.Backplane.Query.Functions;
using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Query.Planning.Binding;

/// <summary>How many rows queries yield, and what they aggregate.</summary>
internal static class Cardinality
{
    /// <summary>Whether a query yields at most one row for each row around it.</summary>
    public static bool IsSingle(SqlQuery query) =>
        query.GroupBy is null && (IsAggregated(query) || query.From is null || query.From.Sources.All(IsSingle));

    /// <summary>The same, as if aggregates were functions like any other.</summary>
    public static bool IsSingleWithoutAggregates(SqlQuery query) => query.GroupBy is null
        && (query.From is null ? SqlTree.Subqueries(query).All(IsSingleWithoutAggregates) : query.From.Sources.All(IsSingle));

    public static bool IsAggregated(SqlQuery query) => Selected(query).Any(HasAggregate) || Ordered(query).Any(HasAggregate);

    public static bool HasAggregate(SqlExpression expression) => SqlTree.Any(expression, IsAggregate);

    public static bool IsAggregate(SqlExpression expression) =>
        expression is SqlFunctionCall { Udf: false } call && FunctionRegistry.IsAggregate(call.Name);

    /// <summary>The aggregates in an expression, those in its subqueries aside.</summary>
    public static IEnumerable<SqlFunctionCall> Aggregates(SqlExpression expression) =>
        IsAggregate(expression) ? [(SqlFunctionCall)expression] : SqlTree.Children(expression).SelectMany(Aggregates);

    public static IEnumerable<SqlExpression> Selected(SqlQuery query) => query.Select.Selection switch
    {
        SqlSelectValue value => [value.Expression],
        SqlSelectList list => list.Items.Select(item => item.Expression),
        _ => [],
    };

    private static IEnumerable<SqlExpression> Ordered(SqlQuery query) => query.OrderBy?.Items.Select(item => item.Expression) ?? [];

    private static bool IsSingle(SqlSource source) =>
        source is SqlAliasedSource && (source.Collection is not SqlSubqueryCollection subquery || IsSingle(subquery.Query));
}
