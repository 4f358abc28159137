using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Execution.Compilation;

/// <summary>Arithmetic on doubles and bit operations on 32-bit integers, both as JavaScript defines them; and string concatenation.</summary>
internal static class Arithmetic
{
    private const int ShiftMask = 31;

    public static SqlValue Add(SqlValue left, SqlValue right) =>
        left.IsNumber && right.IsNumber ? SqlValue.From(left.Number + right.Number) : SqlValue.Undefined;

    public static SqlValue Subtract(SqlValue left, SqlValue right) =>
        left.IsNumber && right.IsNumber ? SqlValue.From(left.Number - right.Number) : SqlValue.Undefined;

    public static SqlValue Multiply(SqlValue left, SqlValue right) =>
        left.IsNumber && right.IsNumber ? SqlValue.From(left.Number * right.Number) : SqlValue.Undefined;

    public static SqlValue Divide(SqlValue left, SqlValue right) =>
        left.IsNumber && right.IsNumber ? SqlValue.From(left.Number / right.Number) : SqlValue.Undefined;

    public static SqlValue Modulo(SqlValue left, SqlValue right) =>
        left.IsNumber && right.IsNumber ? SqlValue.From(left.Number % right.Number) : SqlValue.Undefined;

    public static SqlValue BitwiseAnd(SqlValue left, SqlValue right) =>
        left.IsNumber && right.IsNumber ? SqlValue.From((long)(ToInt32(left) & ToInt32(right))) : SqlValue.Undefined;

    public static SqlValue BitwiseOr(SqlValue left, SqlValue right) =>
        left.IsNumber && right.IsNumber ? SqlValue.From((long)(ToInt32(left) | ToInt32(right))) : SqlValue.Undefined;

    public static SqlValue BitwiseXor(SqlValue left, SqlValue right) =>
        left.IsNumber && right.IsNumber ? SqlValue.From((long)(ToInt32(left) ^ ToInt32(right))) : SqlValue.Undefined;

    public static SqlValue ShiftLeft(SqlValue left, SqlValue right) =>
        left.IsNumber && right.IsNumber ? SqlValue.From((long)(ToInt32(left) << (ToInt32(right) & ShiftMask))) : SqlValue.Undefined;

    public static SqlValue ShiftRight(SqlValue left, SqlValue right) =>
        left.IsNumber && right.IsNumber ? SqlValue.From((long)(ToInt32(left) >> (ToInt32(right) & ShiftMask))) : SqlValue.Undefined;

    public static SqlValue ShiftRightUnsigned(SqlValue left, SqlValue right) =>
        left.IsNumber && right.IsNumber ? SqlValue.From((long)((uint)ToInt32(left) >> (ToInt32(right) & ShiftMask))) : SqlValue.Undefined;

    public static SqlValue Complement(SqlValue value) => value.IsNumber ? SqlValue.From((long)~ToInt32(value)) : SqlValue.Undefined;

    public static SqlValue Concat(SqlValue left, SqlValue right) =>
        left.IsString && right.IsString ? SqlValue.From(left.Text + right.Text) : SqlValue.Undefined;

    /// <summary>Integers stay exact, so that the smallest one can be written.</summary>
    public static SqlValue Negate(SqlValue value) => !value.IsNumber
        ? SqlValue.Undefined
        : value.TryGetInteger(out var integer) && integer != long.MinValue && integer != 0 ? SqlValue.From(-integer) : SqlValue.From(-value.Number);

    // ECMAScript ToInt32: the integer part modulo 2^32.
    private static int ToInt32(in SqlValue value)
    {
        var number = value.Number;
        return double.IsFinite(number) ? unchecked((int)(uint)(long)Math.IEEERemainder(Math.Truncate(number), 4294967296.0)) : 0;
    }
}
