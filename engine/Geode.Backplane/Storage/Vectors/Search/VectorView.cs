namespace Geode.Backplane.Storage.Vectors.Search;

/// <summary>The rows of a table as of one moment, and the items they stand for.</summary>
internal sealed class VectorView(VectorTable table, ItemsApart apart, Func<ulong, Document?> current)
{
    public VectorTable Table => table;

    public ItemsApart Apart => apart;

    public bool Has(int row) => table.Rows.IsLiveAt(row, apart.Step);

    /// <summary>Adds what the row stands for, unless it is gone or to be looked at apart.</summary>
    public void AddTo(List<VectorMatch> matches, float least, int row)
    {
        var rid = table.Rows.RidOf(row);
        if (apart.Rids.Contains(rid))
            return;
        if (table.Rows.DocumentOf(row) is { Superseded: false } document)
            matches.Add(new VectorMatch(least, document));
        else if (current(rid) is { } other)
            matches.Add(new VectorMatch(float.NegativeInfinity, other));
    }
}
