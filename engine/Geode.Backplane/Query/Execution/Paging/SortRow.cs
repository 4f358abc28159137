using Geode.Backplane.Query.Execution.Compilation;
using Geode.Backplane.Query.Values;
using Geode.Backplane.Storage.Indexes;

namespace Geode.Backplane.Query.Execution.Paging;

/// <summary>A row waiting to be sorted: the document it comes from, and which of its rows it is, from 1.</summary>
internal readonly record struct SortRow(SqlValue[] Keys, IDocument Document, int Ordinal);

/// <summary>
/// The order of the rows: the sort values, then the documents' Rid, then the order of a document's rows. When the first sort
/// value descends so does the Rid, as if an index were read backwards: the clients that merge pages rely on it.
/// </summary>
internal sealed class SortRowOrder(SortKey[] order) : IComparer<SortRow>
{
    public int Compare(SortRow x, SortRow y) => Compare(x, y.Keys, y.Document.Rid, y.Ordinal);

    public int Compare(SortRow row, SqlValue[] keys, ulong rid, int ordinal)
    {
        var result = RowOrder.Compare(order, row.Keys, keys);
        if (result == 0)
        {
            result = order[0].Descending ? rid.CompareTo(row.Document.Rid) : row.Document.Rid.CompareTo(rid);
        }

        return result != 0 ? result : row.Ordinal.CompareTo(ordinal);
    }
}
