using Geode.Backplane.Query.Execution.Compilation;
using Geode.Backplane.Query.Execution.Indexing;
using Geode.Backplane.Query.Values;
using Geode.Backplane.Storage.Indexes;

namespace Geode.Backplane.Query.Execution.Paging;

/// <summary>
/// ORDER BY along an index of its first item. With one item the index has the rows in order; with more, documents that share the
/// first value are gathered and sorted among themselves.
/// </summary>
internal sealed class IndexOrderedQuery
{
    private readonly PageExecution _execution;
    private readonly AccessPath _path;
    private readonly SortRowOrder _order;
    private readonly SortedRows _output;
    private readonly Action<IDocument> _visit;
    private readonly List<SortRow> _group = [];
    private readonly bool _descending;
    private readonly bool _single;
    private IDocument _document = null!;
    private int _ordinal;
    private SortRow _last;

    public IndexOrderedQuery(PageExecution execution, AccessPath path)
    {
        _execution = execution;
        _path = path;
        _order = new SortRowOrder(execution.Block.Order);
        _output = new SortedRows(execution, _order);
        _visit = execution.Visitor(Collect);
        _descending = execution.Block.Order[0].Descending;
        _single = execution.Block.Order.Length == 1;
    }

    public QueryPage Run()
    {
        if (_execution.IsExhausted)
        {
            return _execution.Finish();
        }

        var group = (SqlValue?)null;
        foreach (var (entry, document) in Walk())
        {
            if (group is { } key && (_single || !entry.Key.Equals(key)) && EndGroup() is { } page)
            {
                return page;
            }

            group = entry.Key;
            Visit(document);
            if (_single && !_execution.Block.Distinct && _execution.OverBudget())
            {
                return EndGroup() ?? _execution.Pause(document.Rid, null, [entry.Key]);
            }
        }

        return EndGroup() ?? _execution.Finish();
    }

    private void Visit(IDocument document)
    {
        if (!_execution.Source.Contains(document))
        {
            _execution.Load(document);
            return;
        }

        _document = document;
        _ordinal = 0;
        _visit(document);
    }

    private IEnumerable<KeyValuePair<PathEntry, IDocument>> Walk()
    {
        foreach (var range in _descending ? _path.Ranges.Reverse() : _path.Ranges)
        {
            if (Rest(range) is not { } rest)
            {
                continue;
            }

            var reader = new RangeReader(_path, rest, _descending);
            while (reader.TryRead(out var entry))
            {
                yield return entry;
            }
        }
    }

    /// <summary>The part of a range that is not behind; null if there is none. DISTINCT goes over all of it again.</summary>
    private PathRange? Rest(PathRange range)
    {
        if (_execution.Resume is { Values: [var resumed, ..] })
        {
            range = _descending ? EndingAt(range, PathEntry.After(resumed)) : StartingAt(range, PathEntry.Before(resumed));
        }

        if (_execution.From is { Keys: [var first, ..] } from && !_execution.Block.Distinct)
        {
            // The document of the last row is met again if it may have more rows; with further ORDER BY items its whole group is.
            var again = from.Rows is not null;
            if (_descending)
            {
                range = EndingAt(range, _single ? new PathEntry(first, again ? from.Rid + 1 : from.Rid) : PathEntry.After(first));
            }
            else
            {
                range = StartingAt(range, _single ? new PathEntry(first, again ? from.Rid : from.Rid + 1) : PathEntry.Before(first));
            }
        }

        return range.IsEmpty ? null : range;
    }

    private static PathRange StartingAt(PathRange range, PathEntry start) => range.Start.CompareTo(start) < 0 ? range with { Start = start } : range;

    private static PathRange EndingAt(PathRange range, PathEntry end) =>
        range.End is { } limit && limit.CompareTo(end) <= 0 ? range : range with { End = end };

    private bool Collect(Frame frame)
    {
        _ordinal++;
        var row = new SortRow(Array.ConvertAll(_execution.Block.Order, key => key.Run(frame)), _document, _ordinal);
        if (_execution.Block.Distinct || ResumePosition.IsAhead(_execution, _order, row))
        {
            _group.Add(row);
        }

        return true;
    }

    /// <summary>Returns the rows gathered so far; a page if it is complete with them.</summary>
    private QueryPage? EndGroup()
    {
        if (!_single)
        {
            _group.Sort(_order);
        }

        foreach (var row in _group)
        {
            if (_execution.Page.IsFull)
            {
                return _output.Pause(_last);
            }

            if (_output.TryAdd(row))
            {
                _last = row;
            }

            if (_execution.IsExhausted)
            {
                return _execution.Finish();
            }
        }

        _group.Clear();
        return null;
    }
}
