using Geode.Backplane.Query.Execution.Aggregation;
using Geode.Backplane.Query.Execution.Compilation;
using Geode.Backplane.Storage.Indexes;

namespace Geode.Backplane.Query.Execution.Paging;

/// <summary>
/// Aggregates and GROUP BY. The groups come in the order of their keys, which is also how a later page finds where to go on. Where
/// the client merges pages, one over its budget ends with the aggregates so far and the next starts anew behind it.
/// </summary>
/// <param name="count">How many rows there are, if the query only counts them and that is known.</param>
internal sealed class GroupedQuery(PageExecution execution, ChunkReader read, bool mergeable, long? count)
{
    public QueryPage Run()
    {
        var start = mergeable && execution.From is { Keys: null } from ? from.Rid : 0;
        var grouping = new Grouping(execution.Block);
        var documents = new ChunkedReader(read, start);
        var last = (IDocument?)null;
        if (count is { } rows)
        {
            grouping.AddRows(rows, execution.Frame);
        }
        else
        {
            var visit = execution.Visitor(frame =>
            {
                grouping.Add(frame);
                return true;
            });
            while (!(mergeable && execution.OverBudget()) && documents.TryRead(out var document))
            {
                visit(document);
                last = document;
            }
        }

        // A partial result cannot also be split over pages: it goes out whole.
        var partial = mergeable && execution.OverBudget() && documents.HasMore();
        return Return(grouping, partial || start > 0 ? last : null, partial);
    }

    private QueryPage Return(Grouping grouping, IDocument? last, bool partial)
    {
        var seen = execution.Block.Distinct ? new HashSet<Values.SqlValue>() : null;
        var resume = execution.From?.Keys is { } keys ? new GroupKey(keys) : (GroupKey?)null;
        var previous = (GroupKey?)null;
        foreach (var (key, row) in grouping.Results(execution.Frame))
        {
            if (execution.Page.IsFull && last is null && previous is { } done)
            {
                return execution.Pause(0, null, done.Values);
            }

            previous = key;
            var isNew = !row.IsUndefined && (seen is null || seen.Add(row));
            if (isNew && (resume is null || key.CompareTo(resume.Value) > 0) && !execution.IsExhausted && execution.Admit())
            {
                execution.Page.Add(row);
            }
        }

        return partial ? execution.Pause(last!.Rid, null, null) : execution.Finish();
    }
}
