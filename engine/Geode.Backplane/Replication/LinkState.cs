using Geode.Topology;

namespace Geode.Backplane.Replication;

/// <summary>How a link behaves: a one-way path on which a replica receives.</summary>
/// <param name="DelayMs">One way.</param>
/// <param name="JitterMs">Uniform, added to the delay; never reorders.</param>
/// <param name="Loss">0 to 1: the share of transmissions that have to be repeated.</param>
/// <param name="IsUp">False: nothing arrives.</param>
public sealed record LinkBehaviour(double DelayMs, double JitterMs = 0, double Loss = 0, bool IsUp = true)
{
    /// <summary>How long what is sent now is under way. A lost transmission costs one retransmission time-out: a round trip.</summary>
    public TimeSpan Transit()
    {
        var ms = DelayMs + Random.Shared.NextDouble() * JitterMs;
        while (Loss > 0 && Random.Shared.NextDouble() < Math.Min(Loss, 0.99))
            ms += Math.Max(1, 2 * DelayMs);
        return TimeSpan.FromMilliseconds(ms);
    }
}

/// <summary>The link from one region to the one this replica is in, and what is known of it.</summary>
public sealed class LinkState(Region from, LinkBehaviour behaviour)
{
    private LinkBehaviour _behaviour = behaviour;

    public Region From => from;

    internal Storage.RegionId FromId { get; } = Storage.RegionId.Of(from.Name);

    public LinkBehaviour Behaviour
    {
        get => Volatile.Read(ref _behaviour);
        set => Volatile.Write(ref _behaviour, value);
    }

    /// <summary>When the peer last answered over this link.</summary>
    public DateTimeOffset LastContact { get; set; }

    /// <summary>Why the peer does not answer, or null.</summary>
    public string? Failure { get; set; }

    /// <summary>What the peer has, by its last answer.</summary>
    public Storage.VersionVector PeerHas { get; set; } = Storage.VersionVector.Empty;

    /// <summary>The clock stamp of the latest of the peer's own commits that came over this link; 0 when none has.</summary>
    public long LatestStamp { get; set; }

    /// <summary>Commits that the peer was last known to have and a replica lacks, over all origins.</summary>
    public long LagOf(Storage.VersionVector durable) =>
        PeerHas.Dots.Sum(d => durable[d.Region] is var have && have == 0 ? 0 : Math.Max(0, d.Sequence - have));

    /// <summary>How far behind the peer a replica is in milliseconds: 0 when it has all that the peer was last known to have, else the
    /// age of the latest commit of the peer that has come.</summary>
    public double LagMs(Storage.VersionVector durable, DateTimeOffset now) => LagOf(durable) == 0 || LatestStamp == 0
        ? 0
        : Math.Max(0, now.ToUnixTimeMilliseconds() - Storage.HybridClock.Milliseconds(LatestStamp));

    /// <summary>Commits received and not yet due.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    internal void Flying(int commits) => Interlocked.Add(ref _inFlight, commits);

    /// <summary>False when the peer has been silent for longer than the link explains, or the link is down.</summary>
    public bool IsAlive(DateTimeOffset now) =>
        Behaviour.IsUp && now - LastContact < TimeSpan.FromSeconds(2) + TimeSpan.FromMilliseconds(2 * Behaviour.DelayMs);

    private int _inFlight;
}
