using Geode.Backplane.Query.Execution.Compilation;
using Geode.Backplane.Query.Values;
using Geode.Backplane.Storage.Indexes;
using Geode.Backplane.Storage.Vectors.Search;

namespace Geode.Backplane.Query.Execution.Paging;

/// <summary>
/// ORDER BY the distance to a vector, with an index: looks at candidates, the nearest first, until no other can be among the rows that
/// are wanted. What is returned, and in which order, follows from the documents alone; the index only tells which to look at.
/// </summary>
internal sealed class VectorOrderedQuery(PageExecution execution, NeighborSearch search)
{
    // When a filter left too few, so many times as many candidates are asked for.
    private const int Widening = 4;

    // Searches have arrays of such a length.
    private const int MostCandidates = 1 << 28;

    private readonly SortRowOrder _order = new(execution.Block.Order);
    private readonly bool _descending = execution.Block.Order[0].Descending;
    private readonly List<SortRow> _rows = [];
    private readonly HashSet<ulong> _seen = [];

    // The sort values of as many rows as are wanted, the farthest first out.
    private readonly PriorityQueue<double, double> _best = new();
    private IDocument _document = null!;
    private int _ordinal;

    public QueryPage Run()
    {
        if (execution.IsExhausted)
        {
            return execution.Finish();
        }

        var wanted = Wanted();
        var visit = execution.Visitor(Collect);
        foreach (var document in search.Apart)
        {
            Look(document, visit, wanted);
        }

        // Those of the pages before are found again, about.
        for (var candidates = (int)Math.Min(MostCandidates, wanted + execution.Skipped + execution.Taken); !IsEnough(candidates, visit, wanted); candidates = (int)Math.Min(MostCandidates, (long)candidates * Widening))
        {
        }

        _rows.Sort(_order);
        return new SortedRows(execution, _order).Return(_rows);
    }

    /// <summary>How many rows the page needs, and one to know whether there are more. Those before it are not counted: they may have become
    /// more since.</summary>
    private int Wanted()
    {
        var before = execution.Block.Offset - execution.Skipped;
        var rows = Math.Min(execution.Page.Room + 1L, (execution.Block.Limit ?? long.MaxValue) - execution.Taken);
        return (int)Math.Clamp(before + rows, 1, MostCandidates);
    }

    private bool IsEnough(int candidates, Action<IDocument> visit, int wanted)
    {
        var matches = search.Nearest(candidates);
        foreach (var match in matches.Items)
        {
            if (IsBeyond(match.Least, wanted))
            {
                return true;
            }

            if (_seen.Add(match.Document.Rid))
            {
                Look(match.Document, visit, wanted);
            }
        }

        return !matches.HasMore || IsBeyond(matches.Rest, wanted);
    }

    /// <summary>There are as many rows as are wanted, all of them nearer than that.</summary>
    private bool IsBeyond(double least, int wanted) => _best.Count == wanted && least > -_best.Peek();

    private void Look(IDocument document, Action<IDocument> visit, int wanted)
    {
        if (!execution.Source.Contains(document))
        {
            execution.Load(document);
            return;
        }

        (_document, _ordinal) = (document, 0);
        var before = _rows.Count;
        visit(document);
        for (var i = _rows.Count - 1; i >= before; i--)
        {
            if (!ResumePosition.IsAhead(execution, _order, _rows[i]))
            {
                _rows.RemoveAt(i);
            }
        }

        for (var i = before; i < _rows.Count; i++)
        {
            var value = _rows[i].Keys[0].Number;
            var nearness = _descending ? value : -value;
            if (_best.Count < wanted)
            {
                _best.Enqueue(nearness, nearness);
            }
            else
            {
                _best.EnqueueDequeue(nearness, nearness);
            }
        }
    }

    private bool Collect(Frame frame)
    {
        _ordinal++;
        if (!execution.Block.MayYieldNothing || !execution.Block.Project(frame).IsUndefined)
        {
            _rows.Add(new SortRow(Array.ConvertAll(execution.Block.Order, key => key.Run(frame)), _document, _ordinal));
        }

        return true;
    }
}
