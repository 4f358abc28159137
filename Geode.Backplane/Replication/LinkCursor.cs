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

    /// <summary>Takes note of an answer, whose commits are then under way until <see cref="DeliverAsync"/> or <see cref="Lose"/>.</summary>
    public void Receive(PullAnswer answer)
    {
        (link.Failure, link.LastContact, link.PeerHas) = (null, replica.Time.GetUtcNow(), answer.Durable);
        foreach (var commit in answer.Commits)
            _received[commit.Dot.Region] = Math.Max(_received.GetValueOrDefault(commit.Dot.Region), commit.Dot.Sequence);
    }

    /// <summary>Applies commits that have come all the way.</summary>
    public async Task DeliverAsync(IReadOnlyList<Commit> commits)
    {
        await replica.ApplyAsync(commits);
        foreach (var commit in commits)
        {
            if (commit.Dot.Region == link.FromId)
                link.LatestStamp = Math.Max(link.LatestStamp, commit.Stamp);
        }

        var applied = replica.Durable;
        // A gap: something before these was lost.
        if (commits.Any(c => applied[c.Dot.Region] < c.Dot.Sequence))
            Lose();
    }

    /// <summary>Something that was under way will not come.</summary>
    public void Lose() => Volatile.Write(ref _resync, 1);
}
