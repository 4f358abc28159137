using System.Buffers;
using Geode.Personal.Scoring;

namespace Geode.Personal;

/// <summary>Items in the order that suits one visitor.</summary>
public static class ForYou
{
    /// <summary>All candidates, the most suitable first. What the visitor has done something with already comes after all others.</summary>
    /// <param name="model">Null: there is none. The order is then <see cref="Trending"/> mixed with variety, as it is without a history.</param>
    /// <param name="history">What the visitor did, in any order; items of it that are no candidates are given by <paramref name="known"/>.</param>
    /// <param name="candidates">What may be shown.</param>
    /// <param name="known">Items of the history, as far as they are still known.</param>
    /// <param name="now">The time by which ages are measured.</param>
    public static IReadOnlyList<Ranked> Rank(
        TasteModel? model, IReadOnlyList<Deed> history, IReadOnlyList<Item> candidates, IReadOnlyDictionary<string, Item> known, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(known);
        if (candidates.Count == 0) return [];
        if (model is null || history.Count == 0) return ForAll(candidates, now);

        var shown = new Dictionary<string, Item>(candidates.Count, StringComparer.Ordinal);
        foreach (var item in candidates) shown[item.Id] = item;
        using var taste = new Taste(
            model.Knowledge, history, id => shown.TryGetValue(id, out var item) || known.TryGetValue(id, out item) ? model.Describe(item) : null);
        return taste.Length == 0 ? ForAll(candidates, now) : Rank(model, taste, history, [.. candidates], now);
    }

    private static Ranked[] ForAll(IReadOnlyList<Item> candidates, DateTimeOffset now)
    {
        var mixed = Variety.Mix(Trending.Order(candidates, now));
        return [.. mixed.Select((item, place) => new Ranked(item, mixed.Count - place, null))];
    }

    private static Ranked[] Rank(TasteModel model, Taste taste, IReadOnlyList<Deed> history, Item[] candidates, DateTimeOffset now)
    {
        var described = Array.ConvertAll(candidates, model.Describe);
        var scores = Scores(model, taste, candidates, described, now);
        var seen = new HashSet<string>(history.Count, StringComparer.Ordinal);
        foreach (var deed in history) seen.Add(deed.Item);
        var order = new (bool Seen, double Score, int Index)[candidates.Length];
        for (var c = 0; c < order.Length; c++) order[c] = (seen.Contains(candidates[c].Id), scores[c], c);
        Array.Sort(order, (a, b) =>
            a.Seen != b.Seen ? a.Seen.CompareTo(b.Seen)
            : a.Score != b.Score ? b.Score.CompareTo(a.Score)
            : string.CompareOrdinal(candidates[a.Index].Id, candidates[b.Index].Id));
        return Array.ConvertAll(order, o => new Ranked(candidates[o.Index], o.Score, taste.Because(described[o.Index])));
    }

    /// <summary>What the model makes of each candidate.</summary>
    internal static float[] Scores(TasteModel model, Taste taste, Item[] candidates, Described[] described, DateTimeOffset now)
    {
        var rows = ArrayPool<float>.Shared.Rent(candidates.Length * FeatureRows.Width);
        try
        {
            var used = rows.AsSpan(0, candidates.Length * FeatureRows.Width);
            FeatureRows.Fill(model.Knowledge.Crowd, taste, candidates, described, now, used);
            var scores = new float[candidates.Length];
            model.Trees.AddTo(used, FeatureRows.Width, scores);
            Prior.AddTo(used, model.Prior, scores);
            return scores;
        }
        finally
        {
            ArrayPool<float>.Shared.Return(rows);
        }
    }
}

/// <param name="Item">The item.</param>
/// <param name="Score">Comparable within one ranking only.</param>
/// <param name="Because">The tag of the visitor's that speaks most for it; null: none does.</param>
public sealed record Ranked(Item Item, double Score, string? Because);
