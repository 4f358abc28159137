using System.Security.Cryptography;
using System.Text;

namespace Geode.Personal.Training.Learning;

/// <summary>Visitors from whom no model learns, so that models can be compared on what they did: the same for every model, by a hash of their id.
/// The last fifth of their deeds is to be told from the ones before.</summary>
internal static class Judges
{
    /// <summary>The lowest hashes, so that fewer judges are always some of the judges before.</summary>
    public static (IReadOnlyList<Deed[]> Learners, IReadOnlyList<Deed[]> Judges) Split(IReadOnlyList<Deed[]> histories, double share, int most)
    {
        var judges = Math.Clamp((int)Math.Round(histories.Count * share), Math.Min(1, histories.Count), most);
        var byHash = histories.Where(h => h.Length > 0).OrderBy(h => Hash(h[0].Visitor)).ToList();
        var chosen = byHash.Take(judges).Select(h => h[0].Visitor).ToHashSet(StringComparer.Ordinal);
        return ([.. histories.Where(h => !chosen.Contains(h[0].Visitor))], [.. histories.Where(h => chosen.Contains(h[0].Visitor))]);
    }

    /// <summary>How well an order tells what judges liked last from what they did before, among the items that were there.</summary>
    public static RankingQuality Quality(
        IReadOnlyDictionary<string, Item> items, IReadOnlyList<Deed[]> judges, Func<Deed[], Item[], DateTimeOffset, IEnumerable<string>> order, CancellationToken cancellation) =>
        RankingQuality.Of(judges.Where(j => j.Length > 1).Select(j => Judged(items, j, order, cancellation)), items.Count);

    private static (IReadOnlyList<string>, IReadOnlySet<string>) Judged(
        IReadOnlyDictionary<string, Item> items, Deed[] deeds, Func<Deed[], Item[], DateTimeOffset, IEnumerable<string>> order, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var cut = Math.Min(deeds.Length - 1, (deeds.Length * 4 + 4) / 5);
        var now = deeds[cut].At;
        var liked = deeds[cut..].Where(d => d.IsLiking && items.TryGetValue(d.Item, out var item) && item.At <= now).Select(d => d.Item).ToHashSet(StringComparer.Ordinal);
        if (liked.Count == 0) return ([], liked);
        var seen = deeds[..cut].Select(d => d.Item).ToHashSet(StringComparer.Ordinal);
        Item[] candidates = [.. items.Values.Where(i => i.At <= now && !seen.Contains(i.Id)).OrderBy(i => i.Id, StringComparer.Ordinal)];
        return ([.. order(deeds[..cut], candidates, now).Take(RankingQuality.Depth)], liked);
    }

    private static ulong Hash(string visitor) => BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(visitor)));
}
