using Geode.Backplane.Query.Values;
using Geode.Backplane.Storage.Indexes;

namespace Geode.Backplane.Query.Execution.Paging;

/// <summary>Queries whose rows come in the order of the documents: no ORDER BY, no aggregates, no GROUP BY.</summary>
internal sealed class StreamedQuery(PageExecution execution, ChunkReader read)
{
    private readonly HashSet<SqlValue>? _seen = execution.Block.Distinct ? [] : null;
    private readonly ulong _lastRid = execution.From?.Rid ?? 0;
    private readonly int _lastRows = execution.From is { } from ? from.Rows ?? int.MaxValue : 0;
    private IDocument _document = null!;
    private int _row;
    private bool _stopped;

    public QueryPage Run()
    {
        if (execution.IsExhausted)
        {
            return execution.Finish();
        }

        if (execution.Block is { ProjectsDocument: true, Filter: null, Distinct: false })
        {
            return Copy();
        }

        // DISTINCT has to know what earlier pages returned, and finds out by going over their rows again.
        var start = _seen is not null || _lastRid == 0 ? 0 : _lastRows == int.MaxValue ? _lastRid : _lastRid - 1;
        var documents = new ChunkedReader(read, start);
        var visit = execution.Visitor(Take);
        var repeated = 0L;
        while (documents.TryRead(out _document))
        {
            _row = 0;
            visit(_document);
            if (execution.IsExhausted)
            {
                return execution.Finish();
            }

            if (_stopped)
            {
                return execution.Pause(_document.Rid, _row, null);
            }

            repeated += _document.Rid <= _lastRid ? 1 : 0;
            if (execution.Page.IsFull || execution.OverBudget(repeated))
            {
                return documents.HasMore() ? execution.Pause(_document.Rid, null, null) : execution.Finish();
            }
        }

        return execution.Finish();
    }

    private bool Take(Compilation.Frame frame)
    {
        if (execution.Page.IsFull || execution.IsExhausted)
        {
            // One row of this document too many: the next page starts with it.
            _stopped = true;
            return false;
        }

        _row++;
        var row = execution.Block.Project(frame);
        var isNew = !row.IsUndefined && (_seen is null || _seen.Add(row));
        var isBehind = _document.Rid < _lastRid || (_document.Rid == _lastRid && _row <= _lastRows);
        if (isNew && !isBehind && execution.Admit())
        {
            execution.Page.Add(row);
        }

        return true;
    }

    /// <summary>SELECT * without a filter: the documents' bytes, unread.</summary>
    private QueryPage Copy()
    {
        var documents = new ChunkedReader(read, _lastRid);
        while (documents.TryRead(out var document))
        {
            execution.Load(document);
            execution.Measures?.Met();
            if (execution.Admit())
            {
                execution.Page.Add(document.Json.Span);
            }

            if (execution.IsExhausted)
            {
                return execution.Finish();
            }

            if (execution.Page.IsFull || execution.OverBudget())
            {
                return documents.HasMore() ? execution.Pause(document.Rid, null, null) : execution.Finish();
            }
        }

        return execution.Finish();
    }
}
