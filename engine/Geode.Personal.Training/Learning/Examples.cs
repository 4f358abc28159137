using Geode.Personal.Learned;
using Geode.Personal.Scoring;

namespace Geode.Personal.Training.Learning;

/// <summary>Rows to learn from: what a visitor liked next, among items that were there and were not chosen. What features are made of comes only
/// from what this visitor did before.</summary>
internal static class Examples
{
    private const int MaxVisitors = 3_000;
    private const int MaxCandidates = 2_000;
    private const int MaxTargets = 30;
    private const int Hard = 40;
    private const int Chance = 60;
    private const float Liked = 2;
    private const float Viewed = 1;

    public static List<Example> Of(IReadOnlyDictionary<string, Item> items, IReadOnlyList<Deed[]> histories, int seed, CancellationToken cancellation)
    {
        var random = new Random(seed);
        var cuts = histories.Select((history, i) => Cut(history.Length, isNew: i % 4 == 0, random)).ToArray();
        var knowledge = KnowledgeLearner.Learn(items, [.. histories.Select((h, i) => i % 4 == 0 ? [] : h[..cuts[i]])], cancellation);
        var model = new TasteModel(knowledge, new([], [], []), default);
        Item[] all = [.. items.Values.OrderBy(i => i.Id, StringComparer.Ordinal)];
        var tally = new CrowdTally(knowledge.Items, knowledge.Tags, items, KnowledgeLearner.HalfLife(histories));
        var deeds = new Queue<Deed>(histories.SelectMany(h => h).OrderBy(d => d.At));
        var examples = new List<Example>();
        foreach (var visitor in Chosen(histories, cuts, random))
        {
            cancellation.ThrowIfCancellationRequested();
            var next = histories[visitor][cuts[visitor]..].Take(MaxTargets).ToArray();
            while (deeds.TryPeek(out var deed) && deed.At < next[0].At) tally.Add(deeds.Dequeue());
            Add(model, tally, all, items, histories[visitor][..cuts[visitor]], next, (uint)visitor + 1, random, examples);
        }

        return examples;
    }

    // In the order of time; of the first deeds of all there is too little before.
    private static IEnumerable<int> Chosen(IReadOnlyList<Deed[]> histories, int[] cuts, Random random)
    {
        var some = Enumerable.Range(0, histories.Count).Where(v => cuts[v] < histories[v].Length).ToArray();
        random.Shuffle(some);
        var byTime = some.Take(MaxVisitors).OrderBy(v => histories[v][cuts[v]].At).ThenBy(v => v).ToArray();
        return byTime.Skip(byTime.Length / 4);
    }

    // Those that stand for newcomers have histories of any length.
    private static int Cut(int length, bool isNew, Random random) => length < 2 ? length : isNew ? random.Next(1, length) : Math.Min(length - 1, (length * 3 + 3) / 4);

    private static void Add(
        TasteModel model, CrowdTally tally, Item[] all, IReadOnlyDictionary<string, Item> items, Deed[] history, Deed[] next, uint group, Random random, List<Example> examples)
    {
        var labels = next.Where(d => d.Value > 0).ToDictionary(d => d.Item, d => d.IsLiking ? Liked : Viewed, StringComparer.Ordinal);
        if (labels.Count == 0) return;
        var (now, seen) = (next[0].At, history.Select(d => d.Item).ToHashSet(StringComparer.Ordinal));
        Item[] candidates = [.. all.Where(i => i.At <= now && !seen.Contains(i.Id))];
        if (candidates.Length > MaxCandidates)
        {
            random.Shuffle(candidates);
            candidates = [.. candidates.Where((c, i) => i < MaxCandidates || labels.ContainsKey(c.Id))];
        }

        candidates = Array.ConvertAll(candidates, c => c with { Score = tally.ScoreOf(c.Id) });
        using var taste = new Taste(model.Knowledge, history, id => items.TryGetValue(id, out var item) ? model.Describe(item) : null);
        var rows = new float[candidates.Length * FeatureRows.Width];
        FeatureRows.Fill(tally.Crowd(), taste, candidates, Array.ConvertAll(candidates, model.Describe), now, rows);
        var likely = Enumerable.Range(0, candidates.Length).OrderByDescending(c => Likely(rows, c)).Take(Hard).ToHashSet();
        var chance = (double)Chance / candidates.Length;
        for (var c = 0; c < candidates.Length; c++)
        {
            var label = labels.GetValueOrDefault(candidates[c].Id);
            if (label > 0 || likely.Contains(c) || random.NextDouble() < chance)
                examples.Add(new() { Group = group, Label = label, Features = rows[(c * FeatureRows.Width)..((c + 1) * FeatureRows.Width)] });
        }
    }

    private static float Likely(float[] rows, int candidate)
    {
        var row = rows.AsSpan(candidate * FeatureRows.Width, FeatureRows.Width);
        return row[(int)Feature.Implied] + 0.3f * row[(int)Feature.Popularity] + 0.3f * row[(int)Feature.TagsLiked];
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
