using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Geode.Backplane.Hosting;
using Geode.Backplane.Protocol.Codecs;
using Geode.TestKit;
using Geode.Topology;
using Microsoft.AspNetCore.Builder;
using Microsoft.Azure.Cosmos;

namespace Geode.Backplane.Tests.Accounts;

/// <summary>A planet whose replicas can end and come back one by one, as processes of their own do; they talk over sockets only.</summary>
internal sealed class RegionProcesses : IAsyncDisposable
{
    private static readonly MasterKeyAuth Auth = new(PlanetEnvironment.EmulatorKey);

    private readonly TemporaryFolder _data = new();
    private readonly Dictionary<string, WebApplication> _running = [];
    private readonly HttpClient _http = new();
    private readonly List<CosmosClient> _clients = [];

    private RegionProcesses(Planet planet) => Planet = planet;

    public Planet Planet { get; }

    public static Task<RegionProcesses> StartAsync(BackplaneSettings settings, params string[] regions) => StartAsync(settings, all => all, regions);

    public static async Task<RegionProcesses> StartAsync(
        BackplaneSettings settings, Func<IReadOnlyList<Region>, IReadOnlyList<Region>> change, params string[] regions)
    {
        var planet = FreePlanets.OnFreePorts(regions);
        var processes = new RegionProcesses(planet with
        {
            Regions = change(planet.Regions),
            Backplane = settings,
            Links = [.. regions.SelectMany(a => regions.Where(b => b != a).Select(b => new LinkSetting(a, b, 1)))],
        });
        await Task.WhenAll(regions.Select(processes.ReviveAsync));
        return processes;
    }

    public async Task ReviveAsync(string region)
    {
        var app = BackplaneApp.Build([$"--Geode:Planet={PlanetJson.Write(Planet)}", "--region", region, "--data", _data.Path, "--Logging:LogLevel:Default=Error"]);
        lock (_running)
            _running[region] = app;
        await app.StartAsync();
        await Regions.RunningBackplane.EventuallyAsync(async () => (await _http.GetAsync(Admin(region, "health"))).IsSuccessStatusCode, $"{region} is ready");
    }

    public async Task KillAsync(string region)
    {
        _running.Remove(region, out var app);
        await app!.StopAsync();
        await app.DisposeAsync();
    }

    public async Task<JsonElement> AdminAsync(HttpMethod method, string region, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, Admin(region, path)) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await _http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    public async Task<HttpResponseMessage> TryAdminAsync(HttpMethod method, string region, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, Admin(region, path)) { Content = body is null ? null : JsonContent.Create(body) };
        return await _http.SendAsync(request);
    }

    /// <summary>The account as that endpoint shows it.</summary>
    public async Task<AccountView> AccountAsync(string endpoint)
    {
        var date = DateTimeOffset.UtcNow.ToString("R", CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Get, endpoint + "/");
        request.Headers.TryAddWithoutValidation(CosmosHeaders.XDate, date);
        request.Headers.TryAddWithoutValidation(CosmosHeaders.Authorization, Uri.EscapeDataString($"type=master&ver=1.0&sig={Auth.Sign("GET", ResourceAddress.FromPath("/"), date)}"));
        using var answer = await _http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return new(await answer.Content.ReadFromJsonAsync<JsonElement>());
    }

    public Task<AccountView> AccountAsync(Region region) => AccountAsync(PlanetPorts.Loopback(Planet.Ports.BackplaneAccount(region)));

    public CosmosClient Client(Region region, Action<CosmosClientOptions>? change = null)
    {
        var options = new CosmosClientOptions { ConnectionMode = ConnectionMode.Gateway, ApplicationPreferredRegions = [.. Planet.Regions.Select(r => r.DisplayName)] };
        change?.Invoke(options);
        var client = new CosmosClient(PlanetPorts.Loopback(Planet.Ports.BackplaneAccount(region)), PlanetEnvironment.EmulatorKey, options);
        _clients.Add(client);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(c => c.Dispose());
        foreach (var region in _running.Keys.ToArray())
            await KillAsync(region);
        _http.Dispose();
        _data.Dispose();
    }

    private string Admin(string region, string path) => $"{PlanetPorts.Loopback(Planet.Ports.BackplaneAccount(Planet.Region(region)))}/_backplane/{path}";
}

/// <summary>The account resource.</summary>
internal sealed record AccountView(JsonElement Json)
{
    public string Id => Json.GetProperty("id").GetString()!;

    public bool IsMultiWrite => Json.GetProperty("enableMultipleWriteLocations").GetBoolean();

    public string Readable => Names("readableLocations");

    public string Writable => Names("writableLocations");

    public IReadOnlyList<Uri> Endpoints => [.. Json.GetProperty("readableLocations").EnumerateArray().Select(l => new Uri(l.GetProperty("databaseAccountEndpoint").GetString()!))];

    private string Names(string list) => string.Join(", ", Json.GetProperty(list).EnumerateArray().Select(l => l.GetProperty("name").GetString()));
}
