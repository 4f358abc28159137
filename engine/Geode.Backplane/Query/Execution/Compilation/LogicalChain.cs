using Geode.Backplane.Query.Syntax;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Execution.Compilation;

/// <summary>
/// AND and OR with three outcomes: one side can decide (false for AND, true for OR), otherwise anything but a boolean makes the
/// result undefined. Chains of one operator, which clients generate by the hundred, run as a loop.
/// </summary>
internal static class LogicalChain
{
    public static Code Compile(SqlBinary chain, ExpressionCompiler expressions, Scope scope)
    {
        var links = Links(chain);
        var codes = links.ConvertAll(link => expressions.Compile(link, scope));
        var runs = codes.ConvertAll(code => code.Run).ToArray();
        var decisive = chain.Operator == SqlBinaryOperator.Or;
        return Code.Fold(codes.TrueForAll(code => code.IsConstant), frame =>
        {
            var unknown = false;
            foreach (var run in runs)
            {
                var value = run(frame);
                if (decisive ? value.IsTrue : value.IsFalse)
                {
                    return SqlValue.From(decisive);
                }

                unknown |= !value.IsBoolean;
            }

            return unknown ? SqlValue.Undefined : SqlValue.From(!decisive);
        });
    }

    /// <summary>False if either is; true if both are; else undefined.</summary>
    public static SqlValue And(in SqlValue left, in SqlValue right)
    {
        if (left.IsFalse || right.IsFalse)
        {
            return SqlValue.False;
        }

        return left.IsTrue && right.IsTrue ? SqlValue.True : SqlValue.Undefined;
    }

    /// <summary>The operands of a chain of one operator, in order.</summary>
    public static List<SqlExpression> Links(SqlBinary chain)
    {
        var links = new List<SqlExpression>();
        SqlExpression rest = chain;
        while (rest is SqlBinary binary && binary.Operator == chain.Operator)
        {
            links.Add(binary.Right);
            rest = binary.Left;
        }

        links.Add(rest);
        links.Reverse();
        return links;
    }
}
