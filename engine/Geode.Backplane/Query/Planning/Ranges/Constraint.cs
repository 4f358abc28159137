using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Planning.Ranges;

/// <summary>
/// What must hold of the values at some paths for a row to pass: alternatives, each of which bounds paths together. One
/// alternative without bounds lets everything pass; no alternative, nothing.
/// </summary>
internal sealed class Constraint
{
    public static readonly Constraint Always = new([new Dictionary<ValuePath, ValueSet>()]);
    public static readonly Constraint Never = new([]);

    // Beyond this many alternatives precision is given up: the answer gets wider, never wrong.
    private const int MaxAlternatives = 4096;
    private const int MaxProduct = 1024;

    private readonly IReadOnlyList<Dictionary<ValuePath, ValueSet>> _alternatives;

    private Constraint(IReadOnlyList<Dictionary<ValuePath, ValueSet>> alternatives) => _alternatives = alternatives;

    public bool IsNever => _alternatives.Count == 0;

    public bool IsAlways => _alternatives.Any(alternative => alternative.Count == 0);

    public IReadOnlyList<IReadOnlyDictionary<ValuePath, ValueSet>> Alternatives => _alternatives;

    public static Constraint When(bool condition) => condition ? Always : Never;

    public static Constraint Any(IEnumerable<Constraint> constraints)
    {
        // Pair by pair, so that many small ones do not each copy a growing one.
        var rest = constraints.ToList();
        while (rest.Count > 1)
        {
            var pairs = new List<Constraint>((rest.Count + 1) / 2);
            for (var i = 0; i < rest.Count; i += 2) pairs.Add(i + 1 < rest.Count ? rest[i].Or(rest[i + 1]) : rest[i]);
            rest = pairs;
        }

        return rest.Count == 0 ? Never : rest[0];
    }

    public static Constraint On(ValuePath path, ValueSet values)
    {
        if (path.IsDocument) values = values.Intersect(ValueSet.Defined);
        if (values.IsEmpty) return Never;
        var bounds = new Dictionary<ValuePath, ValueSet> { [path] = values };
        if (values.HasUndefined) return new([bounds]);

        // What has a property is an object, and what has an item is an array.
        for (var step = path; step.Parent is { } parent; step = parent)
        {
            bounds[parent] = step.Name is null ? ValueSet.AllArrays : ValueSet.AllObjects;
        }

        return new([bounds]);
    }

    public Constraint And(Constraint other)
    {
        if (IsNever || other.IsNever) return Never;
        if (IsAlways) return other;
        if (other.IsAlways || (long)_alternatives.Count * other._alternatives.Count > MaxProduct) return this;

        var result = new List<Dictionary<ValuePath, ValueSet>>();
        foreach (var left in _alternatives)
        {
            foreach (var right in other._alternatives)
            {
                if (Intersect(left, right) is { } both) Append(result, both);
            }
        }

        return result.Count == 0 ? Never : new(result);
    }

    public Constraint Or(Constraint other)
    {
        if (IsNever || other.IsAlways) return other;
        if (other.IsNever || IsAlways) return this;
        var result = new List<Dictionary<ValuePath, ValueSet>>(_alternatives);
        foreach (var alternative in other._alternatives) Append(result, alternative);
        return result.Count > MaxAlternatives ? Always : new(result);
    }

    /// <summary>Drops the alternatives in which an object's given value contradicts what is said of its properties.</summary>
    public Constraint Consistent() => _alternatives.All(IsConsistent) ? this : new([.. _alternatives.Where(IsConsistent)]);

    private static bool IsConsistent(Dictionary<ValuePath, ValueSet> alternative)
    {
        foreach (var (path, values) in alternative)
        {
            if (path is not { Parent: { } parent, Name: { } name } || values.HasUndefined) continue;
            if (!alternative.TryGetValue(parent, out var outer) || outer.Objects.Points is not { } objects) continue;
            var property = new PropertyName(name);
            if (objects.All(value => ValueSet.Of(value[property]).Intersect(values).IsEmpty)) return false;
        }

        return true;
    }

    private static Dictionary<ValuePath, ValueSet>? Intersect(Dictionary<ValuePath, ValueSet> left, Dictionary<ValuePath, ValueSet> right)
    {
        var both = new Dictionary<ValuePath, ValueSet>(left);
        foreach (var (path, values) in right)
        {
            var common = both.TryGetValue(path, out var present) ? present.Intersect(values) : values;
            if (common.IsEmpty) return null;
            both[path] = common;
        }

        return both;
    }

    // Two alternatives that differ in the bounds of one path alone are one alternative with the union of these.
    private static void Append(List<Dictionary<ValuePath, ValueSet>> alternatives, Dictionary<ValuePath, ValueSet> added)
    {
        if (alternatives.Count > 0 && OnlyDifference(alternatives[^1], added) is { } path)
        {
            alternatives[^1] = new(alternatives[^1]) { [path] = alternatives[^1][path].Union(added[path]) };
        }
        else
        {
            alternatives.Add(added);
        }
    }

    private static ValuePath? OnlyDifference(Dictionary<ValuePath, ValueSet> left, Dictionary<ValuePath, ValueSet> right)
    {
        if (left.Count != right.Count) return null;
        ValuePath? difference = null;
        foreach (var (path, values) in left)
        {
            if (!right.TryGetValue(path, out var others)) return null;
            if (ReferenceEquals(values, others)) continue;
            if (difference is not null) return null;
            difference = path;
        }

        return difference;
    }
}
