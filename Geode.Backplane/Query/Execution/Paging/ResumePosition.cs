using Geode.Backplane.Query.Execution.Compilation;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Execution.Paging;

/// <summary>Which rows of an ordered query are behind: by the continuation, and by the client's resume filter.</summary>
internal static class ResumePosition
{
    public static bool IsAhead(Execution execution, SortRowOrder order, SortRow row)
    {
        if (execution.From is { Keys: { } keys } from && order.Compare(row, keys, from.Rid, from.Rows ?? int.MaxValue) <= 0)
        {
            return false;
        }

        return execution.Resume is not { } resume || IsAhead(execution.Block.Order, resume, row);
    }

    private static bool IsAhead(SortKey[] order, QueryResumeFilter resume, SortRow row)
    {
        var values = (SqlValue[])[.. resume.Values];
        if (values.Length != order.Length)
        {
            throw new QueryException($"The resume filter has {values.Length} value(s) for {order.Length} ORDER BY item(s).");
        }

        var result = RowOrder.Compare(order, row.Keys, values);
        if (result != 0)
        {
            return result > 0;
        }

        if (resume.Exclude)
        {
            return false;
        }

        return resume.Rid is not { } rid || (order[0].Descending ? row.Document.Rid <= rid : row.Document.Rid >= rid);
    }
}
