using Geode.Backplane.Query.Functions.Vectors;
using Geode.Backplane.Storage.Vectors.Search;

namespace Geode.Backplane.Storage.Vectors.Graph;

/// <summary>
/// Finds out how many candidates a walk has to keep in mind: how many that takes depends on the vectors. Some of the items are
/// searched for, once by looking at every vector and then by walks of growing lists, until these find the same.
/// </summary>
internal sealed class GraphCalibration(VectorTable table, QuantizedRows codes, DistanceFunction function)
{
    /// <summary>How many nearest items are searched for.</summary>
    public const int Wanted = 10;

    // Each item that is searched for is found too, which proves nothing.
    private const int WithItself = Wanted + 1;

    // Items are linked to their neighbours, which what is asked for is not: it takes a longer list to find.
    private const int Margin = 2;

    // Higher than what is promised.
    private const double Recall = 0.985;
    private const int Samples = 40;

    // As for searches: beyond it is quicker to look at every vector in its coarse form.
    private const int CostOfWalk = 4;

    private static readonly int[] Sizes = [20, 30, 45, 65, 95, 140, 200, 300, 450, 650, 1000, 1500, 2200, 3300, 5000];

    private readonly GraphWalk _walk = new();

    /// <summary>The size; 0 where walks are no use. Read it when <see cref="Steps"/> have ended.</summary>
    public int SearchListSize { get; private set; }

    /// <summary>The work, in pieces of a few milliseconds.</summary>
    public IEnumerable<bool> Steps()
    {
        var samples = new List<(VectorTarget Target, float Farthest)>();
        var linked = table.Graph.Count;
        for (var i = 0; i < Samples; i++)
        {
            var row = (int)((long)linked * i / Samples);
            while (row < linked && table.Rows.IsDead(row))
                row++;
            if (row < linked && TargetOf(row) is { } target)
                samples.Add((target, FarthestOfNearest(target, linked)));
            yield return true;
        }

        foreach (var size in Sizes)
        {
            var (found, measured) = (0L, 0L);
            foreach (var (target, farthest) in samples)
            {
                _walk.Run(table.Graph, codes, QuantizedSearch.TargetOf(codes, target), size);
                measured += _walk.Measured;
                found += CountUpTo(farthest, target);
            }

            yield return true;
            if (measured * CostOfWalk > (long)linked * samples.Count)
                yield break;
            if (found >= Recall * Wanted * samples.Count)
            {
                SearchListSize = Margin * size;
                yield break;
            }
        }
    }

    private VectorTarget? TargetOf(int row) =>
        VectorTarget.Of(Array.ConvertAll(table.Rows.Read(row, new float[table.Rows.Dimensions]).ToArray(), number => (double)number), function);

    private float FarthestOfNearest(VectorTarget target, int linked)
    {
        var (nearest, scratch) = (new NearestRows(WithItself), new float[table.Rows.Dimensions]);
        for (var row = 0; row < linked; row++)
        {
            if (!table.Rows.IsDead(row))
                nearest.Add(target.Least(table.Rows.Read(row, scratch), table.Rows.NormOf(row)), row);
        }

        return nearest.Sorted().Keys[^1];
    }

    // As a search does: the closest of the rows that the walk found. Which of those that are equally far does not matter.
    private int CountUpTo(float farthest, VectorTarget target)
    {
        var (count, scratch) = (0, new float[table.Rows.Dimensions]);
        foreach (var row in _walk.Rows)
        {
            if (!table.Rows.IsDead(row) && target.Least(table.Rows.Read(row, scratch), table.Rows.NormOf(row)) <= farthest)
                count++;
        }

        return Math.Clamp(count - 1, 0, Wanted);
    }
}
