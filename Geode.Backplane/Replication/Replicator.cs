using Geode.Backplane.Storage;
using Geode.Topology;

namespace Geode.Backplane.Replication;

/// <summary>All links into one replica. Each peer gives its own commits; when a peer cannot be reached, the others give its commits too, so
/// that what reached any survivor reaches all.</summary>
public sealed class Replicator
{
    private const int FewLinks = 8;

    private readonly Replica _replica;
    private readonly ILoggerFactory _logs;
    private readonly Stability _stability;
    private readonly Seeding _seeding;
    private readonly Lock _gate = new();
    private volatile IReadOnlyList<Inbound> _inbound = [];
    private volatile Dictionary<RegionId, LinkState> _links = [];
    private CancellationToken _stop = new(canceled: true);

    public Replicator(Planet planet, Region here, Replica replica, IEnumerable<IPeer> peers, ILoggerFactory logs)
    {
        (_replica, _logs, _stability) = (replica, logs, new Stability(replica));
        _seeding = new Seeding(replica, logs.CreateLogger<Seeding>());
        Source = new PullSource(replica);
        foreach (var peer in peers)
            Add(peer, planet.OneWayDelay(peer.Region, here));
    }

    public PullSource Source { get; }

    /// <summary>The links into this replica.</summary>
    public IReadOnlyList<LinkState> Links => [.. _inbound.Select(i => i.Link)];

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

        await TrimAsync(stop);
        await Task.WhenAll(_inbound.Select(i => i.Running));
    }

    /// <summary>Follows one region more.</summary>
    public void Add(IPeer peer, TimeSpan delay)
    {
        var link = new LinkState(peer.Region, new LinkBehaviour(delay.TotalMilliseconds));
        var cursor = new LinkCursor(link, _replica, () => OriginsFrom(link));
        var inbound = new Inbound(new LinkReceiver(peer, cursor, _replica, _seeding, PauseBetweenPulls, _logs.CreateLogger<LinkReceiver>()));
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
        _inbound = inbound;
    }

    // Few links ask again at once; of many, each lets more than one commit come together.
    private TimeSpan PauseBetweenPulls() => TimeSpan.FromMilliseconds(Math.Max(0, 2 * (_inbound.Count - FewLinks)));

    // A region's own id is asked for too: one that lost its data gets back what it had given away.
    private IReadOnlyList<RegionId> OriginsFrom(LinkState link)
    {
        var now = _replica.Time.GetUtcNow();
        var links = _links;
        List<RegionId> origins = [link.FromId, _replica.Region];
        foreach (var (origin, _) in link.PeerHas.Dots)
        {
            if (!origins.Contains(origin) && !(links.TryGetValue(origin, out var other) && other.IsAlive(now)))
                origins.Add(origin);
        }

        return origins;
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
