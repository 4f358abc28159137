using Geode.Backplane.Storage;

namespace Geode.Backplane.ChangeFeed;

/// <summary>The change feed of every version and deletion of one partition, as far back as its history goes.</summary>
public static class AllVersionsReader
{
    private const int Chunk = 256;

    /// <param name="Changes">In LSN order; empty when there is nothing new.</param>
    /// <param name="Next">Where to go on.</param>
    public sealed record Page(IReadOnlyList<Change> Changes, ChangeFeedToken Next);

    /// <summary>Reads a page after a token; null when the history no longer reaches back to it.</summary>
    /// <param name="accepts">The part of the partition that is asked for.</param>
    /// <param name="most">Changes in the page.</param>
    public static Page? Read(Replica replica, Partition partition, ChangeFeedToken from, Func<Document, bool> accepts, int most)
    {
        if (ChangeFeedReader.IsAhead(from, replica, partition))
            return new Page([], from);
        // Taken before the read: whatever this covers is in the history already, so a drained page has shown it.
        var seen = replica.Durable;
        var token = ChangeFeedReader.Localise(from, replica, partition);
        var found = new List<Change>();
        var lsn = token.Lsn;
        while (partition.History.ReadAfter(lsn, token.Seen, Chunk) is { } changes)
        {
            foreach (var change in changes)
            {
                if (!replica.IsDurable(change.Current.Ticket))
                    return Drained();
                if (found.Count == most)
                    return new Page(found, token with { Lsn = lsn });
                lsn = change.Current.Lsn;
                var known = lsn <= token.SkipUntil && token.Seen.Covers(change.Cause);
                // What was made and unmade between two reads of a replica that fell behind is no change.
                if (!known && (change.Previous is not null || !change.Current.Gone) && accepts(change.Current))
                    found.Add(change);
            }

            if (changes.Count < Chunk)
                return Drained();
        }

        return null;

        Page Drained() => new(found, new ChangeFeedToken(lsn, replica.Region, token.Seen.Join(seen), lsn < token.SkipUntil ? token.SkipUntil : 0));
    }
}
