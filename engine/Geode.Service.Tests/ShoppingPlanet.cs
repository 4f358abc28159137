using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Geode.Backplane.Hosting;
using Geode.Service.Backplane;
using Geode.Shopping;
using Geode.TestKit;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Tests;

/// <summary>The second service in three regions, over real sockets but in this process: replicas with their distances, and one service each.</summary>
public sealed class ShoppingPlanet : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly string Containers = WithPublications(RepositoryFiles.At("engine", "Geode.Shopping.AppHost", "containers.json"));

    private readonly Dictionary<string, WebApplication> _services = [];
    private readonly HttpClient _client = new();
    private WebApplication? _backplane;

    public Planet Planet { get; } = FreePlanets.OnFreePorts("westeurope", "eastus", "southeastasia");

    public Region Here => Planet.Regions[0];

    public Region There => Planet.Regions[1];

    public async Task InitializeAsync()
    {
        _backplane = BackplaneApp.Build([$"--Geode:Planet={PlanetJson.Write(Planet)}", "--all", "--containers", Containers, "--Logging:LogLevel:Default=Warning"]);
        await _backplane.StartAsync();
        foreach (var region in Planet.Regions)
            await StartAsync(region);
        foreach (var region in Planet.Regions)
            await EventuallyAsync(async () => (await _client.GetAsync(Address(region) + "health/ready")).IsSuccessStatusCode, $"{region} ready");
    }

    public async Task DisposeAsync()
    {
        foreach (var service in _services.Values)
            await service.DisposeAsync();
        await _backplane!.DisposeAsync();
        _client.Dispose();
    }

    public Uri Address(Region region) => new(PlanetPorts.Loopback(Planet.Ports.Api(region)) + "/");

    /// <summary>The services that a region's service is made of.</summary>
    public IServiceProvider Services(Region region) => _services[region.Name].Services;

    /// <summary>A shopper with cookies of its own.</summary>
    public Shopper Shopper() => new(this);

    /// <summary>The special clients, as a process of that region has them.</summary>
    public BackplaneClients Clients(Region region) => new(Planet, region, BackplaneConnection.Parse(PlanetEnvironment.ConnectionString(Planet, region)));

    /// <summary>A container of a region's own replica.</summary>
    public Container Replica(Region region, string container) =>
        Services(region).GetRequiredService<BackplaneClients>().OwnReplica.GetContainer(container);

    public async Task StartAsync(Region region)
    {
        var service = ShoppingApp.Build(Arguments(PlanetEnvironment.ForApi(Planet, region)));
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
    public static async Task EventuallyAsync(Func<Task<bool>> isSo, string what)
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

            Assert.False(patience.IsCancellationRequested, $"Not within {Patience.TotalSeconds} s: {what}");
            await Task.Delay(50);
        }
    }

    // The service publishes nothing; tests of the engine do.
    private static string WithPublications(string file)
    {
        var catalog = JsonNode.Parse(File.ReadAllText(file))!;
        catalog["containers"]!.AsArray().Add(new JsonObject { ["name"] = "publications", ["partitionKey"] = new JsonArray("/name") });
        return catalog.ToJsonString();
    }

    private static string[] Arguments(IReadOnlyDictionary<string, string> environment) =>
    [
        .. environment.Select(setting => setting.Key == PlanetEnvironment.Urls
            ? $"--urls={setting.Value}"
            : $"--{setting.Key.Replace("__", ":", StringComparison.Ordinal)}={setting.Value}"),
        "--Geode:DrainMs=0",
        "--Logging:LogLevel:Default=Warning",
    ];
}

[CollectionDefinition(Name)]
public sealed class ShoppingPlanetCollection : ICollectionFixture<ShoppingPlanet>
{
    public const string Name = "shopping planet";
}
