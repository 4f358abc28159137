using System.Text;
using Geode.Personal.Learned;
using Geode.Personal.Scoring;

namespace Geode.Personal.Training.Learning;

/// <summary>Learns a model's statistics of items, tags and words from histories.</summary>
internal static class KnowledgeLearner
{
    private const int MaxItems = 20_000;
    private const int MaxTags = 2_000;
    private const int MaxWords = 20_000;
    private const int TagsKept = 10;
    private const double TagShrink = 5;

    /// <param name="items">By id: all that is known of items.</param>
    /// <param name="histories">See <see cref="Histories"/>.</param>
    public static Knowledge Learn(IReadOnlyDictionary<string, Item> items, IReadOnlyList<Deed[]> histories, CancellationToken cancellation)
    {
        var ids = histories.SelectMany(h => h).GroupBy(d => d.Item, StringComparer.Ordinal)
            .Where(g => Encoding.UTF8.GetByteCount(g.Key) <= ModelFormat.MaxTextBytes)
            .OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal)
            .Take(MaxItems).Select(g => g.Key).Order(StringComparer.Ordinal).ToArray();
        var matrix = new ItemMatrix(histories, ids);
        var (tags, links) = Tags(items, histories);
        var tally = new CrowdTally(ids, tags, items, HalfLife(histories));
        foreach (var deed in histories.SelectMany(h => h).OrderBy(d => d.At)) tally.Add(deed);
        return new(ids, ImpliedItems.Learn(matrix, cancellation), AlikeItems.Learn(matrix, cancellation), NextItems.Learn(matrix, cancellation), tags, links, Words(items.Values), tally.Crowd());
    }

    /// <summary>In which a deed loses half of its weight for the trend: a tenth of the time that there is, two weeks at most.</summary>
    public static TimeSpan HalfLife(IReadOnlyList<Deed[]> histories)
    {
        var deeds = histories.SelectMany(h => h).ToList();
        return deeds.Count == 0 ? TimeSpan.FromDays(14) : TimeSpan.FromDays(Math.Clamp((deeds.Max(d => d.At) - deeds.Min(d => d.At)).TotalDays / 10, 0.01, 14));
    }

    private static (TagFacts[] Tags, NeighbourTable Links) Tags(IReadOnlyDictionary<string, Item> items, IReadOnlyList<Deed[]> histories)
    {
        var counts = items.Values.SelectMany(i => i.Tags.Distinct(StringComparer.Ordinal)).GroupBy(t => t, StringComparer.Ordinal)
            .Where(g => Encoding.UTF8.GetByteCount(g.Key) <= ModelFormat.MaxTextBytes)
            .Select(g => (Name: g.Key, Count: g.Count()))
            .OrderByDescending(t => t.Count).ThenBy(t => t.Name, StringComparer.Ordinal)
            .Take(MaxTags).OrderBy(t => t.Name, StringComparer.Ordinal).ToArray();
        var index = counts.Select((t, i) => (t.Name, i)).ToDictionary(p => p.Name, p => p.i, StringComparer.Ordinal);
        return (
            [.. counts.Select(t => new TagFacts(t.Name, (float)Math.Log2(1 + (double)items.Count / t.Count)))],
            Links(items, histories, index));
    }

    // Cosines between tags over visitors who like them.
    private static NeighbourTable Links(IReadOnlyDictionary<string, Item> items, IReadOnlyList<Deed[]> histories, Dictionary<string, int> index)
    {
        var (together, alone) = (new Dictionary<(int, int), int>(), new int[index.Count]);
        foreach (var history in histories)
        {
            int[] liked = [.. history.Where(d => d.Value > 0).Reverse().SelectMany(d => TagsOf(items, d.Item, index)).Distinct().Take(50)];
            foreach (var tag in liked)
            {
                alone[tag]++;
                foreach (var other in liked)
                    if (other != tag) together[(tag, other)] = together.GetValueOrDefault((tag, other)) + 1;
            }
        }

        return NeighbourTable.Of(index.Count, together
            .Select(p => (Row: p.Key.Item1, Target: p.Key.Item2, Weight: (float)(p.Value / (Math.Sqrt((double)alone[p.Key.Item1] * alone[p.Key.Item2]) + TagShrink))))
            .GroupBy(e => e.Row)
            .SelectMany(g => g.OrderByDescending(e => e.Weight).ThenBy(e => e.Target).Take(TagsKept)));
    }

    private static WordFacts[] Words(IEnumerable<Item> items)
    {
        var (counts, all) = (new Dictionary<uint, int>(), 0);
        foreach (var item in items)
        {
            all++;
            foreach (var word in TextWords.Of(item.Text)) counts[word] = counts.GetValueOrDefault(word) + 1;
        }

        return
        [
            .. counts.Where(c => c.Value > 1).OrderByDescending(c => c.Value).ThenBy(c => c.Key).Take(MaxWords).OrderBy(c => c.Key)
                .Select(c => new WordFacts(c.Key, (float)Math.Log2(1 + (double)all / c.Value))),
        ];
    }

    private static IEnumerable<int> TagsOf(IReadOnlyDictionary<string, Item> items, string id, Dictionary<string, int> index) =>
        items.TryGetValue(id, out var item) ? item.Tags.Distinct(StringComparer.Ordinal).Where(index.ContainsKey).Select(t => index[t]) : [];
}
