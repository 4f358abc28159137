using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Tests.Query.Naive;

/// <summary>The value of an expression, computed from its tree each time anew.</summary>
internal static class NaiveExpression
{
    /// <param name="group">The rows that aggregates look at; null where there are none.</param>
    public static NaiveValue Value(SqlExpression expression, NaiveScope? scope, IReadOnlyList<NaiveRow>? group = null)
    {
        switch (expression)
        {
            case SqlLiteral literal:
                return Literal(literal);
            case SqlIdentifier name:
                return (NaiveScope.Find(scope, name.Name) ?? throw new InvalidOperationException($"Nothing is called {name.Name}.")).Value;
            case SqlMember member:
                return NaiveOperators.Part(Of(member.Target), NaiveValue.Of(member.Name));
            case SqlIndexer indexer:
                return NaiveOperators.Part(Of(indexer.Target), Of(indexer.Index));
            case SqlArray array:
                return NaiveValue.Of(array.Items.Select(Of).Where(value => !value.IsUndefined));
            case SqlObject @object:
                return @object.Properties.Aggregate(new NaiveObject(), (made, property) => made.With(property.Name, Of(property.Value)));
            case SqlUnary unary:
                return NaiveOperators.Unary(unary.Operator, Of(unary.Operand));
            case SqlBinary binary:
                return NaiveOperators.Binary(binary.Operator, Of(binary.Left), Of(binary.Right));
            case SqlCoalesce coalesce:
                return Of(coalesce.Left) is { IsUndefined: false } left ? left : Of(coalesce.Right);
            case SqlConditional conditional:
                return Of(conditional.Condition).IsTrue ? Of(conditional.WhenTrue) : Of(conditional.Otherwise);
            case SqlIn isIn:
                return NaiveLogic.Not(NaiveLogic.In(Of(isIn.Needle), isIn.Items.Select(Of)), isIn.Negated);
            case SqlBetween between:
                var operand = Of(between.Operand);
                var above = NaiveLogic.Compare(operand, Of(between.Low), order => order >= 0);
                return NaiveLogic.Not(NaiveLogic.And(above, NaiveLogic.Compare(operand, Of(between.High), order => order <= 0)), between.Negated);
            case SqlLike like:
                return NaiveLogic.Not(NaiveLike.Value(Of(like.Operand), Of(like.Pattern), like.Escape), like.Negated);
            case SqlFunctionCall call when NaiveAggregates.IsAggregate(call):
                return NaiveAggregates.Value(call.Name, [.. group!.Select(row => Value(call.Arguments[0], row.Scope))]);
            case SqlFunctionCall call:
                return NaiveFunctions.Value(call.Name, [.. call.Arguments.Select(Of)]);
            case SqlSubquery subquery:
                return Subquery(subquery.Kind, NaiveQuery.Run(subquery.Query, scope, null));
            default:
                throw new NotSupportedException(expression.ToString());
        }

        NaiveValue Of(SqlExpression part) => Value(part, scope, group);
    }

    private static NaiveValue Literal(SqlLiteral literal) => literal switch
    {
        SqlNullLiteral => NaiveValue.Null,
        SqlBooleanLiteral boolean => NaiveValue.Of(boolean.Value),
        SqlNumberLiteral number => NaiveValue.Of(number.Value),
        SqlStringLiteral text => NaiveValue.Of(text.Value),
        _ => NaiveValue.Undefined,
    };

    private static NaiveValue Subquery(SqlSubqueryKind kind, List<NaiveValue> rows) => kind switch
    {
        SqlSubqueryKind.Exists => NaiveValue.Of(rows.Count > 0),
        SqlSubqueryKind.Array => NaiveValue.Of(rows),
        SqlSubqueryKind.First => rows.Count > 0 ? rows[0] : NaiveValue.Undefined,
        SqlSubqueryKind.Last => rows.Count > 0 ? rows[^1] : NaiveValue.Undefined,
        _ => rows.Count == 0 ? NaiveValue.Undefined : rows.Single(),
    };
}
