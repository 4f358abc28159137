using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Functions;

/// <summary>Functions of 64-bit integers; they wrap around, and what is not an integer gives undefined.</summary>
internal static class IntegerFunctions
{
    public static void Register(FunctionTable table)
    {
        table.Integer("IntAdd", (a, b) => unchecked(a + b));
        table.Integer("IntSub", (a, b) => unchecked(a - b));
        table.Integer("IntMul", (a, b) => unchecked(a * b));
        table.Integer("IntDiv", Divide);
        table.Integer("IntMod", (a, b) => b == 0 ? null : b == -1 ? 0 : a % b);
        table.Integer("IntBitAnd", (a, b) => a & b);
        table.Integer("IntBitOr", (a, b) => a | b);
        table.Integer("IntBitXor", (a, b) => a ^ b);
        table.Integer("IntBitLeftShift", (a, b) => a << (int)(b & 63));
        table.Integer("IntBitRightShift", (a, b) => a >> (int)(b & 63));
        table.Any("IntBitNot", value => value.TryGetInteger(out var integer) ? SqlValue.From(~integer) : SqlValue.Undefined);
    }

    private static long? Divide(long a, long b) => b switch
    {
        0 => null,
        // The one quotient that does not fit 64 bits wraps to itself.
        -1 => unchecked(-a),
        _ => a / b,
    };
}
