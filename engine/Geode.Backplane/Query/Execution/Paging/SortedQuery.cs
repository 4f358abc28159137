using Geode.Backplane.Query.Execution.Compilation;
using Geode.Backplane.Query.Values;
using Geode.Backplane.Storage.Indexes;

namespace Geode.Backplane.Query.Execution.Paging;

/// <summary>ORDER BY without an index to read in order: looks at every document and keeps the rows of one page.</summary>
/// <param name="best">Documents that come before all others, if there is a way to them: the others are read only where these are too few.</param>
internal sealed class SortedQuery(PageExecution execution, ChunkReader read, ChunkReader? best = null)
{
    private readonly SortRowOrder _order = new(execution.Block.Order);
    private readonly List<SortRow> _rows = [];
    private IDocument _document = null!;
    private int _ordinal;

    public QueryPage Run()
    {
        if (execution.IsExhausted)
        {
            return execution.Finish();
        }

        var keep = Keep();
        var visit = execution.Visitor(Collect);
        HashSet<ulong>? seen = null;
        if (best is not null && keep is not null)
        {
            Read(best, visit, keep, seen = []);
        }

        if (seen is null || _rows.Count < keep)
        {
            Read(read, visit, keep, seen);
        }

        _rows.Sort(_order);
        return new SortedRows(execution, _order).Return(_rows);
    }

    private void Read(ChunkReader from, Action<IDocument> visit, int? keep, HashSet<ulong>? seen)
    {
        var documents = new ChunkedReader(from, 0);
        while (documents.TryRead(out _document))
        {
            if (seen?.Add(_document.Rid) == false)
            {
                continue;
            }

            _ordinal = 0;
            visit(_document);
            if (keep is { } most && _rows.Count >= 2 * (long)most)
            {
                _rows.Sort(_order);
                _rows.RemoveRange(most, _rows.Count - most);
            }
        }
    }

    /// <summary>How many rows the page can need; null for all, since DISTINCT may drop any number of them.</summary>
    private int? Keep()
    {
        var most = execution.Block.Offset - execution.Skipped + execution.Page.Room + 1;
        return execution.Block.Distinct || most > int.MaxValue / 2 ? null : (int)most;
    }

    private bool Collect(Frame frame)
    {
        _ordinal++;
        if (execution.Block.MayYieldNothing && execution.Block.Project(frame).IsUndefined)
        {
            // Were it counted, the page could end short of rows.
            return true;
        }

        var row = new SortRow(Array.ConvertAll(execution.Block.Order, key => key.Run(frame)), _document, _ordinal);
        if (execution.Block.Distinct || ResumePosition.IsAhead(execution, _order, row))
        {
            _rows.Add(row);
        }

        return true;
    }
}
