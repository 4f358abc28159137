using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Tests.Query.Naive;

/// <summary>Operators on one or two values, and the parts of arrays and objects.</summary>
internal static class NaiveOperators
{
    private const double TwoTo32 = 4294967296;

    public static NaiveValue Part(NaiveValue whole, NaiveValue key) => (whole, key) switch
    {
        (NaiveObject @object, NaiveText name) => @object.Get(name.Value),
        (NaiveArray array, NaiveNumber at) when at.Value >= 0 && at.Value < array.Items.Length && at.Value % 1 == 0 => array.Items[(int)at.Value],
        _ => NaiveValue.Undefined,
    };

    public static NaiveValue Unary(SqlUnaryOperator op, NaiveValue value) => op switch
    {
        SqlUnaryOperator.Not => NaiveLogic.Not(value),
        _ when value is not NaiveNumber => NaiveValue.Undefined,
        SqlUnaryOperator.Plus => value,
        SqlUnaryOperator.Minus => NaiveValue.Of(-((NaiveNumber)value).Value),
        _ => NaiveValue.Of(~Bits(((NaiveNumber)value).Value)),
    };

    public static NaiveValue Binary(SqlBinaryOperator op, NaiveValue left, NaiveValue right) => op switch
    {
        SqlBinaryOperator.And => NaiveLogic.And(left, right),
        SqlBinaryOperator.Or => NaiveLogic.Or(left, right),
        SqlBinaryOperator.Equal => NaiveLogic.Equal(left, right),
        SqlBinaryOperator.NotEqual => NaiveLogic.Not(NaiveLogic.Equal(left, right)),
        SqlBinaryOperator.Less => NaiveLogic.Compare(left, right, order => order < 0),
        SqlBinaryOperator.LessOrEqual => NaiveLogic.Compare(left, right, order => order <= 0),
        SqlBinaryOperator.Greater => NaiveLogic.Compare(left, right, order => order > 0),
        SqlBinaryOperator.GreaterOrEqual => NaiveLogic.Compare(left, right, order => order >= 0),
        SqlBinaryOperator.Concat => left is NaiveText a && right is NaiveText b ? NaiveValue.Of(a.Value + b.Value) : NaiveValue.Undefined,
        _ => left is NaiveNumber x && right is NaiveNumber y ? NaiveValue.Of(Calculate(op, x.Value, y.Value)) : NaiveValue.Undefined,
    };

    private static double Calculate(SqlBinaryOperator op, double left, double right) => op switch
    {
        SqlBinaryOperator.Add => left + right,
        SqlBinaryOperator.Subtract => left - right,
        SqlBinaryOperator.Multiply => left * right,
        SqlBinaryOperator.Divide => left / right,
        SqlBinaryOperator.Modulo => left % right,
        SqlBinaryOperator.BitwiseAnd => Bits(left) & Bits(right),
        SqlBinaryOperator.BitwiseOr => Bits(left) | Bits(right),
        SqlBinaryOperator.BitwiseXor => Bits(left) ^ Bits(right),
        SqlBinaryOperator.ShiftLeft => Bits(left) << (Bits(right) & 31),
        SqlBinaryOperator.ShiftRight => Bits(left) >> (Bits(right) & 31),
        SqlBinaryOperator.ShiftRightUnsigned => (uint)Bits(left) >> (Bits(right) & 31),
        _ => throw new NotSupportedException(op.ToString()),
    };

    // As JavaScript has it: the whole part, counted around in 32 bits.
    private static int Bits(double number)
    {
        if (!double.IsFinite(number))
            return 0;
        var around = Math.Truncate(number) % TwoTo32;
        return unchecked((int)(uint)(long)(around < 0 ? around + TwoTo32 : around));
    }
}
