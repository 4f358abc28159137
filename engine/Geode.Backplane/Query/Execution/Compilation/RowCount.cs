using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Query.Execution.Compilation;

/// <summary>The numbers of TOP, OFFSET and LIMIT.</summary>
internal static class RowCount
{
    public static long Compile(SqlExpression expression, string clause, ExpressionCompiler expressions)
    {
        var value = expressions.Compile(expression, new Scope(null)).Constant;
        return value is { } number && number.TryGetInteger(out var count) && count is >= 0 and <= int.MaxValue
            ? count
            : throw new QueryException($"{clause} must be a whole number from 0 to {int.MaxValue}.");
    }
}
