using Geode.Backplane.Storage.Indexes;

namespace Geode.Backplane.Query.Execution.Indexing;

/// <summary>How a query gets at its documents: through ranges of an index, in its order or only as candidates.</summary>
/// <param name="InOrder">The ranges, read in the direction of the first ORDER BY item, give the rows in order.</param>
internal sealed record AccessPath(PathIndexes Indexes, PathIndex Index, PathRange[] Ranges, bool InOrder)
{
    /// <summary>How many documents lie in the ranges.</summary>
    public long Count() => Ranges.Sum(range => (long)Indexes.CountOf(Index, range));
}
