namespace Geode.Backplane.Storage.Vectors.Graph;

/// <summary>
/// Links rows into a graph in which walks end at the nearest: Vamana, the graph of DiskANN (Subramanya et al., NeurIPS 2019), grown row
/// by row and mended after deletions as in FreshDiskANN (Singh et al., 2021).
/// </summary>
/// <param name="searchListSize">How many candidates are kept in mind while a row's neighbours are looked for.</param>
internal sealed class GraphBuilder(NeighborGraph graph, QuantizedRows codes, VectorRows rows, int searchListSize)
{
    private readonly GraphWalk _walk = new();
    private readonly QuantizedTarget _target = new(codes.Space.Length);
    private readonly float[] _vector = new float[rows.Dimensions];
    private readonly float[] _placed = new float[codes.Space.Length];
    private readonly int[] _list = new int[NeighborGraph.Width];
    private readonly NeighborChoice _choice = new(codes);
    private readonly List<(float Distance, int Row)> _candidates = [];

    /// <summary>Links the first row that is not linked yet; its codes are there.</summary>
    public void LinkNext()
    {
        var row = graph.Count;
        codes.Space.Place(rows.Read(row, _vector), rows.NormOf(row), _placed);
        _target.Set(_placed);
        _walk.Run(graph, codes, _target, searchListSize);
        _candidates.Clear();
        foreach (var (distance, met) in _walk.Trail)
        {
            if (!rows.IsDead(met))
                _candidates.Add((distance, met));
        }

        // Among dead rows alone, they still lead on.
        if (_candidates.Count == 0)
            _candidates.AddRange(_walk.Trail);
        var chosen = _choice.Among(_candidates);
        graph.Add(chosen);
        foreach (var neighbor in chosen.ToArray())
            LinkBack(neighbor, row);
    }

    private void LinkBack(int from, int to)
    {
        if (graph.TryAppend(from, to))
            return;
        var count = graph.Read(from, _list);
        _candidates.Clear();
        _candidates.Add((codes.Distance(from, to), to));
        for (var i = 0; i < count; i++)
            _candidates.Add((codes.Distance(from, _list[i]), _list[i]));
        graph.Set(from, _choice.Among(_candidates));
    }
}
