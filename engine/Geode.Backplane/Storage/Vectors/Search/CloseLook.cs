namespace Geode.Backplane.Storage.Vectors.Search;

/// <summary>Puts candidates in their true order.</summary>
internal static class CloseLook
{
    /// <param name="candidates">Rows that a coarse search found.</param>
    /// <param name="from">Rows from here on it did not know; all of them are looked at.</param>
    public static List<VectorMatch> At(VectorView view, VectorTarget target, ReadOnlySpan<int> candidates, int from)
    {
        var rows = view.Table.Rows;
        var scratch = new float[rows.Dimensions];
        var nearest = new NearestRows(candidates.Length + Math.Max(0, rows.Count - from) + 1);
        foreach (var row in candidates)
            Add(row);
        for (int row = from, end = rows.Count; row < end; row++)
            Add(row);
        var (least, sorted) = nearest.Sorted();
        var matches = new List<VectorMatch>(sorted.Length);
        for (var i = 0; i < sorted.Length; i++)
            view.AddTo(matches, least[i], sorted[i]);
        return matches;

        void Add(int row)
        {
            if (view.Has(row))
                nearest.Add(target.Least(rows.Read(row, scratch), rows.NormOf(row)), row);
        }
    }
}
