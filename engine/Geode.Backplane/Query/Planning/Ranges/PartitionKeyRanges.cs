using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Query.Syntax;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Planning.Ranges;

/// <summary>The ranges of effective partition keys in which a filter can find anything.</summary>
/// <param name="IsNothing">No document can pass the filter, or the query reads none.</param>
/// <param name="IsSingle">One logical partition at most.</param>
internal sealed record PartitionKeyRanges(IReadOnlyList<QueryRange> Ranges, bool IsNothing, bool IsSingle)
{
    private static readonly PartitionKeyRanges Nothing = new([new("", "", true, true)], IsNothing: true, IsSingle: true);
    private static readonly PartitionKeyRanges NothingOfMany =
        Nothing with { Ranges = [new(EffectivePartitionKey.Minimum, EffectivePartitionKey.Maximum, true, true)] };

    private static readonly PartitionKeyRanges Everything =
        new([new(EffectivePartitionKey.Minimum, EffectivePartitionKey.Maximum, true, false)], IsNothing: false, IsSingle: false);

    public static PartitionKeyRanges Of(SqlExpression filter, PartitionKeyDefinition definition, bool readsDocuments)
    {
        var constraint = Restriction.On(filter);
        if (constraint.IsNever || !readsDocuments) return definition.Scheme == PartitionKeyScheme.MultiHash ? NothingOfMany : Nothing;

        var paths = definition.Paths.Select(path => path.Segments.Aggregate(ValuePath.Document, (parent, name) => parent.Member(name))).ToArray();
        var keys = new HashSet<PartitionKeyValue>();
        foreach (var alternative in constraint.Alternatives)
        {
            foreach (var key in Keys(alternative, paths))
            {
                if (key.Count == 0) return Everything;
                keys.Add(key);
            }
        }

        keys.RemoveWhere(key => Prefixes(key).Any(keys.Contains));
        var ranges = keys.Select(key => Range(key, definition)).OrderBy(range => range.Min, StringComparer.Ordinal).ToArray();
        return new PartitionKeyRanges(ranges, IsNothing: false, IsSingle: keys.Count == 1 && keys.Single().Count == paths.Length);
    }

    private static IEnumerable<PartitionKeyValue> Prefixes(PartitionKeyValue key)
    {
        var levels = new PartitionKeyComponent[key.Count];
        for (var i = 0; i < levels.Length; i++) levels[i] = key[i];
        for (var count = 1; count < levels.Length; count++) yield return new PartitionKeyValue(levels.AsSpan(0, count));
    }

    private static QueryRange Range(PartitionKeyValue key, PartitionKeyDefinition definition)
    {
        var epk = EffectivePartitionKey.Of(key, definition.Scheme);
        return key.Count == definition.Paths.Count
            ? new QueryRange(epk, epk, true, true)
            : new QueryRange(epk, epk + EffectivePartitionKey.Maximum, true, true);
    }

    /// <summary>The keys, or prefixes of keys, that an alternative leaves; the empty key when it leaves all.</summary>
    private static List<PartitionKeyValue> Keys(IReadOnlyDictionary<ValuePath, ValueSet> alternative, ValuePath[] paths)
    {
        List<PartitionKeyComponent[]> prefixes = [[]];
        foreach (var path in paths)
        {
            if (Components(alternative, path) is not { } components) break;
            prefixes = [.. prefixes.SelectMany(prefix => components.Select(component => (PartitionKeyComponent[])[.. prefix, component]))];
        }

        return [.. prefixes.Select(prefix => new PartitionKeyValue(prefix))];
    }

    private static HashSet<PartitionKeyComponent>? Components(IReadOnlyDictionary<ValuePath, ValueSet> alternative, ValuePath path)
    {
        if (ValuesAt(alternative, path) is not { HasUndefined: false } values) return null;
        if (values.Numbers.Points() is not { } numbers || values.Strings.Points() is not { } strings) return null;
        if (values.Arrays.Points is not { } arrays || values.Objects.Points is not { } objects) return null;

        var components = new HashSet<PartitionKeyComponent>();
        if (values.Singles.HasFlag(Singles.Null)) components.Add(PartitionKeyComponent.Null);
        if (values.HasFalse) components.Add(PartitionKeyComponent.From(false));
        if (values.HasTrue) components.Add(PartitionKeyComponent.From(true));
        foreach (var number in numbers)
        {
            if (!double.IsFinite(number)) return null;
            components.Add(PartitionKeyComponent.From(number));
        }

        foreach (var text in strings) components.Add(PartitionKeyComponent.From(text));

        // Whatever cannot be a partition key is kept with what has none.
        if (arrays.Count + objects.Count > 0) components.Add(PartitionKeyComponent.Undefined);
        return components;
    }

    // A path is known too where one above it can only be one of some given objects.
    private static ValueSet? ValuesAt(IReadOnlyDictionary<ValuePath, ValueSet> alternative, ValuePath path)
    {
        if (alternative.TryGetValue(path, out var values)) return values;
        if (path.Parent is not { } parent || ValuesAt(alternative, parent) is not { } outer) return null;
        if (outer.Objects.Points is not { } objects || !outer.Except(ValueSet.AllObjects).IsEmpty) return null;
        return ValueSet.OfAll([.. objects.Select(value => value[new PropertyName(path.Name!)])]);
    }
}
