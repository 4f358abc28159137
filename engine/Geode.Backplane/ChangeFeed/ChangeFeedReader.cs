using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Storage;

namespace Geode.Backplane.ChangeFeed;

/// <summary>The latest-version change feed of one partition: every live item once per change, newest version only, in LSN order.</summary>
public static class ChangeFeedReader
{
    private const int Chunk = 256;

    /// <param name="Documents">Changed items in LSN order; empty when there is nothing new.</param>
    /// <param name="Next">Where to go on.</param>
    public sealed record Page(IReadOnlyList<Document> Documents, ChangeFeedToken Next);

    /// <summary>Reads a page after a token.</summary>
    /// <param name="accepts">The part of the partition that is asked for.</param>
    /// <param name="most">Documents in the page.</param>
    public static Page Read(Replica replica, Partition partition, ChangeFeedToken from, Func<Document, bool> accepts, int most)
    {
        if (IsAhead(from, replica, partition))
            return new Page([], from);
        // Taken before the read: whatever this covers is in the partition already, so a drained page has shown it.
        var seen = replica.Durable;
        var token = Localise(from, replica, partition);
        var now = replica.UnixSeconds;
        var found = new List<Document>();
        var buffer = new Document[Chunk];
        var lsn = token.Lsn;
        while (true)
        {
            var count = partition.ReadFeed(lsn, buffer);
            foreach (var document in buffer.AsSpan(0, count))
            {
                if (!replica.IsDurable(document.Ticket))
                    return Drained();
                if (found.Count == most)
                    return new Page(found, token with { Lsn = lsn });
                lsn = document.Lsn;
                var known = lsn <= token.SkipUntil && token.Seen.Covers(document.Dot);
                if (!known && document.LiveAt(now) && accepts(document))
                    found.Add(document);
            }

            if (count < buffer.Length)
                return Drained();
        }

        Page Drained() => new(found, new ChangeFeedToken(lsn, replica.Region, token.Seen.Join(seen), lsn < token.SkipUntil ? token.SkipUntil : 0));
    }

    /// <summary>The token after which only changes to come are read.</summary>
    public static ChangeFeedToken Now(Replica replica, Partition partition)
    {
        var seen = replica.Durable;
        return new ChangeFeedToken(partition.Lsn, replica.Region, seen, 0);
    }

    /// <summary>The token before the first change that was written after that time, to whose second belong all changes within it.</summary>
    public static ChangeFeedToken Since(Replica replica, Partition partition, DateTimeOffset time)
    {
        var buffer = new Document[Chunk];
        long lsn = 0;
        for (int count; (count = partition.ReadFeed(lsn, buffer)) > 0;)
        {
            foreach (var document in buffer.AsSpan(0, count))
            {
                if (HybridClock.Seconds(document.Commit.Stamp) > time.ToUnixTimeSeconds())
                    return new ChangeFeedToken(lsn, replica.Region, VersionVector.Empty, 0);
                lsn = document.Lsn;
            }
        }

        return new ChangeFeedToken(lsn, replica.Region, VersionVector.Empty, 0);
    }

    /// <summary>True for a bare number beyond the end of the feed. There is nothing new then, until changes have passed it: to begin
    /// anew would hand out everything a second time.</summary>
    internal static bool IsAhead(ChangeFeedToken token, Replica replica, Partition partition) =>
        token.Replica == replica.Region && token.Seen.Count == 0 && token.Lsn > partition.Lsn;

    /// <summary>The token as this replica understands it: after a change of region, from the beginning, without what was seen.</summary>
    internal static ChangeFeedToken Localise(ChangeFeedToken token, Replica replica, Partition partition) =>
        token.Replica == replica.Region && token.Lsn <= partition.Lsn
            ? token
            : new ChangeFeedToken(0, replica.Region, token.Seen, partition.Lsn);
}
