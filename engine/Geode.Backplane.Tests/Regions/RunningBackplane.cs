using System.Net.Http.Json;
using System.Text.Json;
using Geode.Backplane.Hosting;
using Geode.Service.Backplane;
using Geode.TestKit;
using Geode.Topology;
using Microsoft.AspNetCore.Builder;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;

namespace Geode.Backplane.Tests.Regions;

/// <summary>A backplane of some regions in this process, on free ports, reached through real sockets and the real SDK.</summary>
public sealed class RunningBackplane : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly WebApplication _app;
    private readonly HttpClient _http = new();
    private readonly List<CosmosClient> _clients = [];

    private RunningBackplane(Planet planet, WebApplication app) => (Planet, _app) = (planet, app);

    public Planet Planet { get; }

    public BackplaneHost Host => _app.Services.GetRequiredService<BackplaneHost>();

    /// <param name="delayMs">One way, of every link.</param>
    public static async Task<RunningBackplane> StartAsync(string[] regions, double delayMs = 1, string? data = null, Planet? planet = null)
    {
        planet ??= FreePlanets.OnFreePorts(regions) with
        {
            Links = [.. regions.SelectMany(a => regions.Where(b => b != a).Select(b => new LinkSetting(a, b, delayMs)))],
        };
        string[] arguments = [$"--Geode:Planet={PlanetJson.Write(planet)}", "--all", "--containers", RepositoryFiles.At("containers.json"), "--Logging:LogLevel:Default=Warning", .. data is null ? [] : (string[])["--data", data]];
        var app = BackplaneApp.Build(arguments);
        await app.StartAsync();
        return new RunningBackplane(planet, app);
    }

    /// <summary>A client that speaks to that region only.</summary>
    public CosmosClient Client(int region)
    {
        var client = new CosmosClient(
            PlanetPorts.Loopback(Planet.Ports.BackplaneRegional(Planet.Regions[region])),
            PlanetEnvironment.EmulatorKey,
            new() { ConnectionMode = ConnectionMode.Gateway, LimitToEndpoint = true, UseSystemTextJsonSerializerWithOptions = BackplaneJson.Options });
        _clients.Add(client);
        return client;
    }

    /// <summary>A container of one database, made through the first region and known in all.</summary>
    public async Task<IReadOnlyList<Container>> ContainerAsync(ContainerProperties properties)
    {
        var containers = new List<Container>();
        for (var i = 0; i < Planet.Regions.Count; i++)
        {
            var client = Client(i);
            if (i == 0)
            {
                Database made = await client.CreateDatabaseIfNotExistsAsync("db");
                await made.CreateContainerAsync(properties);
            }

            var container = client.GetContainer("db", properties.Id);
            await EventuallyAsync(async () => (await container.ReadContainerStreamAsync()).IsSuccessStatusCode, $"the container in {Planet.Regions[i].Name}");
            containers.Add(container);
        }

        return containers;
    }

    /// <summary>Changes every link.</summary>
    public async Task LinksAsync(object change)
    {
        foreach (var to in Planet.Regions)
        {
            foreach (var from in Planet.Regions.Where(from => from != to))
                await AdminAsync(HttpMethod.Put, to, $"links/{from.Name}/{to.Name}", change);
        }
    }

    public async Task<JsonElement> AdminAsync(HttpMethod method, Region at, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, $"{PlanetPorts.Loopback(Planet.Ports.BackplaneAccount(at))}/_backplane/{path}");
        if (body is not null)
            request.Content = JsonContent.Create(body);
        using var answer = await _http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>Waits until every region has what any had when this was called.</summary>
    public async Task ConvergedAsync()
    {
        var wanted = Host.Regions.Select(r => r.Node.Replica.Durable).Aggregate((a, b) => a.Join(b));
        await EventuallyAsync(() => Task.FromResult(Host.Regions.All(r => r.Node.Replica.Durable.Covers(wanted))), "all regions at the same point");
    }

    public static async Task EventuallyAsync(Func<Task<bool>> holds, string what)
    {
        var deadline = DateTimeOffset.UtcNow + Patience;
        while (!await holds())
        {
            Assert.True(DateTimeOffset.UtcNow < deadline, $"Never came: {what}.");
            await Task.Delay(10);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(c => c.Dispose());
        _http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
