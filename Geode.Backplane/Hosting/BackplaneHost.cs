using Geode.Backplane.Faults;
using Geode.Backplane.Protocol;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Protocol.Throughput;
using Geode.Backplane.Replication;
using Geode.Backplane.Storage;
using Geode.Topology;

namespace Geode.Backplane.Hosting;

/// <summary>The regions of this process: their replicas, servers and links. Opens them at start, runs replication until the end.</summary>
public sealed class BackplaneHost : BackgroundService, IAsyncDisposable
{
    private readonly BackplaneOptions _options;
    private readonly Dictionary<int, BackplaneRegion> _byPort = [];
    private readonly HttpClient _http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(1), PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30) })
    {
        Timeout = TimeSpan.FromSeconds(5),
    };

    private readonly HttpClient _patient = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(1) }) { Timeout = TimeSpan.FromMinutes(5) };

    /// <exception cref="PlanetException">A data folder that cannot be used; says what to do.</exception>
    public BackplaneHost(BackplaneOptions options, TimeProvider time, ILoggerFactory logs)
    {
        _options = options;
        var guard = new RequestGuard(new MasterKeyAuth(options.Key), time);
        var replicas = options.Regions.ToDictionary(r => r, r => Open(r, time));
        foreach (var (region, replica) in replicas)
        {
            var node = new RegionNode(options.Planet, region, replica, new OutageSwitch())
            {
                Budgets = options.EnforceThroughput ? new ThroughputBudgets(time) : null,
            };
            var server = new BackplaneServer(node, guard, logs.CreateLogger<BackplaneServer>());
            var served = new BackplaneRegion(node, server, new Replicator(options.Planet, region, replica, PeersOf(region), logs));
            Regions.Add(served);
            foreach (var address in options.Listen[region])
                _byPort[address.Port] = served;
        }
    }

    public List<BackplaneRegion> Regions { get; } = [];

    /// <summary>The region that listens on that port.</summary>
    public BackplaneRegion OnPort(int port) => _byPort[port];

    /// <summary>True for ports that also take administration and replication: the account ports.</summary>
    public bool IsAccountPort(int port) => _options.Listen.Values.Any(l => l[0].Port == port);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!_options.IsAlone)
        {
            foreach (var region in Regions)
                await StandardContainers.CreateAsync(region.Node);
        }

        await Task.WhenAll(Regions.SelectMany(r => new[] { r.Replicator.RunAsync(stoppingToken), new ExpirySweeper(r.Node.Replica).RunAsync(stoppingToken) }));
    }

    public async ValueTask DisposeAsync()
    {
        Dispose();
        foreach (var region in Regions)
            await region.Node.Replica.DisposeAsync();
        _http.Dispose();
        _patient.Dispose();
    }

    private Replica Open(Region region, TimeProvider time)
    {
        var folder = _options.DataFolder is { } data ? Path.Combine(data, region.Name) : null;
        try
        {
            return new Replica(new ReplicaOptions(region.Name, folder, _options.Durability, _options.Partitions), time);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new PlanetException(e.Message, e);
        }
    }

    private IEnumerable<IPeer> PeersOf(Region region) => _options.Planet.OthersByDistance(region).Select(IPeer (other) =>
        _options.Regions.Contains(other)
            ? new LocalPeer(other, () => Regions.Single(r => r.Node.Region == other) is var at ? new BackplaneReplica(at.Node.Replica, at.Replicator.Source) : null!)
            : new HttpPeer(other, new Uri(PlanetPorts.Loopback(_options.Planet.Ports.BackplaneAccount(other))), _http, _patient));
}

/// <summary>One served region.</summary>
public sealed record BackplaneRegion(RegionNode Node, BackplaneServer Server, Replicator Replicator);
