namespace Geode.Backplane.Storage;

/// <summary>Decides which version of an item stands; see <see cref="ConflictResolver"/>.</summary>
public interface IConflictResolver
{
    /// <summary>The state after <paramref name="incoming"/> has met <paramref name="current"/>.</summary>
    /// <param name="current">What this replica holds, or null.</param>
    Document Merge(Document? current, Document incoming);
}

/// <summary>Decides which version of an item stands. The result depends only on the set of versions received, never on their
/// order: versions that some other version had seen are dropped, and of the rest one is the greatest.</summary>
public sealed class ConflictResolver(Func<Document, double> conflictValue) : IConflictResolver
{
    /// <inheritdoc/>
    public Document Merge(Document? current, Document incoming)
    {
        if (current is null || (current.Conflict is null && incoming.Commit.HasSeen(current.Dot) && incoming.Commit.Seen.Covers(current.Commit.Seen, incoming.Dot)))
            return incoming;
        var known = current.Context;
        List<Document> survivors = [.. All(current).Where(d => d.Dot != incoming.Dot && !incoming.Commit.HasSeen(d.Dot))];
        // A covered version is no news, but what it had seen still counts: it may supersede one whose superseder we met first.
        // Of two writes of one commit the later is news where the earlier was.
        if (!known.Covers(incoming.Dot) || All(current).Any(d => d.Dot == incoming.Dot))
            survivors.Add(incoming);
        return Standing(survivors, known.Join(incoming.Commit.Context));
    }

    /// <summary>The state of an item of which two replicas hold something, when all that either of them has applied counts as known.</summary>
    public Document? Join(Document? one, VersionVector oneApplied, Document? other, VersionVector otherApplied)
    {
        List<Document> survivors =
        [
            .. All(one).Where(d => All(other).Any(o => o.Dot == d.Dot) || !Knows(other, otherApplied, d.Dot)),
            .. All(other).Where(d => All(one).All(o => o.Dot != d.Dot) && !Knows(one, oneApplied, d.Dot)),
        ];
        if (survivors.Count == 0)
            return null;
        return Standing(survivors, (one?.Context ?? VersionVector.Empty).Join(other?.Context ?? VersionVector.Empty));

        static bool Knows(Document? state, VersionVector applied, Dot dot) => applied.Covers(dot) || state?.Context.Covers(dot) == true;
    }

    private Document Standing(List<Document> survivors, VersionVector context)
    {
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

    private static IEnumerable<Document> All(Document? document) =>
        document is null ? [] : document.Conflict is { } conflict ? [document, .. conflict.Others] : [document];
}
