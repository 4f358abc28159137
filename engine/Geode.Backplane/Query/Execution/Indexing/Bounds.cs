using Geode.Backplane.Query.Values;
using Geode.Backplane.Storage.Indexes;

namespace Geode.Backplane.Query.Execution.Indexing;

/// <summary>Index ranges of the comparisons, which never leave the type they compare.</summary>
internal static class Bounds
{
    /// <summary>A comparison that no value meets.</summary>
    public static readonly PathRange[] Nothing = [];

    public static PathRange[] Equal(in SqlValue value) => value.IsUndefined ? Nothing : [PathRange.Of(value)];

    public static PathRange[] Below(in SqlValue value, bool inclusive) => IsOrdered(value)
        ? [new PathRange(StartOf(value.Kind)!.Value, inclusive ? PathEntry.After(value) : PathEntry.Before(value))]
        : Nothing;

    public static PathRange[] Above(in SqlValue value, bool inclusive) => IsOrdered(value)
        ? [new PathRange(inclusive ? PathEntry.Before(value) : PathEntry.After(value), StartOf(value.Kind + 1))]
        : Nothing;

    public static PathRange[] Between(in SqlValue low, in SqlValue high) => low.Kind == high.Kind && IsOrdered(low)
        ? [new PathRange(PathEntry.Before(low), PathEntry.After(high))]
        : Nothing;

    public static PathRange[] OfKind(SqlKind kind) => [new PathRange(StartOf(kind)!.Value, StartOf(kind + 1))];

    public static PathRange[] Defined() => [new PathRange(StartOf(SqlKind.Null)!.Value, null)];

    public static PathRange[] WithPrefix(string prefix) => prefix.Length == 0
        ? OfKind(SqlKind.String)
        : [new PathRange(PathEntry.Before(SqlValue.From(prefix)), Successor(prefix) is { } next ? PathEntry.Before(SqlValue.From(next)) : StartOf(SqlKind.Array))];

    private static bool IsOrdered(in SqlValue value) => value.Kind is not (SqlKind.Undefined or SqlKind.Array or SqlKind.Object);

    /// <summary>The place before the smallest value of a type; null past the last type.</summary>
    private static PathEntry? StartOf(SqlKind kind) => kind switch
    {
        SqlKind.Undefined => PathEntry.Before(SqlValue.Undefined),
        SqlKind.Null => PathEntry.Before(SqlValue.Null),
        SqlKind.Boolean => PathEntry.Before(SqlValue.False),
        SqlKind.Number => PathEntry.Before(SqlValue.From(double.NaN)),
        SqlKind.String => PathEntry.Before(SqlValue.From("")),
        SqlKind.Array => PathEntry.Before(SqlValue.EmptyArray),
        SqlKind.Object => PathEntry.Before(SqlValue.From(Array.Empty<SqlField>())),
        _ => null,
    };

    /// <summary>The smallest string after all that start with the prefix.</summary>
    private static string? Successor(string prefix)
    {
        var kept = prefix.AsSpan().TrimEnd(char.MaxValue);
        return kept.IsEmpty ? null : string.Concat(kept[..^1], [(char)(kept[^1] + 1)]);
    }
}
