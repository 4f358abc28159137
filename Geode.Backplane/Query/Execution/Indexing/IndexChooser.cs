using Geode.Backplane.Query.Execution.Compilation;
using Geode.Backplane.Query.Syntax;
using Geode.Backplane.Storage.Indexes;

namespace Geode.Backplane.Query.Execution.Indexing;

/// <summary>
/// Decides between scanning, the index of the condition that leaves the fewest candidates, and an index in the order of ORDER BY, by
/// how many documents each would look at. The filter runs on every candidate all the same, so a choice can be slow but not wrong.
/// </summary>
internal sealed class IndexChooser(IDocumentSource source, PathFinder paths, PredicateReader predicates)
{
    private readonly PredicateReader _predicates = predicates;

    // Below this a scan is over before an index has been made.
    private const int SmallestScope = 64;

    // A document reached through an index costs about so many times one reached by scanning.
    private const double IndexedCost = 2;

    // Sorting a row costs about as much as looking at it.
    private const double SortedCost = 2;

    // Conditions that no index answers are taken to let every third row pass.
    private const double OtherConditions = 3;

    /// <summary>The best way in, or null for a scan.</summary>
    /// <param name="rows">How many rows the page can use.</param>
    public static AccessPath? Choose(SqlQuery query, Block block, IDocumentSource source, ExpressionCompiler expressions, QueryOptions options, long rows) =>
        For(query, source, expressions, options)?.Choose(query, block, rows);

    /// <summary>How many documents meet the WHERE clause, where the ends of some index ranges tell; else null.</summary>
    public static long? Count(SqlQuery query, IDocumentSource source, ExpressionCompiler expressions, QueryOptions options)
    {
        var found = new List<PathPredicate>();
        var complete = false;
        var chooser = For(query, source, expressions, options);
        if (chooser is not null)
        {
            found = chooser._predicates.ReadAll(query.Where, out complete);
        }

        // An index of more than the scope would count documents outside it.
        return complete && found is [var only] && source.Indexes!.TryUse(only.Path, out var index) && index.Count == source.Count
            ? only.Ranges.Sum(range => (long)source.Indexes.CountOf(index, range))
            : null;
    }

    private static IndexChooser? For(SqlQuery query, IDocumentSource source, ExpressionCompiler expressions, QueryOptions options) =>
        options.UseIndexes && source.Indexes is not null && source.Count >= SmallestScope && PathFinder.For(query, options) is { } paths
            ? new IndexChooser(source, paths, new PredicateReader(paths, new ConstantReader(expressions)))
            : null;

    private AccessPath? Choose(SqlQuery query, Block block, long rows)
    {
        var indexes = source.Indexes!;
        var sorts = block.Order.Length > 0 && !block.IsGrouped;
        var scanned = source.Count * (sorts ? SortedCost : 1.0);
        var matching = (double)source.Count;
        AccessPath? best = null;
        var bestCost = scanned;

        var found = _predicates.ReadAll(query.Where, out _);
        foreach (var predicate in found)
        {
            if (!indexes.TryUse(predicate.Path, out var index))
            {
                continue;
            }

            var count = predicate.Ranges.Sum(range => (long)indexes.CountOf(index, range));
            var cost = count * IndexedCost * (sorts ? SortedCost : 1.0);
            matching = Math.Min(matching, (double)count * source.Count / Math.Max(1, index.Count));
            if (cost < bestCost)
            {
                best = new AccessPath(indexes, index, predicate.Ranges, InOrder: false);
                bestCost = cost;
            }
        }

        return sorts && Ordered(query, found, rows, matching) is { } ordered && ordered.Cost < bestCost ? ordered.Path : best;
    }

    private (AccessPath Path, double Cost)? Ordered(SqlQuery query, List<PathPredicate> found, long rows, double matching)
    {
        if (paths.Find(query.OrderBy!.Items[0].Expression) is not { } path || !source.Indexes!.TryUse(path, out var index))
        {
            return null;
        }

        var ranges = found.Find(predicate => predicate.IsOn(path))?.Ranges ?? [PathRange.All];
        var inRanges = ranges.Sum(range => (long)source.Indexes.CountOf(index, range));
        var others = query.Where is null ? 1 : OtherConditions;
        var perRow = index.Count / Math.Max(1, matching) * others;
        return (new AccessPath(source.Indexes, index, ranges, InOrder: true), Math.Min(rows * perRow, inRanges) * IndexedCost);
    }
}
