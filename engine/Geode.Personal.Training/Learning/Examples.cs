using Geode.Personal.Learned;
using Geode.Personal.Scoring;

namespace Geode.Personal.Training.Learning;

/// <summary>Rows to learn from: what visitors liked next, among items that were there and were not chosen. They are as they will be in use: a model's
/// statistics are of deeds until some time, and it ranks by them for a while after, for visitors it learned from and for others.</summary>
internal static class Examples
{
    private const double Before = 0.7;
    private const int MaxRankings = 400;
    private const int RankingsOfVisitor = 2;
    private const int MaxCandidates = 2_000;
    private const int MaxTargets = 30;
    private const int Others = 150;
    private const float Liked = 2;
    private const float Viewed = 1;

    /// <summary>Both by time (statistics are of what all did until then) and by visitor (statistics are of what each did first): the one is how a
    /// planet goes on, the other has for each visitor all the others.</summary>
    public static List<Example> Of(IReadOnlyDictionary<string, Item> items, IReadOnlyList<Deed[]> histories, int seed, CancellationToken cancellation)
    {
        var examples = new List<Example>();
        Add(items, histories, FirstByTime(histories), new Random(seed), examples, cancellation);
        Add(items, histories, FirstByVisitor(histories), new Random(seed), examples, cancellation);
        return examples;
    }

    // Of each visitor so many deeds are among the first of all; by visitor where times are the same.
    private static int[] FirstByTime(IReadOnlyList<Deed[]> histories)
    {
        var order = histories.SelectMany((h, v) => h.Select((deed, place) => (deed.At, Visitor: v, Place: place))).Order().ToArray();
        var firsts = new int[histories.Count];
        foreach (var (_, visitor, _) in order.AsSpan(0, (int)(order.Length * Before))) firsts[visitor]++;
        return firsts;
    }

    // Every fifth stands for those from whom nothing was learned.
    private static int[] FirstByVisitor(IReadOnlyList<Deed[]> histories) => [.. histories.Select((h, v) => v % 5 == 0 ? 0 : Math.Max(1, h.Length * 4 / 5))];

    private static void Add(
        IReadOnlyDictionary<string, Item> items, IReadOnlyList<Deed[]> histories, int[] firsts, Random random, List<Example> examples, CancellationToken cancellation)
    {
        Deed[][] first = [.. histories.Select((h, v) => h[..firsts[v]]).Where(h => h.Length > 0)];
        var model = new TasteModel(KnowledgeLearner.Learn(items, first, cancellation), new([], [], []), 1, default);
        // What is liked is as old as all that is known of the crowd.
        var scores = first.SelectMany(h => h).GroupBy(d => d.Item, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Sum(d => d.IsLiking ? 1d : d.Value < 0 ? -1 : 0), StringComparer.Ordinal);
        Item[] all = [.. items.Values.OrderBy(i => i.Id, StringComparer.Ordinal).Select(i => i with { Score = scores.GetValueOrDefault(i.Id) })];
        foreach (var (visitor, cut) in Chosen(histories, firsts, random))
        {
            cancellation.ThrowIfCancellationRequested();
            Add(model, all, items, histories[visitor][..cut], [.. histories[visitor][cut..].Take(MaxTargets)], random, examples);
        }
    }

    // Histories of several lengths of each visitor.
    private static IEnumerable<(int Visitor, int Cut)> Chosen(IReadOnlyList<Deed[]> histories, int[] firsts, Random random)
    {
        (int Visitor, int Cut)[] all = [.. histories.SelectMany((h, v) => Cuts(Math.Max(1, firsts[v]), h.Length, random).Select(cut => (v, cut)))];
        random.Shuffle(all);
        return all.Take(MaxRankings);
    }

    private static IEnumerable<int> Cuts(int least, int length, Random random) => least >= length
        ? []
        : Enumerable.Range(0, RankingsOfVisitor - 1).Select(_ => random.Next(least, length)).Append(Math.Max(least, length * 4 / 5)).Distinct();

    private static void Add(
        TasteModel model, Item[] all, IReadOnlyDictionary<string, Item> items, Deed[] history, Deed[] next, Random random, List<Example> examples)
    {
        var labels = next.Where(d => d.Value > 0).ToDictionary(d => d.Item, d => d.IsLiking ? Liked : Viewed, StringComparer.Ordinal);
        if (labels.Count == 0) return;
        var (now, seen) = (next[0].At, history.Select(d => d.Item).ToHashSet(StringComparer.Ordinal));
        Item[] candidates = [.. all.Where(i => i.At < now && !seen.Contains(i.Id))];
        if (candidates.Length > MaxCandidates)
        {
            random.Shuffle(candidates);
            candidates = [.. candidates.Where((c, i) => i < MaxCandidates || labels.ContainsKey(c.Id))];
        }

        using var taste = new Taste(model.Knowledge, history, id => items.TryGetValue(id, out var item) ? model.Describe(item) : null);
        var rows = new float[candidates.Length * FeatureRows.Width];
        FeatureRows.Fill(model.Knowledge.Crowd, taste, candidates, Array.ConvertAll(candidates, model.Describe), now, rows);
        var group = examples.Count == 0 ? 1 : examples[^1].Group + 1;
        var chance = (double)Others / candidates.Length;
        for (var c = 0; c < candidates.Length; c++)
        {
            var label = labels.GetValueOrDefault(candidates[c].Id);
            // At the same rate wherever they are: taking more of those that seem likely would teach that they are not.
            if (label > 0 || random.NextDouble() < chance)
                examples.Add(new() { Group = group, Label = label, Features = rows[(c * FeatureRows.Width)..((c + 1) * FeatureRows.Width)] });
        }
    }
}

/// <summary>One candidate of one visitor.</summary>
internal sealed class Example
{
    /// <summary>Candidates of one group are compared.</summary>
    public uint Group { get; set; }

    /// <summary>2: it was liked; 1: looked at; 0: neither.</summary>
    public float Label { get; set; }

    public float[] Features { get; set; } = [];
}
