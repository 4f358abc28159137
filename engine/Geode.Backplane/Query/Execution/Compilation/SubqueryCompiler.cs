using Geode.Backplane.Query.Syntax;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Execution.Compilation;

/// <summary>Queries in the place of an expression.</summary>
internal static class SubqueryCompiler
{
    public static Code Compile(SqlSubquery subquery, ExpressionCompiler expressions, Scope scope)
    {
        var query = NestedQuery.Compile(subquery.Query, expressions, scope);
        return subquery.Kind switch
        {
            SqlSubqueryKind.Exists => new Code(frame => SqlValue.From(query.Run(frame, 1).Count > 0)),
            SqlSubqueryKind.Array => new Code(frame => SqlValue.From([.. query.Run(frame)])),
            SqlSubqueryKind.First => new Code(frame => query.Run(frame, 1) is [var first, ..] ? first : SqlValue.Undefined),
            SqlSubqueryKind.Last => new Code(frame => query.Run(frame) is [.., var last] ? last : SqlValue.Undefined),
            _ => new Code(frame => query.Run(frame, 2) switch
            {
                [] => SqlValue.Undefined,
                [var only] => only,
                _ => throw new QueryException("The cardinality of a scalar subquery result set cannot be greater than one."),
            }),
        };
    }
}
