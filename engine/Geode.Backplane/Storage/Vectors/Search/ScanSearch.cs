using Geode.Backplane.Storage.Indexes;

namespace Geode.Backplane.Storage.Vectors.Search;

/// <summary>Looks at every vector: exact.</summary>
internal sealed class ScanSearch(VectorView view, VectorTarget target) : NeighborSearch
{
    private float[]? _keys;

    public override IReadOnlyList<IDocument> Apart => view.Apart.Documents;

    public override VectorMatches Nearest(int count)
    {
        // Asked for more, it measures nothing again.
        var keys = _keys ??= Measure();
        var nearest = new NearestRows(count);
        for (var row = 0; row < keys.Length; row++)
        {
            if (!float.IsNaN(keys[row]))
                nearest.Add(keys[row], row);
        }

        var (least, rows) = nearest.Sorted();
        var matches = new List<VectorMatch>(rows.Length);
        for (var i = 0; i < rows.Length; i++)
            view.AddTo(matches, least[i], rows[i]);
        return new VectorMatches(matches, rows.Length > 0 ? least[^1] : 0, HasMore: rows.Length == count && count < keys.Length);
    }

    // NaN for rows that were nobody's.
    private float[] Measure()
    {
        var rows = view.Table.Rows;
        var (keys, scratch) = (new float[rows.Count], new float[rows.Dimensions]);
        for (var row = 0; row < keys.Length; row++)
            keys[row] = view.Has(row) ? target.Least(rows.Read(row, scratch), rows.NormOf(row)) : float.NaN;
        return keys;
    }
}
