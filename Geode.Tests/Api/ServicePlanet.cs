using System.Net;
using System.Net.Http.Json;
using System.Net.NetworkInformation;
using Geode.Api;
using Geode.Backplane.Hosting;
using Geode.Service.Backplane;
using Geode.Service.Sessions;
using Geode.TestKit;
using Geode.Topology;
using Geode.Worker;
using Microsoft.AspNetCore.Builder;
using Microsoft.Azure.Cosmos;

namespace Geode.Tests.Api;

/// <summary>The service in some regions, over real sockets but in this process: replicas, Apis and Workers, without a router.</summary>
public class ServicePlanet : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly List<WebApplication> _apps = [];
    private readonly Dictionary<string, WebApplication> _workers = [];

    public Planet Planet { get; } = FreePlanet();

    public Region Here => Planet.Regions[0];

    public Region There => Planet.Regions[1];

    /// <summary>Of all Apis and Workers, beside the usual: <c>--Geode:…=…</c>.</summary>
    protected virtual IReadOnlyList<string> Settings => [];

    public async Task InitializeAsync()
    {
        await StartAsync(BackplaneApp.Build([$"--Geode:Planet={PlanetJson.Write(Planet)}", "--all", "--containers", RepositoryFiles.At("containers.json"), "--Logging:LogLevel:Default=Warning"]));
        foreach (var region in Planet.Regions)
        {
            await StartAsync(ApiApp.Build(Arguments(PlanetEnvironment.ForApi(Planet, region))));
            await StartWorkerAsync(region);
        }

        using var client = new HttpClient();
        foreach (var port in Planet.Regions.SelectMany(r => new[] { Planet.Ports.Api(r), Planet.Ports.Worker(r) }))
            await EventuallyAsync(async () => (await client.GetAsync(PlanetPorts.Loopback(port) + "/health/ready")).IsSuccessStatusCode, $"{port} ready");
    }

    public async Task DisposeAsync()
    {
        foreach (var app in Enumerable.Reverse(_apps))
            await app.DisposeAsync();
    }

    /// <summary>A visitor with cookies of its own.</summary>
    public Caller Visitor() => new(this);

    /// <summary>The replicas as their owner sees them.</summary>
    public CosmosClient Client(Region region) => new(
        PlanetPorts.Loopback(Planet.Ports.BackplaneRegional(region)),
        PlanetEnvironment.EmulatorKey,
        new() { ConnectionMode = ConnectionMode.Gateway, LimitToEndpoint = true, UseSystemTextJsonSerializerWithOptions = BackplaneJson.Options });

    /// <summary>Cuts or restores all replication between the regions.</summary>
    public async Task LinksAsync(string state)
    {
        using var client = new HttpClient();
        foreach (var to in Planet.Regions)
        {
            foreach (var from in Planet.Regions.Where(from => from != to))
            {
                var address = $"{PlanetPorts.Loopback(Planet.Ports.BackplaneAccount(to))}/_backplane/links/{from}/{to}";
                (await client.PutAsJsonAsync(address, new { state })).EnsureSuccessStatusCode();
            }
        }
    }

    /// <summary>Has a region's replica misbehave towards its clients: <c>refuse</c>, <c>hang</c>, <c>none</c> …</summary>
    public async Task OutageAsync(Region region, string mode)
    {
        using var client = new HttpClient();
        var address = $"{PlanetPorts.Loopback(Planet.Ports.BackplaneAccount(region))}/_backplane/outage";
        (await client.PutAsJsonAsync(address, new { mode })).EnsureSuccessStatusCode();
    }

    /// <summary>Ends an outage, and waits until the region's geode writes to its own replica again: its client does without it a little longer, and
    /// what is written elsewhere meanwhile is what the next test does not expect.</summary>
    public async Task MendAsync(Region region)
    {
        await OutageAsync(region, "none");
        using var visitor = Visitor();
        await EventuallyAsync(
            async () => (await visitor.PostAsync("/api/questions", new { title = "Mended", body = "Is it written here?" }, region)) is { Status: HttpStatusCode.Created } asked
                && !asked.Headers.ContainsKey(VisitorSession.ServedFromHeader),
            $"{region} writes to its own replica");
    }

    /// <summary>What a region's Worker is made of.</summary>
    public IServiceProvider Worker(Region region) => _workers[region.Name].Services;

    public async Task StartWorkerAsync(Region region)
    {
        var worker = WorkerApp.Build(Arguments(PlanetEnvironment.ForWorker(Planet, region)));
        _workers[region.Name] = worker;
        await StartAsync(worker);
    }

    public async Task StopWorkerAsync(Region region)
    {
        var worker = _workers[region.Name];
        _apps.Remove(worker);
        await worker.DisposeAsync();
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
            catch (HttpRequestException) when (!patience.IsCancellationRequested)
            {
                // Not up yet.
            }

            Assert.False(patience.IsCancellationRequested, $"Not within {Patience.TotalSeconds} s: {what}");
            await Task.Delay(50);
        }
    }

    private async Task StartAsync(WebApplication app)
    {
        _apps.Add(app);
        await app.StartAsync();
    }

    private string[] Arguments(IReadOnlyDictionary<string, string> environment) =>
    [
        .. environment.Select(setting => setting.Key == PlanetEnvironment.Urls
            ? $"--urls={setting.Value}"
            : $"--{setting.Key.Replace("__", ":", StringComparison.Ordinal)}={setting.Value}"),
        "--Geode:DrainMs=0",
        "--Logging:LogLevel:Default=Warning",
        .. Settings,
    ];

    private static Planet FreePlanet()
    {
        while (true)
        {
            var parsed = PlanetLoader.Parse("""{ "name": "test", "regions": ["westeurope", "eastus"] }""", "test");
            var planet = parsed with { Ports = new(Random.Shared.Next(2_000, 3_000) * 10) };
            var taken = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(e => e.Port).ToHashSet();
            if (!planet.Ports.All(planet).Any(taken.Contains))
                return planet;
        }
    }
}

[CollectionDefinition(Name)]
public sealed class ServicePlanetCollection : ICollectionFixture<ServicePlanet>
{
    public const string Name = "service planet";
}
