using Geode.Backplane.Query.Execution.Aggregation;
using Geode.Backplane.Query.Syntax;
using Geode.Backplane.Query.Values;

namespace Geode.Backplane.Query.Execution.Compilation;

/// <summary>A subquery: runs within one row of the query around it, over values that row is bound to.</summary>
internal sealed class NestedQuery
{
    private readonly Block _block;
    private readonly RowSink _rows;
    private List<SqlValue> _results = [];
    private List<(SqlValue[] Keys, SqlValue Row)>? _sorting;
    private Grouping? _grouping;
    private long _wanted;

    private NestedQuery(Block block)
    {
        _block = block;
        _rows = block.Rows(Take);
    }

    /// <param name="readsContainer">See <see cref="BlockCompiler.Compile"/>.</param>
    public static NestedQuery Compile(SqlQuery query, ExpressionCompiler expressions, Scope scope, bool readsContainer = false) =>
        new(BlockCompiler.Compile(query, expressions, scope, readsContainer));

    /// <summary>The rows, at most so many.</summary>
    public List<SqlValue> Run(Frame frame, long most = long.MaxValue)
    {
        var results = _results = [];
        _sorting = _block.Order.Length > 0 ? [] : null;
        _grouping = _block.IsGrouped ? new Grouping(_block) : null;
        var end = _block.Limit is { } limit ? _block.Offset + limit : long.MaxValue;
        var early = _sorting is null && _grouping is null && !_block.Distinct;
        _wanted = early ? Math.Min(end, most > long.MaxValue - _block.Offset ? most : most + _block.Offset) : long.MaxValue;
        if (_wanted > 0)
        {
            _rows(frame);
        }

        if (_grouping is not null)
        {
            results.AddRange(_grouping.Results(frame).Select(group => group.Row).Where(row => !row.IsUndefined));
        }

        if (_sorting is not null)
        {
            results.AddRange(_sorting.Order(RowOrder.By(_block.Order)).Select(pair => pair.Row));
        }

        if (_block.Distinct)
        {
            results = results.Distinct().ToList();
        }

        return _block.Offset == 0 && results.Count <= end
            ? results
            : results.Skip((int)_block.Offset).Take((int)Math.Min(_block.Limit ?? int.MaxValue, int.MaxValue)).ToList();
    }

    private bool Take(Frame frame)
    {
        if (_grouping is not null)
        {
            _grouping.Add(frame);
            return true;
        }

        var row = _block.Project(frame);
        if (row.IsUndefined)
        {
            return true;
        }

        if (_sorting is not null)
        {
            _sorting.Add((Array.ConvertAll(_block.Order, key => key.Run(frame)), row));
            return true;
        }

        _results.Add(row);
        return _results.Count < _wanted;
    }
}
