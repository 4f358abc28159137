namespace Geode.Personal.Training.Learning;

/// <summary>Deeds by visitor, each history in the order of time, with one deed for each item: the newest.</summary>
internal static class Histories
{
    /// <summary>Of a visitor with more, the newest.</summary>
    public const int MaxDeeds = 500;

    /// <returns>In the order of visitors' ids, so that the order of deeds does not matter.</returns>
    public static IReadOnlyList<Deed[]> Of(IEnumerable<Deed> deeds) =>
    [
        .. deeds
            .Where(d => double.IsFinite(d.Value))
            .GroupBy(d => d.Visitor, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => g
                .OrderByDescending(d => d.At).ThenBy(d => d.Item, StringComparer.Ordinal).ThenByDescending(d => d.Value)
                .DistinctBy(d => d.Item, StringComparer.Ordinal)
                .Take(MaxDeeds)
                .Reverse()
                .ToArray()),
    ];
}
