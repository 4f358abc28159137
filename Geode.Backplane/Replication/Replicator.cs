using Geode.Backplane.Storage;
using Geode.Topology;

namespace Geode.Backplane.Replication;

/// <summary>All links into one replica. Each peer gives its own commits; when a peer cannot be reached, the others give its commits too, so
/// that what reached any survivor reaches all.</summary>
public sealed class Replicator
{
    private readonly Replica _replica;
    private readonly IReadOnlyList<LinkState> _links;
    private readonly IReadOnlyList<LinkReceiver> _receivers;

    public Replicator(Planet planet, Region here, Replica replica, IEnumerable<IPeer> peers, ILoggerFactory logs)
    {
        _replica = replica;
        Source = new PullSource(replica);
        var paths = peers.Select(p => (Peer: p, Link: new LinkState(p.Region, new LinkBehaviour(planet.OneWayDelay(p.Region, here).TotalMilliseconds)))).ToArray();
        _links = [.. paths.Select(p => p.Link)];
        _receivers = [.. paths.Select(p => new LinkReceiver(p.Peer, p.Link, replica, () => OriginsFrom(p.Link), logs.CreateLogger<LinkReceiver>()))];
    }

    public PullSource Source { get; }

    /// <summary>The links into this replica.</summary>
    public IReadOnlyList<LinkState> Links => _links;

    public Task RunAsync(CancellationToken stop) =>
        Task.WhenAll([.. _receivers.Select(r => r.RunAsync(stop)), TrimAsync(stop)]);

    // A region's own id is asked for too: one that lost its data gets back what it had given away.
    private IReadOnlyList<RegionId> OriginsFrom(LinkState link)
    {
        var now = _replica.Time.GetUtcNow();
        var own = RegionId.Of(link.From.Name);
        var reachable = _links.Where(l => l.IsAlive(now)).Select(l => RegionId.Of(l.From.Name)).ToHashSet();
        reachable.Remove(own);
        var known = link.PeerHas.Dots.Select(d => d.Region).Append(own).Append(_replica.Region).Distinct();
        return [.. known.Where(o => !reachable.Contains(o))];
    }

    private async Task TrimAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), _replica.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                if (_links.All(l => Source.Acknowledged.ContainsKey(RegionId.Of(l.From.Name))))
                    _replica.History.Trim(Everywhere());
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private VersionVector Everywhere()
    {
        var durable = _replica.Durable;
        var vectors = Source.Acknowledged.Values.ToArray();
        return VersionVector.Of(durable.Dots.Select(d => d with { Sequence = vectors.Select(v => v[d.Region]).Append(d.Sequence).Min() }));
    }
}
