using System.Runtime.InteropServices;
using Geode.Personal.Learned;

namespace Geode.Personal.Training.Learning;

/// <summary>Which items visitors came to soon after others: how often, sooner counting more, divided as a shrunk cosine. A Markov chain over items
/// that remembers the last few (Rendle, Freudenthaler and Schmidt-Thieme, "Factorizing Personalized Markov Chains", 2010, without the factors).</summary>
internal static class NextItems
{
    private const int Reach = 10;
    private const double Fading = 0.85;
    private const int Kept = 40;
    private const double Shrink = 3;

    public static NeighbourTable Learn(ItemMatrix matrix, CancellationToken cancellation)
    {
        // By what comes next, so that of each item the strongest are kept.
        var before = Array.ConvertAll(matrix.Items, _ => new Dictionary<int, double>());
        foreach (var visitor in matrix.Visitors)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var at = 1; at < visitor.Length; at++)
                for (var back = 1; back <= Reach && back <= at; back++)
                    CollectionsMarshal.GetValueRefOrAddDefault(before[visitor[at].Index], visitor[at - back].Index, out _) += Math.Pow(Fading, back - 1) * visitor[at].Weight;
        }

        return NeighbourTable.Of(before.Length, before.SelectMany((sources, target) => sources
            .Select(s => (Source: s.Key, Weight: (float)(s.Value / (Math.Sqrt((double)matrix.Items[s.Key].Length * matrix.Items[target].Length) + Shrink))))
            .OrderByDescending(s => s.Weight).ThenBy(s => s.Source)
            .Take(Kept)
            .Select(s => (s.Source, target, s.Weight))));
    }
}
