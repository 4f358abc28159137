using Geode.Backplane.Query.Execution.Compilation;
using Geode.Backplane.Query.Syntax;
using Geode.Backplane.Storage.Indexes;

namespace Geode.Backplane.Query.Execution.Indexing;

/// <summary>
/// Decides between scanning, the index of the condition that leaves the fewest candidates, and an index in the order of ORDER BY, by
/// how many documents each would look at. The filter runs on every candidate all the same, so a choice can be slow but not wrong.
/// </summary>
internal sealed class IndexChooser
{
    // Below this a scan is over before an index has been made.
    private const int SmallestScope = 64;

    // A document reached through an index costs about so many times one reached by scanning.
    private const double IndexedCost = 2;

    // Sorting a row costs about as much as looking at it.
    private const double SortedCost = 2;

    // Conditions that no index answers are taken to let every third row pass.
    private const double OtherConditions = 3;

    private readonly SqlQuery _query;
    private readonly PathIndexes _indexes;
    private readonly long _scope;
    private readonly PathFinder _paths;
    private readonly List<PathPredicate> _conditions;
    private readonly bool _complete;

    private IndexChooser(SqlQuery query, PathIndexes indexes, long scope, PathFinder paths, ExpressionCompiler expressions)
    {
        (_query, _indexes, _scope, _paths) = (query, indexes, scope, paths);
        _conditions = new PredicateReader(paths, new ConstantReader(expressions)).ReadAll(query.Where, out _complete);
    }

    /// <summary>A chooser for the query; null where it has to scan.</summary>
    public static IndexChooser? For(SqlQuery query, IDocumentSource source, ExpressionCompiler expressions, QueryOptions options) =>
        options.UseIndexes && source.Indexes is { } indexes && source.Count is >= SmallestScope and var scope && PathFinder.For(query, options) is { } paths
            ? new IndexChooser(query, indexes, scope, paths, expressions)
            : null;

    /// <summary>The path of the index that <see cref="Count"/> counted by.</summary>
    public string? Counted { get; private set; }

    /// <summary>How many documents meet the WHERE clause, where the ends of some index ranges tell; else null.</summary>
    public long? Count()
    {
        // An index of more than the scope would count documents outside it.
        if (!_complete || _conditions is not [var only] || !_indexes.TryUse(only.Path, _scope, out var index) || index.Count != _scope)
            return null;
        Counted = index.Name;
        return CountOf(index, only.Ranges);
    }

    /// <summary>The best way in, or null for a scan.</summary>
    /// <param name="rows">How many rows the page can use.</param>
    public AccessPath? Choose(Block block, long rows)
    {
        var sorts = block.Order.Length > 0 && !block.IsGrouped;
        var perDocument = sorts ? SortedCost : 1.0;
        var matching = (double)_scope;
        AccessPath? best = null;
        var bestCost = _scope * perDocument;
        foreach (var condition in _conditions)
        {
            if (!_indexes.TryUse(condition.Path, _scope, out var index))
            {
                continue;
            }

            var candidates = CountOf(index, condition.Ranges);
            matching = Math.Min(matching, (double)candidates * _scope / Math.Max(1, index.Count));
            if (candidates * IndexedCost * perDocument < bestCost)
            {
                best = new AccessPath(_indexes, index, condition.Ranges, InOrder: false);
                bestCost = candidates * IndexedCost * perDocument;
            }
        }

        return sorts && Ordered(rows, matching) is { } ordered && ordered.Cost < bestCost ? ordered.Path : best;
    }

    private (AccessPath Path, double Cost)? Ordered(long rows, double matching)
    {
        if (_paths.Find(_query.OrderBy!.Items[0].Expression) is not { } path || !_indexes.TryUse(path, _scope, out var index))
        {
            return null;
        }

        var ranges = _conditions.Find(condition => condition.IsOn(path))?.Ranges ?? [PathRange.All];
        var perRow = index.Count / Math.Max(1, matching) * (_query.Where is null ? 1 : OtherConditions);
        return (new AccessPath(_indexes, index, ranges, InOrder: true), Math.Min(rows * perRow, CountOf(index, ranges)) * IndexedCost);
    }

    private long CountOf(PathIndex index, PathRange[] ranges) => ranges.Sum(range => (long)_indexes.CountOf(index, range));
}
