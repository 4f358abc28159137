using Geode.Backplane.Query.Syntax;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Execution.Compilation;

/// <summary>The operators, except LIKE.</summary>
internal static class Operators
{
    public static Code Unary(SqlUnaryOperator op, Code operand)
    {
        var run = operand.Run;
        Func<SqlValue, SqlValue> body = op switch
        {
            SqlUnaryOperator.Not => value => value.IsBoolean ? SqlValue.From(value.IsFalse) : SqlValue.Undefined,
            SqlUnaryOperator.Plus => value => value.IsNumber ? value : SqlValue.Undefined,
            SqlUnaryOperator.Minus => Arithmetic.Negate,
            _ => Arithmetic.Complement,
        };
        return Code.Fold(operand.IsConstant, frame => body(run(frame)));
    }

    public static Code Binary(SqlBinaryOperator op, Code left, Code right)
    {
        var (a, b) = (left.Run, right.Run);
        var constant = left.IsConstant && right.IsConstant;
        var body = Body(op);
        if (!constant && right.Constant is { } fixedRight)
        {
            return new Code(frame => body(a(frame), fixedRight));
        }

        return Code.Fold(constant, frame => body(a(frame), b(frame)));
    }

    public static Code Coalesce(Code left, Code right)
    {
        var (a, b) = (left.Run, right.Run);
        return Code.Fold(left.IsConstant && right.IsConstant, frame =>
        {
            var value = a(frame);
            return value.IsUndefined ? b(frame) : value;
        });
    }

    public static Code Conditional(Code condition, Code whenTrue, Code otherwise)
    {
        var (test, yes, no) = (condition.Run, whenTrue.Run, otherwise.Run);
        return Code.Fold(
            condition.IsConstant && whenTrue.IsConstant && otherwise.IsConstant,
            frame => test(frame).IsTrue ? yes(frame) : no(frame));
    }

    public static Code In(Code needle, Code[] items)
    {
        var run = needle.Run;
        if (items.All(item => item.IsConstant))
        {
            var set = items.Select(item => item.Constant!.Value).ToHashSet();
            return Code.Fold(needle.IsConstant, frame =>
            {
                var value = run(frame);
                return value.IsUndefined ? value : SqlValue.From(set.Contains(value));
            });
        }

        var runs = Array.ConvertAll(items, item => item.Run);
        return new Code(frame =>
        {
            var value = run(frame);
            return value.IsUndefined ? value : SqlValue.From(Array.Exists(runs, item => item(frame).Equals(value)));
        });
    }

    public static Code Between(Code operand, Code low, Code high)
    {
        var (run, from, to) = (operand.Run, low.Run, high.Run);
        return Code.Fold(operand.IsConstant && low.IsConstant && high.IsConstant, frame =>
        {
            var value = run(frame);
            return LogicalChain.And(Comparisons.GreaterOrEqual(value, from(frame)), Comparisons.LessOrEqual(value, to(frame)));
        });
    }

    private static Func<SqlValue, SqlValue, SqlValue> Body(SqlBinaryOperator op) => op switch
    {
        SqlBinaryOperator.Equal => Comparisons.Equal,
        SqlBinaryOperator.NotEqual => Comparisons.NotEqual,
        SqlBinaryOperator.Less => Comparisons.Less,
        SqlBinaryOperator.LessOrEqual => Comparisons.LessOrEqual,
        SqlBinaryOperator.Greater => Comparisons.Greater,
        SqlBinaryOperator.GreaterOrEqual => Comparisons.GreaterOrEqual,
        SqlBinaryOperator.Concat => Arithmetic.Concat,
        SqlBinaryOperator.Add => Arithmetic.Add,
        SqlBinaryOperator.Subtract => Arithmetic.Subtract,
        SqlBinaryOperator.Multiply => Arithmetic.Multiply,
        SqlBinaryOperator.Divide => Arithmetic.Divide,
        SqlBinaryOperator.Modulo => Arithmetic.Modulo,
        SqlBinaryOperator.BitwiseAnd => Arithmetic.BitwiseAnd,
        SqlBinaryOperator.BitwiseOr => Arithmetic.BitwiseOr,
        SqlBinaryOperator.BitwiseXor => Arithmetic.BitwiseXor,
        SqlBinaryOperator.ShiftLeft => Arithmetic.ShiftLeft,
        SqlBinaryOperator.ShiftRight => Arithmetic.ShiftRight,
        SqlBinaryOperator.ShiftRightUnsigned => Arithmetic.ShiftRightUnsigned,
        _ => throw new QueryException($"The operator {op} cannot be executed."),
    };
}
