using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using Geode.Backplane.Hosting;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Tests.Regions;
using Geode.Control.Ports;
using Geode.Service.Backplane;
using Geode.TestKit;
using Geode.Topology;
using Microsoft.AspNetCore.Builder;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;

namespace Geode.Backplane.Tests.Hosting;

/// <summary>The replicas of a planet of two stamps, each started as its process is: <c>eu</c> of two regions, whose data stays in the Union, and
/// <c>world</c> of one.</summary>
public sealed class StampedPlanet : IAsyncDisposable
{
    public const string Europe = "westeurope";
    public const string Ireland = "northeurope";
    public const string America = "eastus";

    private const string Containers = """
        {"containers": [
          {"name": "tenants", "partitionKey": ["/id"]},
          {"name": "orders", "partitionKey": ["/tenant"]},
          {"name": "visits", "partitionKey": ["/tenant", "/user"]},
          {"name": "notes", "partitionKey": ["/pk"]}]}
        """;

    private static readonly MasterKeyAuth Auth = new(PlanetEnvironment.EmulatorKey);

    private readonly TemporaryFolder _data = new();
    private readonly Dictionary<string, WebApplication> _running = [];
    private readonly HttpClient _http = new();
    private readonly List<CosmosClient> _clients = [];

    private StampedPlanet(Planet planet) => Planet = planet;

    /// <summary>All of it.</summary>
    public Planet Planet { get; }

    public string Database => Planet.Backplane.Database;

    /// <summary>Where the replicas keep their data.</summary>
    public string Data => _data.Path;

    public static async Task<StampedPlanet> StartAsync()
    {
        string[] regions = [Europe, Ireland, America];
        var planet = new StampedPlanet(FreePorts.Move(FreePlanets.On(0, regions) with
        {
            Stamps = [new("eu", [Europe, Ireland]) { Residency = "EU" }, new("world", [America])],
            Tenants = new(),
            Links = [.. regions.SelectMany(a => regions.Where(b => b != a).Select(b => new LinkSetting(a, b, 1)))],
        }));
        await Task.WhenAll(regions.Select(planet.StartAsync));
        return planet;
    }

    public WebApplication App(string region) => _running[region];

    public BackplaneHost Host(string region) => App(region).Services.GetRequiredService<BackplaneHost>();

    /// <summary>What a region's replica is started with.</summary>
    public string[] Arguments(string region) =>
    [
        .. PlanetEnvironment.ForBackplane(Planet, Planet.Region(region), Data, Containers).Select(s => $"--{s.Key.Replace("__", ":", StringComparison.Ordinal)}={s.Value}"),
        "--Logging:LogLevel:Default=Error",
    ];

    public async Task StartAsync(string region)
    {
        var app = BackplaneApp.Build(Arguments(region));
        lock (_running)
            _running[region] = app;
        await app.StartAsync();
        await RunningBackplane.EventuallyAsync(async () => (await HealthAsync(region)).IsSuccessStatusCode, $"{region} is ready");
    }

    public async Task StopAsync(string region)
    {
        _running.Remove(region, out var app);
        await app!.StopAsync();
        await app.DisposeAsync();
    }

    public Task<HttpResponseMessage> HealthAsync(string region) => _http.GetAsync($"{AccountOf(Planet.Region(region))}/_backplane/health");

    public async Task LinkAsync(string from, string to, string state)
    {
        using var answer = await _http.PutAsJsonAsync($"{AccountOf(Planet.Region(to))}/_backplane/links/{from}/{to}", new { state });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>A container of the stamp's account, in that region and nowhere else.</summary>
    public Container Container(string region, string name, string? database = null, Action<CosmosClientOptions>? change = null) =>
        Client(PlanetPorts.Loopback(Planet.Ports.BackplaneRegional(Planet.Region(region))), o =>
        {
            o.LimitToEndpoint = true;
            change?.Invoke(o);
        }).GetContainer(database ?? Database, name);

    /// <summary>The directory as the services of that region are given it.</summary>
    public Container Directory(string region) => Client(AccountOf(Planet.Region(region).InDirectory())).GetContainer("directory", "tenants");

    /// <summary>The directory in that region and nowhere else.</summary>
    public Container DirectoryIn(string region) =>
        Client(PlanetPorts.Loopback(Planet.Ports.BackplaneRegional(Planet.Region(region).InDirectory())), o => o.LimitToEndpoint = true).GetContainer("directory", "tenants");

    /// <summary>A request as other clients than the .NET one send it.</summary>
    public async Task<HttpResponseMessage> SendAsync(string region, HttpMethod method, string path, string? body, params (string Name, string Value)[] headers)
    {
        var date = DateTimeOffset.UtcNow.ToString("R", CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(method, $"{AccountOf(Planet.Region(region))}/{path}")
        {
            Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation(CosmosHeaders.XDate, date);
        request.Headers.TryAddWithoutValidation(
            CosmosHeaders.Authorization, Uri.EscapeDataString($"type=master&ver=1.0&sig={Auth.Sign(method.Method, ResourceAddress.FromPath($"/{path}"), date)}"));
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await _http.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(c => c.Dispose());
        foreach (var region in _running.Keys.ToArray())
            await StopAsync(region);
        _http.Dispose();
        _data.Dispose();
    }

    private string AccountOf(Region region) => PlanetPorts.Loopback(Planet.Ports.BackplaneAccount(region));

    private CosmosClient Client(string endpoint, Action<CosmosClientOptions>? change = null)
    {
        var options = new CosmosClientOptions { ConnectionMode = ConnectionMode.Gateway, UseSystemTextJsonSerializerWithOptions = BackplaneJson.Options };
        change?.Invoke(options);
        var client = new CosmosClient(endpoint, PlanetEnvironment.EmulatorKey, options);
        lock (_clients)
            _clients.Add(client);
        return client;
    }
}

/// <summary>One that the tests of a class share.</summary>
public sealed class SharedStampedPlanet : IAsyncLifetime
{
    public StampedPlanet Planet { get; private set; } = null!;

    public async Task InitializeAsync() => Planet = await StampedPlanet.StartAsync();

    public async Task DisposeAsync() => await Planet.DisposeAsync();
}
