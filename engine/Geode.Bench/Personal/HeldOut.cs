using Geode.Personal;

namespace Geode.Bench.Personal;

/// <summary>Deeds in two parts: what is learned from, and the last fifth of each visitor's in time, which is to be told.</summary>
/// <param name="Items">As they are known after what is learned from: their score is what was liked, less what was disliked, until then.</param>
/// <param name="Known">The same by id.</param>
/// <param name="Train">Learned from.</param>
/// <param name="Cases">A visitor each.</param>
/// <param name="Now">The time of the last deed that is learned from.</param>
internal sealed record HeldOut(IReadOnlyList<Item> Items, IReadOnlyDictionary<string, Item> Known, IReadOnlyList<Deed> Train, IReadOnlyList<HeldOutCase> Cases, DateTimeOffset Now)
{
    private const double Share = 0.2;

    /// <param name="items">Null: nothing is known of them but their ids; they are as old as the first deed with them that is learned from, and visitors are taken to come after all of that.</param>
    public static HeldOut Of(IReadOnlyList<Deed> deeds, IReadOnlyList<Item>? items)
    {
        var (train, cases) = (new List<Deed>(), new List<HeldOutCase>());
        foreach (var visitor in deeds.GroupBy(d => d.Visitor, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            Deed[] all = [.. visitor.OrderBy(d => d.At)];
            var cut = all.Length < 2 ? all.Length : all.Length - Math.Max(1, (int)(all.Length * Share));
            train.AddRange(all[..cut]);
            if (cut < all.Length) cases.Add(new(visitor.Key, all[cut].At, all[..cut], all[cut..].Where(d => d.IsLiking).Select(d => d.Item).ToHashSet(StringComparer.Ordinal)));
        }

        var learned = train.GroupBy(d => d.Item, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal);
        var (first, now) = (train.Min(d => d.At), train.Max(d => d.At));
        if (items is null) cases = cases.ConvertAll(c => c with { Now = now });
        items ??= [.. deeds.Select(d => d.Item).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(id => new Item(id, [], "", learned.GetValueOrDefault(id)?.Min(d => d.At) ?? first))];
        items = [.. items.Select(i => i with { Score = learned.GetValueOrDefault(i.Id)?.Sum(d => d.IsLiking ? 1d : d.Value < 0 ? -1 : 0) ?? 0 })];
        return new(items, items.ToDictionary(i => i.Id, StringComparer.Ordinal), train, cases, now);
    }

    /// <summary>The quality of an order, over visitors who liked something afterwards.</summary>
    /// <param name="order">Of candidates: items that are not in the visitor's history.</param>
    /// <param name="liked">Which of what a visitor liked is to be told; null: all.</param>
    public RankingQuality Judge(Func<HeldOutCase, Item[], IEnumerable<string>> order, Func<HeldOutCase, IReadOnlySet<string>>? liked = null) =>
        RankingQuality.Of(
            Cases.Select(c => (Case: c, Liked: (IReadOnlySet<string>)(liked?.Invoke(c) ?? c.Liked).Where(id => Known[id].At <= c.Now).ToHashSet(StringComparer.Ordinal)))
                .Where(c => c.Liked.Count > 0)
                .Select(c => ((IReadOnlyList<string>)[.. order(c.Case, Candidates(c.Case)).Take(RankingQuality.Depth)], c.Liked)),
            Items.Count);

    /// <summary>Items that were there and that the visitor had done nothing with.</summary>
    public Item[] Candidates(HeldOutCase of)
    {
        var seen = of.History.Select(d => d.Item).ToHashSet(StringComparer.Ordinal);
        return [.. Items.Where(i => i.At <= of.Now && !seen.Contains(i.Id))];
    }
}

/// <param name="Now">When the first deed that is held out was done.</param>
/// <param name="History">What is known of the visitor.</param>
/// <param name="Liked">Items they liked afterwards.</param>
internal sealed record HeldOutCase(string Visitor, DateTimeOffset Now, Deed[] History, IReadOnlySet<string> Liked);
