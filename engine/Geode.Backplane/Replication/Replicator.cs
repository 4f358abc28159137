using Geode.Backplane.Storage;
using Geode.Topology;

namespace Geode.Backplane.Replication;

/// <summary>All links into one replica. Each peer gives its own commits; when a peer cannot be reached, the others give its commits too, so
/// that what reached any survivor reaches all.</summary>
public sealed class Replicator
{
    private const int FewLinks = 8;
    private static readonly TimeSpan ArrivalsPerLink = TimeSpan.FromMilliseconds(0.25);

    // For each pair of links: a planet of any size in one process pulls 25,000 times a second at most.
    private static readonly TimeSpan RestPerPair = TimeSpan.FromMilliseconds(0.04);

    private readonly Replica _replica;
    private readonly ILoggerFactory _logs;
    private readonly Stability _stability;
    private readonly Seeding _seeding;
    private readonly Arrivals _arrivals;
    private readonly Lock _gate = new();
    private volatile IReadOnlyList<Inbound> _inbound = [];
    private volatile Dictionary<RegionId, LinkState> _links = [];
    private volatile VersionVector _followed = VersionVector.Empty;
    private volatile Until _aliveUntil = new(DateTimeOffset.MinValue, false);
    private CancellationToken _stop = new(canceled: true);
    private Task _rest = Task.CompletedTask;

    public Replicator(Planet planet, Region here, Replica replica, IEnumerable<IPeer> peers, ILoggerFactory logs)
    {
        (_replica, _logs, _stability) = (replica, logs, new Stability(replica));
        _seeding = new Seeding(replica, logs.CreateLogger<Seeding>());
        _arrivals = new Arrivals(replica, () => LinksTooMany * ArrivalsPerLink);
        Source = new PullSource(replica);
        foreach (var peer in peers)
            Add(peer, planet.OneWayDelay(peer.Region, here));
    }

    public PullSource Source { get; }

    /// <summary>The links into this replica.</summary>
    public IReadOnlyList<LinkState> Links => [.. _inbound.Select(i => i.Link)];

    private int LinksTooMany => Math.Max(0, _inbound.Count - FewLinks);

    internal IReadOnlyList<LinkCursor> Cursors => [.. _inbound.Select(i => i.Receiver.Cursor)];

    /// <summary>Runs all links, those to come included, until told to stop.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        lock (_gate)
        {
            _stop = stop;
            foreach (var inbound in _inbound)
                inbound.Start(stop);
        }

        await Task.WhenAll(TrimAsync(stop), _arrivals.RunAsync(stop));
        await Task.WhenAll(_inbound.Select(i => i.Running));
    }

    /// <summary>Follows one region more.</summary>
    public void Add(IPeer peer, TimeSpan delay)
    {
        var link = new LinkState(peer.Region, new LinkBehaviour(delay.TotalMilliseconds));
        var cursor = new LinkCursor(link, _replica, () => OriginsFrom(link));
        var inbound = new Inbound(new LinkReceiver(peer, cursor, _replica, _arrivals, _seeding, RestAsync, _logs.CreateLogger<LinkReceiver>()));
        lock (_gate)
        {
            Follow([.. _inbound, inbound]);
            if (!_stop.IsCancellationRequested)
                inbound.Start(_stop);
        }
    }

    /// <summary>Stops following a region, and waiting for it.</summary>
    public async Task RemoveAsync(string region)
    {
        Inbound? gone;
        lock (_gate)
        {
            gone = _inbound.FirstOrDefault(i => i.Region == region);
            Follow([.. _inbound.Where(i => i != gone)]);
        }

        if (gone is not null)
            await gone.StopAsync();
        Source.Forget(RegionId.Of(region));
    }

    /// <summary>Forgets what every peer has, and deletions that nobody can undo any more; returns how many of these.</summary>
    internal async Task<int> TrimOnceAsync()
    {
        var peers = _inbound.Select(i => RegionId.Of(i.Region)).ToHashSet();
        var acknowledged = Source.Acknowledged.Where(a => peers.Contains(a.Key)).ToDictionary();
        if (acknowledged.Count < peers.Count)
            return 0;
        _replica.History.Trim(Stability.Everywhere(_replica.Durable, acknowledged.Values));
        return _stability.Next(acknowledged) is { } stable ? await _replica.ForgetAsync(stable) : 0;
    }

    private void Follow(IReadOnlyList<Inbound> inbound)
    {
        _links = inbound.ToDictionary(i => i.Link.FromId, i => i.Link);
        _followed = VersionVector.Of([.. _links.Keys.Append(_replica.Region).Select(region => new Dot(region, 0))]);
        _aliveUntil = new(DateTimeOffset.MinValue, false);
        _inbound = inbound;
    }

    // Few links ask again at once; many rest, and begin again together, so that more than one commit comes at a time.
    private Task RestAsync()
    {
        if (LinksTooMany == 0)
            return Task.CompletedTask;
        lock (_gate)
            return _rest.IsCompleted ? _rest = Task.Delay(LinksTooMany * LinksTooMany * RestPerPair, _replica.Time, _stop) : _rest;
    }

    // A region's own id is asked for too: one that lost its data gets back what it had given away.
    private IReadOnlyList<RegionId> OriginsFrom(LinkState link)
    {
        var (now, links) = (_replica.Time.GetUtcNow(), _links);
        List<RegionId> origins = [link.FromId, _replica.Region];
        if (link.PeerHas.HasRegionsOf(_followed) && AllAlive(now))
            return origins;
        foreach (var (origin, _) in link.PeerHas.Dots)
        {
            if (!origins.Contains(origin) && !(links.TryGetValue(origin, out var other) && other.IsAlive(now)))
                origins.Add(origin);
        }

        return origins;
    }

    // Looked at anew twenty times a second: every pull over every link asks.
    private bool AllAlive(DateTimeOffset now)
    {
        if (now >= _aliveUntil.At)
            _aliveUntil = new(now + TimeSpan.FromMilliseconds(50), _inbound.All(i => i.Link.IsAlive(now)));
        return _aliveUntil.Value;
    }

    private async Task TrimAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), _replica.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
                await TrimOnceAsync();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    /// <summary>What was found, and until when that is good enough.</summary>
    private sealed record Until(DateTimeOffset At, bool Value);

    private sealed class Inbound(LinkReceiver receiver)
    {
        private CancellationTokenSource? _own;

        public LinkReceiver Receiver => receiver;

        public LinkState Link => receiver.Cursor.Link;

        public string Region => Link.From.Name;

        public Task Running { get; private set; } = Task.CompletedTask;

        public void Start(CancellationToken stop)
        {
            _own = CancellationTokenSource.CreateLinkedTokenSource(stop);
            Running = receiver.RunAsync(_own.Token);
        }

        public async Task StopAsync()
        {
            if (_own is null)
                return;
            await _own.CancelAsync();
            await Running;
            _own.Dispose();
        }
    }
}
