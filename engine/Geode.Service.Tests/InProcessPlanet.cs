using System.Net.Http.Json;
using Geode.Backplane.Hosting;
using Geode.Service.Backplane;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Tests;

/// <summary>A service in several regions, over real sockets but in this process: replicas with their distances, and one service each.</summary>
/// <param name="planet">On free ports.</param>
/// <param name="containers">Its containers: JSON, or the path of a JSON file.</param>
/// <param name="build">Makes the service from its command line.</param>
public abstract class InProcessPlanet(Planet planet, string containers, Func<string[], WebApplication> build) : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, WebApplication> _services = [];
    private readonly HttpClient _client = new();
    private readonly List<WebApplication> _accounts = [];

    public Planet Planet { get; } = planet;

    public async Task InitializeAsync()
    {
        foreach (var (settings, its) in Accounts)
        {
            var account = BackplaneApp.Build([.. settings.Select(Argument), "--all", "--containers", its, "--Logging:LogLevel:Default=Warning"]);
            _accounts.Add(account);
            await account.StartAsync();
        }

        foreach (var region in Planet.Regions)
            await StartAsync(region);
        foreach (var region in Planet.Regions)
            await EventuallyAsync(async () => (await _client.GetAsync(Address(region) + "health/ready")).IsSuccessStatusCode, $"{region} ready");
    }

    public async Task DisposeAsync()
    {
        foreach (var service in _services.Values)
            await service.DisposeAsync();
        foreach (var account in _accounts)
            await account.DisposeAsync();
        _client.Dispose();
    }

    /// <summary>What there is of backplanes: their settings, and their containers as JSON or a path.</summary>
    protected virtual IEnumerable<(IReadOnlyDictionary<string, string> Settings, string Containers)> Accounts =>
        [(new Dictionary<string, string> { [PlanetEnvironment.Planet] = PlanetJson.Write(Planet) }, containers)];

    public Uri Address(Region region) => new(PlanetPorts.Loopback(Planet.Ports.Api(region)) + "/");

    /// <summary>The services that a region's service is made of.</summary>
    public IServiceProvider Services(Region region) => _services[region.Name].Services;

    /// <summary>The special clients, as a process of that region has them.</summary>
    public BackplaneClients Clients(Region region) => new(Planet, region, BackplaneConnection.Parse(PlanetEnvironment.ConnectionString(Planet, region)));

    /// <summary>A container of a region's own replica.</summary>
    public Container Replica(Region region, string container) =>
        Services(region).GetRequiredService<BackplaneClients>().OwnReplica.GetContainer(container);

    public async Task StartAsync(Region region)
    {
        var service = build(Arguments(PlanetEnvironment.ForApi(Planet, region)));
        _services[region.Name] = service;
        await service.StartAsync();
    }

    public async Task StopAsync(Region region)
    {
        _services.Remove(region.Name, out var service);
        await service!.StopAsync();
        await service.DisposeAsync();
    }

    /// <summary>Cuts or restores (<c>down</c>, <c>up</c>) all replication between the regions.</summary>
    public async Task LinksAsync(string state)
    {
        foreach (var to in Planet.Regions)
        {
            foreach (var from in Planet.Regions.Where(from => from != to))
                await LinkAsync(from, to, new { state });
        }
    }

    /// <summary>Changes one link: <c>{ state, delayMs, jitterMs }</c>.</summary>
    public async Task LinkAsync(Region from, Region to, object change)
    {
        var address = $"{PlanetPorts.Loopback(Planet.Ports.BackplaneAccount(to))}/_backplane/links/{from}/{to}";
        (await _client.PutAsJsonAsync(address, change)).EnsureSuccessStatusCode();
    }

    /// <summary>Makes a region's replica misbehave (<c>refuse</c>, <c>hang</c>), or ends that (<c>none</c>).</summary>
    public async Task OutageAsync(Region region, string mode)
    {
        var address = $"{PlanetPorts.Loopback(Planet.Ports.BackplaneAccount(region))}/_backplane/outage";
        (await _client.PutAsJsonAsync(address, new { mode })).EnsureSuccessStatusCode();
    }

    /// <summary>Waits, within bounds, until it is so.</summary>
    public static Task EventuallyAsync(Func<Task<bool>> isSo, string what) => EventuallyAsync(isSo, () => what);

    /// <inheritdoc cref="EventuallyAsync(Func{Task{bool}}, string)"/>
    public static async Task EventuallyAsync(Func<Task<bool>> isSo, Func<string> what)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                if (await isSo())
                    return;
            }
            catch (Exception e) when (e is HttpRequestException or CosmosException && !patience.IsCancellationRequested)
            {
                // Not up, or not there, yet.
            }

            Assert.False(patience.IsCancellationRequested, $"Not within {Patience.TotalSeconds} s: {what()}");
            await Task.Delay(50);
        }
    }

    private static string[] Arguments(IReadOnlyDictionary<string, string> environment) =>
    [
        .. environment.Select(Argument),
        "--Geode:DrainMs=0",
        "--Logging:LogLevel:Default=Warning",
    ];

    private static string Argument(KeyValuePair<string, string> setting) => setting.Key == PlanetEnvironment.Urls
        ? $"--urls={setting.Value}"
        : $"--{setting.Key.Replace("__", ":", StringComparison.Ordinal)}={setting.Value}";
}
