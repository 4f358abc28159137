using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Execution.Aggregation;

/// <summary>The values of a GROUP BY, or of an ORDER BY: equal item by item, ordered as ORDER BY orders.</summary>
internal readonly struct GroupKey(SqlValue[] values) : IEquatable<GroupKey>, IComparable<GroupKey>
{
    public SqlValue[] Values => values;

    public bool Equals(GroupKey other) => values.AsSpan().SequenceEqual(other.Values);

    public override bool Equals(object? obj) => obj is GroupKey other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var value in values)
        {
            hash.Add(value.GetHashCode());
        }

        return hash.ToHashCode();
    }

    public int CompareTo(GroupKey other)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var order = SqlValue.Compare(values[i], other.Values[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }
}
