using Geode.Backplane.Storage.Indexes;
using Geode.Backplane.Storage.Vectors.Graph;

namespace Geode.Backplane.Storage.Vectors.Search;

/// <summary>Looks at every vector in a coarse form, and then closely at some times as many as are wanted.</summary>
internal sealed class QuantizedSearch(VectorView view, VectorTarget target, QuantizedRows codes, VectorSearchOptions options) : NeighborSearch
{
    // Rounding to bytes changes the order of neighbours little; these more than suffice where nobody says what does.
    private const int DefaultMultiplier = 4;
    private const int AtLeast = 40;

    private float[]? _distances;

    public override IReadOnlyList<IDocument> Apart => view.Apart.Documents;

    public override VectorMatches Nearest(int count)
    {
        var distances = _distances ??= Measure();
        var close = (int)Math.Min(distances.Length, Math.Max(AtLeast, (long)count * (options.QuantizedListMultiplier ?? DefaultMultiplier)));
        var nearest = new NearestRows(Math.Max(1, close));
        for (var row = 0; row < distances.Length; row++)
        {
            if (!float.IsNaN(distances[row]))
                nearest.Add(distances[row], row);
        }

        var matches = CloseLook.At(view, target, nearest.Sorted().Rows, from: distances.Length);
        return new VectorMatches(matches, float.PositiveInfinity, HasMore: close < distances.Length);
    }

    private float[] Measure()
    {
        var distances = new float[Math.Min(codes.Count, view.Table.Rows.Count)];
        codes.Distances(TargetOf(codes, target), 0, distances);
        for (var row = 0; row < distances.Length; row++)
        {
            if (!view.Has(row))
                distances[row] = float.NaN;
        }

        return distances;
    }

    /// <summary>The target in the space of the codes.</summary>
    public static QuantizedTarget TargetOf(QuantizedRows codes, VectorTarget target)
    {
        var placed = new float[codes.Space.Length];
        codes.Space.PlaceTarget(target.Vector, target.Norm, placed);
        var quantized = new QuantizedTarget(codes.Space.Length);
        quantized.Set(placed);
        return quantized;
    }
}
