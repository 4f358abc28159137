namespace Geode.Backplane.Query.Syntax;

/// <summary>Walks over query trees.</summary>
public static class SqlTree
{
    /// <summary>The expressions directly under an expression; a subquery counts as a leaf.</summary>
    public static IEnumerable<SqlExpression> Children(SqlExpression expression)
    {
        switch (expression)
        {
            case SqlMember member: return [member.Target];
            case SqlIndexer indexer: return [indexer.Target, indexer.Index];
            case SqlFunctionCall call: return call.Arguments;
            case SqlArray array: return array.Items;
            case SqlObject @object: return @object.Properties.Select(property => property.Value);
            case SqlUnary unary: return [unary.Operand];
            case SqlBinary binary: return [binary.Left, binary.Right];
            case SqlCoalesce coalesce: return [coalesce.Left, coalesce.Right];
            case SqlConditional conditional: return [conditional.Condition, conditional.WhenTrue, conditional.Otherwise];
            case SqlIn membership: return membership.Items.Prepend(membership.Needle);
            case SqlBetween between: return [between.Operand, between.Low, between.High];
            case SqlLike like: return [like.Operand, like.Pattern];
            default: return [];
        }
    }

    /// <summary>Whether the expression or one under it satisfies the condition; subqueries are not entered.</summary>
    public static bool Any(SqlExpression expression, Func<SqlExpression, bool> condition) =>
        condition(expression) || Children(expression).Any(child => Any(child, condition));

    /// <summary>Every expression of one query: SELECT, FROM, WHERE, GROUP BY, ORDER BY; subqueries are not entered.</summary>
    public static IEnumerable<SqlExpression> Expressions(SqlQuery query)
    {
        var selected = query.Select.Selection switch
        {
            SqlSelectValue value => [value.Expression],
            SqlSelectList list => list.Items.Select(item => item.Expression),
            _ => Enumerable.Empty<SqlExpression>(),
        };
        var filters = query.Where is null ? [] : new[] { query.Where };
        var keys = query.GroupBy?.Keys ?? SqlList<SqlExpression>.Empty;
        var order = query.OrderBy?.Items.Select(item => item.Expression) ?? [];
        return [.. selected, .. filters, .. keys, .. order];
    }

    /// <summary>The subqueries directly under a query, in its FROM clause and in its expressions.</summary>
    public static IEnumerable<SqlQuery> Subqueries(SqlQuery query)
    {
        var sources = query.From?.Sources ?? SqlList<SqlSource>.Empty;
        var collections = sources.Select(source => source.Collection).OfType<SqlSubqueryCollection>();
        return [.. collections.Select(collection => collection.Query), .. Expressions(query).SelectMany(Subqueries)];
    }

    private static IEnumerable<SqlQuery> Subqueries(SqlExpression expression) => expression is SqlSubquery subquery
        ? [subquery.Query]
        : Children(expression).SelectMany(Subqueries);
}
