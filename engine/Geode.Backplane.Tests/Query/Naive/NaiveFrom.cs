using Geode.Backplane.Query.Syntax;

namespace Geode.Backplane.Tests.Query.Naive;

/// <summary>FROM: every combination of what its sources yield, one loop inside the other.</summary>
internal static class NaiveFrom
{
    /// <param name="container">The items that an unknown first name stands for; null inside subqueries.</param>
    public static List<NaiveRow> Rows(SqlFrom? from, NaiveScope? outer, IReadOnlyList<NaiveValue>? container)
    {
        var rows = new List<NaiveRow> { new(outer, 0) };
        foreach (var source in from?.Sources ?? [])
        {
            var next = new List<NaiveRow>();
            foreach (var row in rows)
            {
                foreach (var (value, item) in Values(source, row, container))
                    next.Add(new NaiveRow(source.BoundName is { } name ? new NaiveScope(name, value, row.Scope) : row.Scope, item));
            }

            rows = next;
            container = null;
        }

        return rows;
    }

    private static IEnumerable<(NaiveValue Value, int Item)> Values(SqlSource source, NaiveRow row, IReadOnlyList<NaiveValue>? container)
    {
        foreach (var (value, item) in Collection(source.Collection, row, container))
        {
            if (source is not SqlIteratorSource)
            {
                yield return (value, item);
                continue;
            }

            // What is no array has no items.
            foreach (var element in (value as NaiveArray)?.Items ?? [])
                yield return (element, item);
        }
    }

    private static IEnumerable<(NaiveValue Value, int Item)> Collection(SqlCollection collection, NaiveRow row, IReadOnlyList<NaiveValue>? container)
    {
        if (collection is SqlSubqueryCollection subquery)
        {
            // The rows of a whole query over the container are numbered anew, as if they were its items.
            return NaiveQuery.Run(subquery.Query, row.Scope, container).Select((value, i) => (value, container is null ? row.Item : i));
        }

        var path = (SqlPathCollection)collection;
        var roots = NaiveScope.Find(row.Scope, path.Root) is { } scope
            ? [(scope.Value, row.Item)]
            : (container ?? throw new InvalidOperationException($"Nothing is called {path.Root}.")).Select((item, i) => (item, i));
        return roots.Select(root => (Follow(root.Item1, path.Path), root.Item2)).Where(pair => !pair.Item1.IsUndefined);
    }

    private static NaiveValue Follow(NaiveValue value, IEnumerable<SqlPathStep> steps)
    {
        foreach (var step in steps)
            value = NaiveOperators.Part(value, step.Name is { } name ? NaiveValue.Of(name) : NaiveValue.Of(step.Index!.Value));
        return value;
    }
}
