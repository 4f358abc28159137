using Geode.Personal.Learned;

namespace Geode.Personal.Training.Learning;

/// <summary>Which items the same visitors did something with: cosines, shrunk so that two that a few visitors share are not taken for twins
/// (Deshpande and Karypis, "Item-Based Top-N Recommendation Algorithms", 2004).</summary>
internal static class AlikeItems
{
    private const int Kept = 50;
    private const double Shrink = 10;

    public static NeighbourTable Learn(ItemMatrix matrix, CancellationToken cancellation)
    {
        var norms = Array.ConvertAll(matrix.Items, column => Math.Sqrt(column.Sum(c => (double)c.Weight * c.Weight)));
        var entries = new List<(int, int, float)>();
        var gram = new double[norms.Length];
        for (var item = 0; item < norms.Length; item++)
        {
            cancellation.ThrowIfCancellationRequested();
            matrix.Gram(item, gram);
            gram[item] = 0;
            var target = item;
            entries.AddRange(Enumerable.Range(0, gram.Length).Where(other => gram[other] > 0)
                .Select(other => (Source: other, Weight: (float)(gram[other] / (norms[target] * norms[other] + Shrink))))
                .OrderByDescending(e => e.Weight).ThenBy(e => e.Source)
                .Take(Kept)
                .Select(e => (e.Source, target, e.Weight)));
        }

        return NeighbourTable.Of(norms.Length, entries);
    }
}
