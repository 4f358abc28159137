using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Planning.Ranges;

/// <summary>A set of arrays or of objects: some given ones, or all but some given ones.</summary>
internal sealed class ConstantSet
{
    public static readonly ConstantSet Empty = new([], except: false);
    public static readonly ConstantSet All = new([], except: true);

    private readonly HashSet<SqlValue> _values;
    private readonly bool _except;

    private ConstantSet(HashSet<SqlValue> values, bool except)
    {
        _values = values;
        _except = except;
    }

    public bool IsEmpty => !_except && _values.Count == 0;

    /// <summary>The members, where they are given; null for "all but".</summary>
    public IReadOnlyCollection<SqlValue>? Points => _except ? null : _values;

    /// <summary>The values left out, where those are given; none otherwise.</summary>
    public IReadOnlyCollection<SqlValue> Exceptions => _except ? _values : [];

    public static ConstantSet Of(IEnumerable<SqlValue> values) => new([.. values], except: false);

    public ConstantSet Complement() => new(_values, !_except);

    public ConstantSet Union(ConstantSet other) => Complement().Intersect(other.Complement()).Complement();

    public ConstantSet Intersect(ConstantSet other) => (_except, other._except) switch
    {
        (true, true) => new([.. _values, .. other._values], except: true),
        (true, false) => Of(other._values.Where(value => !_values.Contains(value))),
        (false, true) => other.Intersect(this),
        _ => Of(_values.Where(other._values.Contains)),
    };
}
