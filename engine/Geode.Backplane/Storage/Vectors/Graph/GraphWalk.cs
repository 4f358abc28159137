namespace Geode.Backplane.Storage.Vectors.Graph;

/// <summary>
/// Walks a graph towards a target: of the best rows met so far, the nearest one whose neighbours have not been looked at is next,
/// until there is none (the greedy search of DiskANN). Keeps its working memory; one walk at a time.
/// </summary>
internal sealed class GraphWalk
{
    private readonly int[] _neighbors = new int[NeighborGraph.Width];
    private int[] _met = [];
    private int _round;
    private float[] _distances = [];
    private int[] _rows = [];
    private bool[] _followed = [];
    private int _size;

    /// <summary>Rows found, nearest first.</summary>
    public ReadOnlySpan<int> Rows => _rows.AsSpan(0, Count);

    /// <summary>The squares of their distances, about.</summary>
    public ReadOnlySpan<float> Distances => _distances.AsSpan(0, Count);

    public int Count { get; private set; }

    /// <summary>Distances measured by the last walk.</summary>
    public int Measured { get; private set; }

    /// <summary>Rows whose neighbours the last walk looked at, with their distances.</summary>
    public List<(float Distance, int Row)> Trail { get; } = [];

    /// <param name="size">How many of the best are kept in mind.</param>
    public void Run(NeighborGraph graph, QuantizedRows rows, QuantizedTarget target, int size)
    {
        Begin(size, rows.Count);
        if (graph.Count == 0)
            return;
        Meet(rows, target, graph.Entry);
        for (var next = 0; next < Count;)
        {
            if (_followed[next])
            {
                next++;
                continue;
            }

            _followed[next] = true;
            Trail.Add((_distances[next], _rows[next]));
            next = Math.Min(next, Follow(graph, rows, target, _rows[next]));
        }
    }

    private void Begin(int size, int rows)
    {
        if (_met.Length < rows)
            (_met, _round) = (new int[rows + (rows / 4) + 64], 0);
        if (++_round == int.MaxValue)
        {
            Array.Clear(_met);
            _round = 1;
        }

        if (_rows.Length < size)
            (_rows, _distances, _followed) = (new int[size], new float[size], new bool[size]);
        (_size, Count, Measured) = (size, 0, 0);
        Trail.Clear();
    }

    // Returns the first place that changed.
    private int Follow(NeighborGraph graph, QuantizedRows rows, QuantizedTarget target, int row)
    {
        var (count, kept) = (graph.Read(row, _neighbors), 0);
        for (var i = 0; i < count; i++)
        {
            var neighbor = _neighbors[i];
            // A row that came after the walk began may be beyond its memory.
            if (neighbor >= _met.Length || neighbor >= rows.Count || _met[neighbor] == _round)
                continue;
            _met[neighbor] = _round;
            _neighbors[kept++] = neighbor;
            rows.Prefetch(neighbor);
        }

        var first = int.MaxValue;
        for (var i = 0; i < kept; i++)
            first = Math.Min(first, Meet(rows, target, _neighbors[i]));
        return first;
    }

    private int Meet(QuantizedRows rows, QuantizedTarget target, int row)
    {
        _met[row] = _round;
        Measured++;
        var distance = rows.Distance(target, row);
        if (Count == _size && distance >= _distances[Count - 1])
            return int.MaxValue;
        var at = _distances.AsSpan(0, Count).BinarySearch(distance);
        at = at < 0 ? ~at : at;
        var last = Math.Min(Count, _size - 1);
        Array.Copy(_distances, at, _distances, at + 1, last - at);
        Array.Copy(_rows, at, _rows, at + 1, last - at);
        Array.Copy(_followed, at, _followed, at + 1, last - at);
        (_distances[at], _rows[at], _followed[at]) = (distance, row, false);
        Count = last + 1;
        return at;
    }
}
