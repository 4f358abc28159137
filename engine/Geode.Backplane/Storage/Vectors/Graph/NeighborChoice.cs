namespace Geode.Backplane.Storage.Vectors.Graph;

/// <summary>Chooses a row's neighbours: the nearest, but none that another chosen one leads to anyhow, so that the few lie in all
/// directions and some of them far away (the robust pruning of DiskANN).</summary>
internal sealed class NeighborChoice(QuantizedRows codes)
{
    // DiskANN's alpha, 1.2, as distances are squares here.
    private const float Detour = 1.2f * 1.2f;

    private readonly int[] _chosen = new int[NeighborGraph.Degree];

    /// <param name="candidates">With the squares of their distances; sorted here, no row twice.</param>
    public ReadOnlySpan<int> Among(List<(float Distance, int Row)> candidates)
    {
        candidates.Sort();
        var count = 0;
        foreach (var (distance, row) in candidates)
        {
            if (IsLedTo(row, distance, count))
                continue;
            _chosen[count++] = row;
            if (count == _chosen.Length)
                break;
        }

        return _chosen.AsSpan(0, count);
    }

    private bool IsLedTo(int row, float distance, int chosen)
    {
        for (var i = 0; i < chosen; i++)
        {
            if (Detour * codes.Distance(_chosen[i], row) <= distance)
                return true;
        }

        return false;
    }
}
