using Geode.Backplane.Storage.Vectors.Graph;

namespace Geode.Backplane.Storage.Vectors;

/// <summary>A table like another, without its dead rows. The neighbours that a row loses are replaced by theirs.</summary>
internal sealed class TableCopy(VectorIndexDefinition definition, VectorTable from)
{
    private const int RowsAtATime = 64;

    // The new numbers of the rows; -1 for those that were dead by then.
    private readonly int[] _numbers = new int[from.Rows.Count];
    private readonly float[] _scratch = new float[definition.Dimensions];

    public VectorTable Table { get; } = new(definition);

    /// <summary>The work, in pieces of some milliseconds.</summary>
    public IEnumerable<bool> Steps()
    {
        for (var row = 0; row < _numbers.Length; row++)
        {
            Copy(row);
            if (row % RowsAtATime == 0)
                yield return true;
        }

        if (from.Codes is not { } codes)
            yield break;
        var copied = new QuantizedRows(codes.Space);
        var placed = new float[codes.Space.Length];
        for (var row = 0; row < Table.Rows.Count && row < codes.Count; row++)
        {
            codes.Space.Place(Table.Rows.Read(row, _scratch), Table.Rows.NormOf(row), placed);
            copied.Add(placed);
            if (row % RowsAtATime == 0)
                yield return true;
        }

        Table.Codes = copied;
        var mending = new GraphMending(from, codes);
        for (var row = 0; row < from.Graph.Count; row++)
        {
            if (_numbers[row] < 0)
                continue;
            Table.Graph.Add(mending.NeighborsOf(row, _numbers));
            if (row % RowsAtATime == 0)
                yield return true;
        }

        if (Table.Graph.Count > 0)
            Table.Graph.Entry = Math.Max(0, _numbers[from.Graph.Entry]);
        Table.SearchListSize = from.SearchListSize;
    }

    /// <summary>Takes over what has happened to the other table since its rows were copied.</summary>
    public void CatchUp()
    {
        for (var row = 0; row < _numbers.Length; row++)
        {
            if (_numbers[row] < 0)
                continue;
            if (from.Rows.IsDead(row))
                Table.Remove(from.Rows.RidOf(row), DeadBefore);
            else
                Table.Rows.Renew(_numbers[row], from.Rows.DocumentOf(row)!);
        }

        for (var row = _numbers.Length; row < from.Rows.Count; row++)
            Copy(row);
    }

    // Of no search that uses the new table the row was ever an item's.
    private const long DeadBefore = 1;

    private void Copy(int row)
    {
        if (from.Rows.IsDead(row))
        {
            if (row < _numbers.Length)
                _numbers[row] = -1;
            return;
        }

        if (row < _numbers.Length)
            _numbers[row] = Table.Rows.Count;
        Table.Put(from.Rows.Read(row, _scratch), from.Rows.NormOf(row), from.Rows.DocumentOf(row)!, DeadBefore);
    }
}
