using Geode.Backplane.Query.Execution.Compilation;

namespace Geode.Backplane.Query.Execution.Paging;

/// <summary>Which rows of an ordered query are behind: by the continuation, and by the client's resume filter.</summary>
internal static class ResumePosition
{
    public static bool IsAhead(PageExecution execution, SortRowOrder order, SortRow row)
    {
        if (execution.From is { Keys: { } keys } from && order.Compare(row, keys, from.Rid, from.Rows ?? int.MaxValue) <= 0)
        {
            return false;
        }

        return execution.Resume is not { } resume || IsAhead(execution.Block.Order, resume, row);
    }

    private static bool IsAhead(SortKey[] order, QueryResumeFilter resume, SortRow row)
    {
        var result = RowOrder.Compare(order, row.Keys, resume.Values);
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
