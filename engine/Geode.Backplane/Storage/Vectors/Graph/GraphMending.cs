namespace Geode.Backplane.Storage.Vectors.Graph;

/// <summary>Closes the gaps that dead rows leave: who led to one of them leads to where it led (as FreshDiskANN consolidates
/// deletions).</summary>
internal sealed class GraphMending(VectorTable table, QuantizedRows codes)
{
    private readonly NeighborChoice _choice = new(codes);
    private readonly int[] _own = new int[NeighborGraph.Width];
    private readonly int[] _theirs = new int[NeighborGraph.Width];
    private readonly HashSet<int> _met = [];
    private readonly List<(float Distance, int Row)> _candidates = [];
    private readonly int[] _renamed = new int[NeighborGraph.Width];

    /// <summary>The neighbours of a row that lives, by their new numbers.</summary>
    /// <param name="numbers">The new number of each row; -1 for one that is dead.</param>
    public ReadOnlySpan<int> NeighborsOf(int row, int[] numbers)
    {
        _met.Clear();
        _candidates.Clear();
        _met.Add(row);
        var (count, lost) = (table.Graph.Read(row, _own), false);
        foreach (var neighbor in _own.AsSpan(0, count))
        {
            if (numbers[neighbor] >= 0)
            {
                Consider(row, neighbor);
                continue;
            }

            lost = true;
            var further = table.Graph.Read(neighbor, _theirs);
            foreach (var next in _theirs.AsSpan(0, further))
            {
                if (numbers[next] >= 0)
                    Consider(row, next);
            }
        }

        if (!lost)
            return Renamed(_own.AsSpan(0, count), numbers);
        return Renamed(_choice.Among(_candidates), numbers);
    }

    private void Consider(int row, int neighbor)
    {
        if (_met.Add(neighbor))
            _candidates.Add((codes.Distance(row, neighbor), neighbor));
    }

    private ReadOnlySpan<int> Renamed(ReadOnlySpan<int> rows, int[] numbers)
    {
        for (var i = 0; i < rows.Length; i++)
            _renamed[i] = numbers[rows[i]];
        return _renamed.AsSpan(0, rows.Length);
    }
}
