using Geode.Personal.Learned;
using Geode.Personal.Scoring;

namespace Geode.Personal.Training.Learning;

/// <summary>Learns trees and how much the <see cref="Prior"/> weighs beside them, on rankings that the trees have not seen. Where they make the order
/// of those worse, as they may with little to learn from, there are none.</summary>
internal static class RankerLearner
{
    private const double Unseen = 0.2;

    private static readonly float[] Weights = [0.1f, 0.3f, 1, 3, 10, 30];

    public static (TreeEnsemble Trees, float Prior) Learn(IReadOnlyList<Example> examples, int seed, CancellationToken cancellation)
    {
        var none = (Trees: new TreeEnsemble([], [], []), Prior: 1f);
        if (examples.Count == 0) return none;
        // Every fifth ranking is a fair part of all.
        var parts = examples.ToLookup(e => e.Group % (int)(1 / Unseen) == 0);
        if (!parts[true].Any() || !parts[false].Any()) return none;
        var trees = TreeLearner.Learn([.. parts[false]], seed, cancellation);
        var groups = parts[true].GroupBy(e => e.Group).Select(g => g.ToArray()).ToArray();
        var ours = Weights.Select(weight => (Trees: trees, Prior: weight)).Append(none);
        // Of equals the first: trees rather than none.
        return ours.MaxBy(mix => groups.Average(g => Ndcg(g, mix.Trees, mix.Prior)));
    }

    // The gain of a looked-at item is a quarter of a liked one's, as in training.
    private static double Ndcg(Example[] group, TreeEnsemble trees, float prior)
    {
        var rows = group.SelectMany(e => e.Features).ToArray();
        var scores = new float[group.Length];
        trees.AddTo(rows, FeatureRows.Width, scores);
        Prior.AddTo(rows, prior, scores);
        var labels = Array.ConvertAll(group, e => e.Label * e.Label);
        var ideal = Dcg([.. labels.OrderDescending()]);
        Array.Sort(Array.ConvertAll(scores, s => -s), labels);
        return ideal > 0 ? Dcg(labels) / ideal : 0;
    }

    private static double Dcg(float[] gains) => gains.Take(RankingQuality.Depth).Select((gain, place) => gain / Math.Log2(place + 2)).Sum();
}
