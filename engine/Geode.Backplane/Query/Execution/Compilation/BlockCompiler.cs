using Geode.Backplane.Query.Execution.Aggregation;
using Geode.Backplane.Query.Syntax;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Execution.Compilation;

/// <summary>Compiles one SELECT, the query's own or a subquery's.</summary>
internal static class BlockCompiler
{
    /// <param name="readsContainer">The first name of its FROM clause, if it is in no scope, is the container's.</param>
    public static Block Compile(SqlQuery query, ExpressionCompiler expressions, Scope? outer, bool readsContainer)
    {
        var scope = new Scope(outer);
        var sources = SourceCompiler.Compile(query.From, expressions, scope, readsContainer);
        var filter = query.Where is null ? (Code?)null : expressions.Compile(query.Where, scope);

        scope.Aggregates = new AggregateSet();
        var aggregates = scope.Aggregates;
        var project = Projection(query, expressions, scope);
        var grouped = query.GroupBy is not null || aggregates.Count > 0;
        scope.Aggregates = grouped ? aggregates : null;
        var order = Order(query.OrderBy, expressions, scope);
        scope.Aggregates = null;

        var keep = filter is null || filter.Value.Constant is { IsTrue: true } ? null : filter.Value.Run;
        return new Block
        {
            Rows = sink => sources.Bind(keep is null ? sink : frame => !keep(frame).IsTrue || sink(frame)),
            Slots = sources.Slots,
            HasJoins = sources.HasJoins,
            Filter = keep,
            Project = project,
            MayYieldNothing = query.Select.Selection is SqlSelectValue,
            ProjectsDocument = sources.BindsDocumentOnly && IsWholeRow(query.Select.Selection, scope),
            GroupKeys = query.GroupBy is null ? [] : Array.ConvertAll(expressions.CompileAll(query.GroupBy.Keys, scope), key => key.Run),
            Aggregates = aggregates,
            Order = order,
            Distinct = query.Select.Distinct,
            Offset = query.OffsetLimit is null ? 0 : RowCount.Compile(query.OffsetLimit.Offset, "OFFSET", expressions),
            Limit = Limit(query, expressions),
        };
    }

    private static long? Limit(SqlQuery query, ExpressionCompiler expressions)
    {
        var top = query.Select.Top is { } written ? RowCount.Compile(written, "TOP", expressions) : (long?)null;
        var limit = query.OffsetLimit is { } clause ? RowCount.Compile(clause.Limit, "LIMIT", expressions) : (long?)null;
        return top is null ? limit : limit is null ? top : Math.Min(top.Value, limit.Value);
    }

    private static SortKey[] Order(SqlOrderBy? orderBy, ExpressionCompiler expressions, Scope scope)
    {
        if (orderBy is null)
        {
            return [];
        }

        if (orderBy.Rank)
        {
            throw new QueryException("The ORDER BY RANK clause is not supported in subqueries.");
        }

        var keys = new SortKey[orderBy.Items.Count];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = new SortKey(expressions.Compile(orderBy.Items[i].Expression, scope).Run, orderBy.Items[i].Descending);
        }

        return keys;
    }

    private static Evaluator Projection(SqlQuery query, ExpressionCompiler expressions, Scope scope)
    {
        switch (query.Select.Selection)
        {
            case SqlSelectValue value:
                return expressions.Compile(value.Expression, scope).Run;
            case SqlSelectList list:
                var names = SelectNames.Of(list);
                var values = new Code[names.Length];
                for (var i = 0; i < names.Length; i++)
                {
                    values[i] = expressions.Compile(list.Items[i].Expression, scope);
                }

                return Constructors.Object(names, values).Run;
            default:
                if (query.From is not { Sources: { Count: 1 } sources } || sources[0].BoundName is not { } name || !scope.TryFind(name, out var slot))
                {
                    throw new QueryException("'SELECT *' is only valid with a single input set.");
                }

                return frame => frame.Slots[slot];
        }
    }

    private static bool IsWholeRow(SqlSelection selection, Scope scope) => selection switch
    {
        SqlSelectStar => true,
        SqlSelectValue { Expression: SqlIdentifier { Name: var name } } => scope.TryFind(name, out var slot) && slot == CompilerContext.DocumentSlot,
        _ => false,
    };
}
