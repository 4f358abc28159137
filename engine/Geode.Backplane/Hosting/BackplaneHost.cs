using Geode.Backplane.Accounts;
using Geode.Backplane.Admin;
using Geode.Backplane.Attachments;
using Geode.Backplane.Faults;
using Geode.Backplane.Protocol;
using Geode.Backplane.Protocol.Access;
using Geode.Backplane.Protocol.Throughput;
using Geode.Backplane.Replication;
using Geode.Backplane.Storage;
using Geode.Backplane.Storage.Items;
using Geode.Backplane.Storage.Ranges;
using Geode.Topology;

namespace Geode.Backplane.Hosting;

/// <summary>The regions of this process: their replicas, servers and links. Opens them at start, runs replication until the end.</summary>
public sealed partial class BackplaneHost : BackgroundService, IAsyncDisposable
{
    private readonly BackplaneOptions _options;
    private readonly Dictionary<int, BackplaneRegion> _byPort = [];
    private readonly List<BackplaneRegion> _empty = [];
    private readonly HttpClient _http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(1), PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30) })
    {
        Timeout = TimeSpan.FromSeconds(5),
    };

    private readonly HttpClient _quick = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(1) }) { Timeout = TimeSpan.FromSeconds(1) };
    private readonly BackplaneMetrics _metrics;
    private readonly SemaphoreSlim _changing = new(1);
    private readonly HttpClient _unhurried = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(1), PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30) })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private readonly HttpClient _patient = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(1) }) { Timeout = TimeSpan.FromMinutes(5) };

    /// <exception cref="PlanetException">A data folder that cannot be used; says what to do.</exception>
    public BackplaneHost(BackplaneOptions options, TimeProvider time, ILoggerFactory logs)
    {
        _options = options;
        var guard = new RequestGuard(options.Keys, time, Entra(options, time, logs.CreateLogger<BackplaneHost>()));
        var (tokens, tags) = (new ResourceTokens(options.Keys), new RangeTags(options.Keys));
        var replicas = options.Regions.ToDictionary(r => r, r => Open(r, time));
        // Nothing to wait for: what is here was never lost, or nobody has anything yet.
        var isFirstStart = options.Regions.Count == options.Planet.Regions.Count && replicas.Values.All(r => r.WasEmpty);
        foreach (var (region, replica) in replicas)
        {
            var mustFill = replica.WasEmpty && !isFirstStart;
            var node = new RegionNode(options.Planet, region, replica, new OutageSwitch())
            {
                Tokens = tokens,
                RangeTags = tags,
                Budgets = options.EnforceThroughput ? new ThroughputBudgets(time) : null,
                IsReady = !mustFill && !options.Planet.Backplane.HasOneWriteRegion,
                Hosts = options.Hosts,
                AccountPort = options.IsAlone ? 0 : options.Planet.Ports.BackplaneAccount(region),
                Writes = options.Planet.Backplane.HasOneWriteRegion ? new WriteRegion(options.Planet, FolderOf(region), time) : null,
            };
            node.Change(MembershipFile.Open(FolderOf(region), options.Planet, options.Version));
            var server = new BackplaneServer(node, guard, logs.CreateLogger<BackplaneServer>());
            var replicator = new Replicator(options.Planet, region, replica, PeersOf(region, options.Planet), logs);
            var served = new BackplaneRegion(node, server, replicator, new RegionWatch(node, (other, stop) => NewsOfAsync(node.Planet, other, stop), time))
            {
                Blobs = options.Planet.Attachments is null ? null : new RegionBlobs(options.Planet, region, FolderOf(region), options.Durability, replicator, _unhurried, time, logs),
            };
            Regions.Add(served);
            if (mustFill)
                _empty.Add(served);
            foreach (var address in options.Listen[region])
                _byPort[address.Port] = served;
        }

        _metrics = new BackplaneMetrics(Regions, options.IsDirectory ? BackplaneMetrics.DirectoryName : BackplaneMetrics.Name);
    }

    public List<BackplaneRegion> Regions { get; } = [];

    internal BackplaneMetrics Metrics => _metrics;

    /// <summary>Of the directory of tenants in this process; null where there is none.</summary>
    internal BackplaneHost? Directory { get; set; }

    /// <summary>The region that listens on that port.</summary>
    public BackplaneRegion OnPort(int port) => _byPort[port];

    /// <summary>True for ports that also take administration and replication: the account ports.</summary>
    public bool IsAccountPort(int port) => _options.Listen.Values.Any(l => l[0].Port == port);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var running = Task.WhenAll(Regions.SelectMany(r => new[]
        {
            r.Replicator.RunAsync(stoppingToken),
            new ExpirySweeper(r.Node.Replica).RunAsync(stoppingToken),
            new RangeSplitter(r.Node.Replica).RunAsync(stoppingToken),
            r.Watch.RunAsync(stoppingToken),
            r.Blobs?.RunAsync(stoppingToken) ?? Task.CompletedTask,
        }));
        try
        {
            // One that was away must not take writes that another region takes by now.
            await Task.WhenAll(Regions.Where(r => r.Node.Writes is not null).Select(r => r.Watch.OnceAsync(stoppingToken)));
            await Task.WhenAll(Regions.Where(r => _empty.Contains(r)).Select(r => FirstFill.WaitAsync(r.Node.Replica, PeersOf(r.Node.Region, r.Node.Planet), stoppingToken)));
            foreach (var region in Regions)
            {
                if (_options.Containers.Count > 0)
                    await StandardContainers.CreateAsync(region.Node, _options.Containers);
                region.Node.IsReady = true;
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping before it was ready.
        }

        await running;
    }

    /// <summary>From now on these are the planet's regions: new ones are followed, those that are gone are not waited for any more.
    /// A version that is not above the present one changes nothing.</summary>
    /// <exception cref="PlanetException">A region served here is not among them.</exception>
    public async Task ChangeAsync(Membership membership)
    {
        await _changing.WaitAsync();
        try
        {
            if (Regions.FirstOrDefault(r => membership.Planet.Regions.All(n => n.Name != r.Node.Region.Name)) is { } missing)
                throw new PlanetException($"{missing.Node.Region.Name} is served here; stop its process to take it out of the planet.");
            foreach (var region in Regions.Where(r => r.Node.Version < membership.Version))
                await ChangeAsync(region, membership);
        }
        finally
        {
            _changing.Release();
        }
    }

    private async Task ChangeAsync(BackplaneRegion region, Membership membership)
    {
        var followed = region.Replicator.Links.Select(l => l.From.Name).ToHashSet();
        var wanted = membership.Planet.OthersByDistance(region.Node.Region);
        MembershipFile.Saved(FolderOf(region.Node.Region), membership);
        region.Node.Change(membership);
        foreach (var peer in PeersOf(region.Node.Region, membership.Planet).Where(p => !followed.Contains(p.Region.Name)))
            region.Replicator.Add(peer, membership.Planet.OneWayDelay(peer.Region, region.Node.Region));
        foreach (var gone in followed.Where(f => wanted.All(w => w.Name != f)))
            await region.Replicator.RemoveAsync(gone);
    }

    public async ValueTask DisposeAsync()
    {
        Dispose();
        _metrics.Dispose();
        foreach (var region in Regions)
            await region.Node.Replica.DisposeAsync();
        _http.Dispose();
        _patient.Dispose();
        _quick.Dispose();
        _unhurried.Dispose();
    }

    private static Func<string, Caller>? Entra(BackplaneOptions options, TimeProvider time, ILogger log)
    {
        if (options.EntraRoles is not { } roles)
            return null;
        var tokens = new EntraTokens([.. options.Listen.Values.SelectMany(l => l).Select(l => $"https://{l.Host}").Concat(["https://localhost", "https://127.0.0.1", "https://localhost.localhost"]).Distinct()], time);
        LogUnverified(log);
        return token => new PrincipalCaller(tokens.Read(token), tokens, roles);
    }

    [LoggerMessage(LogLevel.Warning, "Microsoft Entra tokens are accepted and their signatures are NOT checked: whoever reaches this address can be anybody. For development only.")]
    private static partial void LogUnverified(ILogger log);

    private string? FolderOf(Region region) => _options.FolderOf(region);

    private Replica Open(Region region, TimeProvider time)
    {
        try
        {
            return new Replica(
                new ReplicaOptions(region.Name, FolderOf(region), _options.Durability, _options.Partitions)
                {
                    HistoryBytes = _options.IsDirectory ? ReplicaOptions.LeastHistory : ReplicaOptions.HistoryOf(_options.Regions.Count),
                    RangeBytes = _options.RangeBytes,
                    Tenants = _options.WholePlanet?.StampOf(region) is { } stamp ? new TenantGuard(_options.Planet.Backplane.Database, stamp) : null,
                },
                time);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new PlanetException(e.Message, e);
        }
    }

    private Task<RegionNews?> NewsOfAsync(Planet planet, Region region, CancellationToken stop) =>
        Regions.Find(r => r.Node.Region.Name == region.Name) is { } served
            ? Task.FromResult<RegionNews?>(RegionNews.Of(served.Node))
            : RegionNews.FromAsync(planet, region, _quick, stop);

    private IEnumerable<IPeer> PeersOf(Region region, Planet planet) => planet.OthersByDistance(region).Select(IPeer (other) =>
        _options.Regions.Contains(other)
            ? new LocalPeer(other, () => Regions.Single(r => r.Node.Region == other) is var at ? new BackplaneReplica(at.Node.Replica, at.Replicator.Source) : null!)
            : new HttpPeer(other, new Uri(PlanetPorts.Loopback(planet.Ports.BackplaneAccount(other))), _http, _patient));
}

/// <summary>One served region.</summary>
public sealed record BackplaneRegion(RegionNode Node, BackplaneServer Server, Replicator Replicator, RegionWatch Watch)
{
    /// <summary>Null: the planet has no attachments.</summary>
    public RegionBlobs? Blobs { get; init; }
}
