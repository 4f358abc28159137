namespace Geode.Backplane.Query.Syntax;

/// <summary>
/// Copies a tree with changes: a subclass overrides what it changes and calls the base for the rest. The places of nodes in
/// the text are kept.
/// </summary>
public abstract class SqlRewriter
{
    public virtual SqlQuery Rewrite(SqlQuery query) => query with
    {
        Select = query.Select with { Selection = Rewrite(query.Select.Selection) },
        From = query.From is null ? null : query.From with { Sources = Map(query.From.Sources, Rewrite) },
        Where = Optional(query.Where),
        GroupBy = query.GroupBy is null ? null : query.GroupBy with { Keys = Map(query.GroupBy.Keys, Rewrite) },
        OrderBy = query.OrderBy is null ? null : query.OrderBy with { Items = Map(query.OrderBy.Items, Rewrite) },
    };

    public virtual SqlSelection Rewrite(SqlSelection selection) => selection switch
    {
        SqlSelectValue value => value with { Expression = Rewrite(value.Expression) },
        SqlSelectList list => list with { Items = Map(list.Items, item => item with { Expression = Rewrite(item.Expression) }) },
        _ => selection,
    };

    public virtual SqlSource Rewrite(SqlSource source) => source.Collection is SqlSubqueryCollection subquery
        ? source with { Collection = subquery with { Query = Rewrite(subquery.Query) } }
        : source;

    public virtual SqlOrderItem Rewrite(SqlOrderItem item) => item with { Expression = Rewrite(item.Expression) };

    public virtual SqlExpression Rewrite(SqlExpression expression)
    {
        StackGuard.Check(expression.Span);
        return RewriteParts(expression);
    }

    private SqlExpression RewriteParts(SqlExpression expression) => expression switch
    {
        SqlMember node => node with { Target = Rewrite(node.Target) },
        SqlIndexer node => node with { Target = Rewrite(node.Target), Index = Rewrite(node.Index) },
        SqlFunctionCall node => node with { Arguments = Map(node.Arguments, Rewrite) },
        SqlArray node => node with { Items = Map(node.Items, Rewrite) },
        SqlObject node => node with { Properties = Map(node.Properties, property => property with { Value = Rewrite(property.Value) }) },
        SqlUnary node => node with { Operand = Rewrite(node.Operand) },
        SqlBinary node => node with { Left = Rewrite(node.Left), Right = Rewrite(node.Right) },
        SqlCoalesce node => node with { Left = Rewrite(node.Left), Right = Rewrite(node.Right) },
        SqlConditional node => node with
        {
            Condition = Rewrite(node.Condition),
            WhenTrue = Rewrite(node.WhenTrue),
            Otherwise = Rewrite(node.Otherwise),
        },
        SqlIn node => node with { Needle = Rewrite(node.Needle), Items = Map(node.Items, Rewrite) },
        SqlBetween node => node with { Operand = Rewrite(node.Operand), Low = Rewrite(node.Low), High = Rewrite(node.High) },
        SqlLike node => node with { Operand = Rewrite(node.Operand), Pattern = Rewrite(node.Pattern) },
        SqlSubquery node => node with { Query = Rewrite(node.Query) },
        _ => expression,
    };

    private SqlExpression? Optional(SqlExpression? expression) => expression is null ? null : Rewrite(expression);

    private static SqlList<T> Map<T>(SqlList<T> items, Func<T, T> change)
    {
        var changed = new T[items.Count];
        for (var i = 0; i < changed.Length; i++) changed[i] = change(items[i]);
        return [.. changed];
    }
}
