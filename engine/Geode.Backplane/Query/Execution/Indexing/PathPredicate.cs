using Geode.Backplane.Storage.Indexes;

namespace Geode.Backplane.Query.Execution.Indexing;

/// <summary>A condition on the value at one path, as ranges of its index in ascending order.</summary>
/// <param name="Exact">All that the ranges hold meets the condition.</param>
internal sealed record PathPredicate(string[] Path, PathRange[] Ranges, bool Exact = true)
{
    public bool IsOn(string[] path) => Path.AsSpan().SequenceEqual(path);

    /// <summary>Values that meet this condition or another on the same path.</summary>
    public PathPredicate Or(PathPredicate other)
    {
        var sorted = Ranges.Concat(other.Ranges).Where(range => !range.IsEmpty).OrderBy(range => range.Start).ToList();
        var joined = new List<PathRange>();
        foreach (var range in sorted)
        {
            if (joined.Count > 0 && Touches(joined[^1], range))
            {
                joined[^1] = joined[^1] with { End = Later(joined[^1].End, range.End) };
            }
            else
            {
                joined.Add(range);
            }
        }

        return this with { Ranges = [.. joined], Exact = Exact && other.Exact };
    }

    /// <summary>Values that meet this condition and another on the same path.</summary>
    public PathPredicate And(PathPredicate other)
    {
        var common = new List<PathRange>();
        foreach (var ours in Ranges)
        {
            foreach (var theirs in other.Ranges)
            {
                var start = ours.Start.CompareTo(theirs.Start) >= 0 ? ours.Start : theirs.Start;
                var both = new PathRange(start, Earlier(ours.End, theirs.End));
                if (!both.IsEmpty)
                {
                    common.Add(both);
                }
            }
        }

        return this with { Ranges = [.. common], Exact = Exact && other.Exact };
    }

    private static bool Touches(PathRange left, PathRange right) => left.End is not { } end || end.CompareTo(right.Start) >= 0;

    private static PathEntry? Earlier(PathEntry? left, PathEntry? right) =>
        left is { } a && right is { } b ? (a.CompareTo(b) <= 0 ? a : b) : left ?? right;

    private static PathEntry? Later(PathEntry? left, PathEntry? right) =>
        left is { } a && right is { } b ? (a.CompareTo(b) >= 0 ? a : b) : null;
}
