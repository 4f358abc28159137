using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Execution.Compilation;

/// <summary>
/// Comparison operators. Equality is defined between any two defined values, so that <c>c.x != null</c> holds for every other
/// value of x; order is defined within one primitive type and undefined otherwise.
/// </summary>
internal static class Comparisons
{
    public static SqlValue Equal(SqlValue left, SqlValue right) =>
        left.IsUndefined || right.IsUndefined ? SqlValue.Undefined : SqlValue.From(left.Equals(right));

    public static SqlValue NotEqual(SqlValue left, SqlValue right) =>
        left.IsUndefined || right.IsUndefined ? SqlValue.Undefined : SqlValue.From(!left.Equals(right));

    public static SqlValue Less(SqlValue left, SqlValue right) =>
        Comparable(left, right) ? SqlValue.From(SqlValue.Compare(left, right) < 0) : SqlValue.Undefined;

    public static SqlValue LessOrEqual(SqlValue left, SqlValue right) =>
        Comparable(left, right) ? SqlValue.From(SqlValue.Compare(left, right) <= 0) : SqlValue.Undefined;

    public static SqlValue Greater(SqlValue left, SqlValue right) =>
        Comparable(left, right) ? SqlValue.From(SqlValue.Compare(left, right) > 0) : SqlValue.Undefined;

    public static SqlValue GreaterOrEqual(SqlValue left, SqlValue right) =>
        Comparable(left, right) ? SqlValue.From(SqlValue.Compare(left, right) >= 0) : SqlValue.Undefined;

    private static bool Comparable(in SqlValue left, in SqlValue right)
    {
        var kind = left.Kind;
        return kind == right.Kind && kind is not (SqlKind.Undefined or SqlKind.Array or SqlKind.Object);
    }
}
