using Geode.Personal;

namespace Geode.Bench.Personal;

/// <summary>Simple orders that are the same for everybody, by name; the best of them is what ours is compared with.</summary>
internal static class TrendingVariants
{
    private static readonly double[] HalfLives = [1, 7, 30, 90];

    public static IReadOnlyDictionary<string, Func<HeldOutCase, Item[], IEnumerable<string>>> Of(HeldOut heldOut)
    {
        var variants = new Dictionary<string, Func<HeldOutCase, Item[], IEnumerable<string>>>
        {
            ["score and age"] = (of, candidates) => Trending.Order(candidates, of.Now).Select(i => i.Id),
            ["most deeds"] = By(Sums(heldOut.Train, _ => 1)),
            ["most liked"] = By(Sums(heldOut.Train, d => d.IsLiking ? 1 : 0)),
        };
        foreach (var days in HalfLives)
            variants.Add(
                $"most liked, half-life {days} d", By(Sums(heldOut.Train, d => d.IsLiking ? Math.Pow(0.5, (heldOut.Now - d.At).TotalDays / days) : 0)));
        return variants;
    }

    private static Dictionary<string, double> Sums(IEnumerable<Deed> deeds, Func<Deed, double> weight) =>
        deeds.GroupBy(d => d.Item, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Sum(weight), StringComparer.Ordinal);

    private static Func<HeldOutCase, Item[], IEnumerable<string>> By(Dictionary<string, double> weights) => (_, candidates) =>
        candidates.OrderByDescending(i => weights.GetValueOrDefault(i.Id)).ThenBy(i => i.Id, StringComparer.Ordinal).Select(i => i.Id);
}
