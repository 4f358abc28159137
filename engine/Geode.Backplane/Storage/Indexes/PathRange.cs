using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Storage.Indexes;

/// <summary>The entries from a place up to, but not including, another; null for the end of the index.</summary>
public readonly record struct PathRange(PathEntry Start, PathEntry? End)
{
    /// <summary>Every entry.</summary>
    public static PathRange All { get; } = new(PathEntry.Before(SqlValue.Undefined), null);

    /// <summary>The entries with one value.</summary>
    public static PathRange Of(in SqlValue value) => new(PathEntry.Before(value), PathEntry.After(value));

    public bool IsEmpty => End is { } end && Start.CompareTo(end) >= 0;
}
