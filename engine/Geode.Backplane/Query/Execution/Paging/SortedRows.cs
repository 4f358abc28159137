using Geode.Backplane.Query.Execution.Compilation;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Execution.Paging;

/// <summary>Fills the page from rows that are in order.</summary>
internal sealed class SortedRows
{
    private readonly PageExecution _execution;
    private readonly SortRowOrder _order;
    private readonly HashSet<SqlValue>? _seen;
    private readonly Action<Storage.Indexes.IDocument> _visit;
    private int _ordinal;
    private int _wanted;
    private SqlValue _projected;

    public SortedRows(PageExecution execution, SortRowOrder order)
    {
        _execution = execution;
        _order = order;
        _seen = execution.Block.Distinct ? [] : null;
        _visit = execution.Visitor(Project, counted: false);
    }

    public QueryPage Return(List<SortRow> rows)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            if (!TryAdd(rows[i]))
            {
                continue;
            }

            if (_execution.IsExhausted)
            {
                return _execution.Finish();
            }

            if (_execution.Page.IsFull)
            {
                return i + 1 < rows.Count ? Pause(rows[i]) : _execution.Finish();
            }
        }

        return _execution.Finish();
    }

    /// <summary>Adds a row to the page unless it is a duplicate, undefined, behind, or skipped by OFFSET.</summary>
    public bool TryAdd(SortRow row)
    {
        _ordinal = 0;
        _wanted = row.Ordinal;
        _projected = SqlValue.Undefined;
        _visit(row.Document);
        if (_projected.IsUndefined || (_seen is not null && !_seen.Add(_projected)))
        {
            return false;
        }

        if ((_seen is not null && !ResumePosition.IsAhead(_execution, _order, row)) || !_execution.Admit())
        {
            return false;
        }

        _execution.Page.Add(_projected);
        return true;
    }

    public QueryPage Pause(SortRow last) => _execution.Pause(last.Document.Rid, last.Ordinal, last.Keys);

    /// <summary>The bindings of a row are not kept but made again from its document.</summary>
    private bool Project(Frame frame)
    {
        if (++_ordinal < _wanted)
        {
            return true;
        }

        _projected = _execution.Block.Project(frame);
        return false;
    }
}
