using Geode.Backplane.Storage;

namespace Geode.Backplane.Replication;

/// <summary>Where the taking side of one link stands: what to ask for next, and what to do with what came. What is lost on the way
/// (a restart, a link that goes down) is asked for again.</summary>
public sealed class LinkCursor(LinkState link, Replica replica, Func<IReadOnlyList<RegionId>> wantedOrigins)
{
    private readonly Dictionary<RegionId, long> _received = [];
    private int _resync;

    public LinkState Link => link;

    /// <summary>What to ask the peer for.</summary>
    public PullRequest NextRequest()
    {
        if (Interlocked.Exchange(ref _resync, 0) == 1)
            _received.Clear();
        var applied = replica.Durable;
        var origins = wantedOrigins();
        var after = VersionVector.Of(origins.Select(o => new Dot(o, Math.Max(applied[o], _received.GetValueOrDefault(o)))));
        return new PullRequest(replica.Region, applied, after, origins);
    }

    /// <summary>Takes note of an answer, whose commits are then under way until <see cref="Delivered"/> or <see cref="Lose"/>.</summary>
    public void Receive(PullAnswer answer)
    {
        (link.Failure, link.LastContact, link.PeerHas) = (null, replica.Time.GetUtcNow(), answer.Durable);
        foreach (var (dot, _) in LastOfEach(answer.Commits))
            _received[dot.Region] = Math.Max(_received.GetValueOrDefault(dot.Region), dot.Sequence);
    }

    /// <summary>Takes note that commits have come all the way: the replica has applied them, as far as it could.</summary>
    public void Delivered(IReadOnlyList<Commit> commits)
    {
        var applied = replica.Durable;
        foreach (var (dot, stamp) in LastOfEach(commits))
        {
            if (dot.Region == link.FromId)
                link.LatestStamp = Math.Max(link.LatestStamp, stamp);
            // A gap: something before these was lost.
            if (!applied.Covers(dot))
                Lose();
        }
    }

    /// <summary>Something that was under way will not come.</summary>
    public void Lose() => Volatile.Write(ref _resync, 1);

    // A peer gives the commits of one origin after those of another, each in its origin's order; mostly it gives those of one only.
    private static IEnumerable<(Dot Dot, long Stamp)> LastOfEach(IReadOnlyList<Commit> commits)
    {
        if (commits.Count > 0 && commits[0].Dot.Region == commits[^1].Dot.Region)
            return [(commits[^1].Dot, commits[^1].Stamp)];
        return commits.Where((commit, i) => i + 1 == commits.Count || commits[i + 1].Dot.Region != commit.Dot.Region)
            .Select(commit => (commit.Dot, commit.Stamp));
    }
}
