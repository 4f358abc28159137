namespace Geode.Personal.Training.Learning;

/// <summary>Which visitor did something with which item, as a sparse matrix in both directions.</summary>
internal sealed class ItemMatrix
{
    /// <param name="items">Ids, by index.</param>
    public ItemMatrix(IReadOnlyList<Deed[]> histories, IReadOnlyList<string> items)
    {
        var index = items.Select((id, i) => (id, i)).ToDictionary(p => p.id, p => p.i, StringComparer.Ordinal);
        Visitors = [.. histories.Select(h => h.Where(d => index.ContainsKey(d.Item)).Select(d => new Cell(index[d.Item], Weight(d.Value))).ToArray())];
        var columns = items.Select(_ => new List<Cell>()).ToArray();
        for (var v = 0; v < Visitors.Length; v++)
            foreach (var cell in Visitors[v])
                columns[cell.Index].Add(new(v, cell.Weight));
        Items = Array.ConvertAll(columns, c => c.ToArray());
    }

    /// <summary>Of each visitor the items.</summary>
    public Cell[][] Visitors { get; }

    /// <summary>Of each item the visitors.</summary>
    public Cell[][] Items { get; }

    /// <summary>Adds up, for one item, what it shares with each other: the row of the Gram matrix.</summary>
    /// <param name="row">As long as there are items; cleared first.</param>
    public void Gram(int item, Span<double> row)
    {
        row.Clear();
        foreach (var (visitor, weight) in Items[item])
            foreach (var (other, its) in Visitors[visitor])
                row[other] += (double)weight * its;
    }

    // What somebody chose and then disliked still says what they choose.
    private static float Weight(double value) => value > Deed.View ? 1 : 0.5f;
}

internal readonly record struct Cell(int Index, float Weight);
