using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Storage.Indexes;

/// <summary>
/// A place in a path index: entries are ordered by value, then by document. Rid 0 lies before and the largest Rid after all
/// documents with the value.
/// </summary>
public readonly record struct PathEntry(SqlValue Key, ulong Rid) : IComparable<PathEntry>
{
    public static PathEntry Before(in SqlValue key) => new(key, 0);

    public static PathEntry After(in SqlValue key) => new(key, ulong.MaxValue);

    public int CompareTo(PathEntry other)
    {
        var order = SqlValue.Compare(Key, other.Key);
        return order != 0 ? order : Rid.CompareTo(other.Rid);
    }
}
