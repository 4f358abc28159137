namespace Geode.Backplane.Storage;

/// <summary>Decides which version of an item stands. The result depends only on the set of versions received, never on their
/// order: versions that some other version had seen are dropped, and of the rest one is the greatest.</summary>
public sealed class ConflictResolver(Func<Document, double> conflictValue)
{
    /// <summary>The state after <paramref name="incoming"/> has met <paramref name="current"/>.</summary>
    /// <param name="current">What this replica holds, or null.</param>
    public Document Merge(Document? current, Document incoming)
    {
        if (current is null || (current.Conflict is null && incoming.Commit.HasSeen(current.Dot) && incoming.Commit.Context.Covers(current.Commit.Seen)))
            return incoming;
        var known = current.Context;
        List<Document> survivors = [.. All(current).Where(d => !incoming.Commit.HasSeen(d.Dot))];
        // A covered version is no news, but what it had seen still counts: it may supersede one whose superseder we met first.
        if (!known.Covers(incoming.Dot))
            survivors.Add(incoming);
        var context = known.Join(incoming.Commit.Context);
        var winner = survivors.Aggregate((a, b) => Compare(a, b) >= 0 ? a : b);
        var others = survivors.Where(d => !ReferenceEquals(d, winner)).Select(d => d.Alone()).ToArray();
        var conflict = others.Length == 0 && context.Equals(winner.Commit.Context) ? null : new ConflictState(others, context);
        return winner.With(conflict);
    }

    /// <summary>Positive when the first version wins: deletion first, then the conflict path's value, then the origin's clock, region
    /// and sequence number.</summary>
    public int Compare(Document a, Document b)
    {
        if (a.Deleted != b.Deleted)
            return a.Deleted ? 1 : -1;
        if (!a.Deleted)
        {
            var byValue = conflictValue(a).CompareTo(conflictValue(b));
            if (byValue != 0)
                return byValue;
        }

        var byStamp = a.Commit.Stamp.CompareTo(b.Commit.Stamp);
        if (byStamp != 0)
            return byStamp;
        var byRegion = a.Dot.Region.CompareTo(b.Dot.Region);
        return byRegion != 0 ? byRegion : a.Dot.Sequence.CompareTo(b.Dot.Sequence);
    }

    private static IEnumerable<Document> All(Document document) =>
        document.Conflict is { } conflict ? [document, .. conflict.Others] : [document];
}
