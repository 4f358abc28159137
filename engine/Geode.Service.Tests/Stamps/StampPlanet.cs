using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Geode.Control.Ports;
using Geode.Recipes;
using Geode.Service.Stamps;
using Geode.TestKit;
using Geode.Topology;

namespace Geode.Service.Tests.Stamps;

/// <summary>The recipes in two stamps of two regions each, one of which has to keep its tenants in the European Union.</summary>
public class StampPlanet : InProcessPlanet
{
    private const string TenantHeader = "X-Tenant";

    public StampPlanet()
        : this(static (_, arguments) => arguments)
    {
    }

    /// <param name="told">What a geode is told when it starts, given what it is told anyway.</param>
    protected StampPlanet(Func<Planet, string[], string[]> told)
        : this(Regions(), told)
    {
    }

    private StampPlanet(Planet planet, Func<Planet, string[], string[]> told)
        : base(planet, Containers, arguments => RecipesApp.Build(told(planet, arguments)))
    {
    }

    private static string Containers => RepositoryFiles.At("engine", "Geode.Recipes", "containers.json");

    protected override IEnumerable<(IReadOnlyDictionary<string, string> Settings, string Containers)> Accounts =>
    [
        .. Planet.Stamps.Select(stamp => (Settings(Planet.OfStamp(stamp), Planet), Containers)),
        (Settings(Planet.Directory(), null), """{"containers":[{"name":"tenants","partitionKey":["/id"]}]}"""),
    ];

    private static Planet Regions() => FreePorts.Move(PlanetLoader.Parse(
        """
        { "regions": ["westeurope", "northeurope", { "name": "eastus", "pair": "southeastasia" }, { "name": "southeastasia", "pair": "eastus" }], "attachments": {}, "stamps": [
          { "name": "eu", "regions": ["westeurope", "northeurope"], "residency": "EU" },
          { "name": "world", "regions": ["eastus", "southeastasia"] } ] }
        """, "test"));

    public Region WestEurope => Planet.Regions[0];

    public Region NorthEurope => Planet.Regions[1];

    public Region EastUs => Planet.Regions[2];

    public Region SoutheastAsia => Planet.Regions[3];

    public HttpClient Client { get; } = new() { Timeout = TimeSpan.FromMinutes(3) };

    /// <summary>What a geode answers, past any router.</summary>
    public async Task<Answer> SendAsync(HttpMethod method, string path, Region at, string? tenant, object? body = null, HttpClient? client = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(Address(at), path));
        if (body is not null)
            request.Content = JsonContent.Create(body);
        if (tenant is not null)
            request.Headers.Add(TenantHeader, tenant);
        using var response = await (client ?? Client).SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new(
            response.StatusCode, response.Headers.TryGetValues("X-Geode-Stamp", out var stamps) ? stamps.Single() : null,
            text.Length > 0 ? JsonDocument.Parse(text).RootElement : default);
    }

    public async Task<Answer> WriteAsync(string tenant, string note, string text, Region at) =>
        await SendAsync(HttpMethod.Put, $"api/notes/{note}", at, tenant, new { text });

    /// <summary>As a router does that has learned it: where one stamp says it is another's, that one is asked.</summary>
    public async Task<Answer> FollowAsync(HttpMethod method, string path, string tenant, Region first, object? body = null)
    {
        var at = first;
        for (var hop = 0; hop < 5; hop++)
        {
            var answer = await SendAsync(method, path, at, tenant, body);
            if (answer.Status != HttpStatusCode.MisdirectedRequest)
                return answer;
            at = Planet.Region(Planet.FindStamp(answer.Stamp!)!.Regions[hop % 2]);
        }

        return new(HttpStatusCode.MisdirectedRequest, null, default);
    }

    public async Task<JsonElement> TenantAsync(string tenant) => (await SendAsync(HttpMethod.Get, $"_tenants/{tenant}", WestEurope, null)).Body;

    /// <summary>How many documents of a tenant each replica has, by region.</summary>
    public async Task<string> WhereAsync(string tenant) => string.Join(", ", (await TenantAsync(tenant)).GetProperty("replicas").EnumerateArray()
        .Select(replica => $"{replica.GetProperty("region").GetString()} {(replica.TryGetProperty("documents", out var count) ? count.GetInt32() : -1)}"));

    public async Task PlaceAsync(string tenant, string stamp, string residency) => Assert.Equal(
        HttpStatusCode.OK, (await SendAsync(HttpMethod.Put, $"_tenants/{tenant}", WestEurope, null, new { stamp, residency })).Status);

    /// <summary>Waits until no move of that tenant is under way.</summary>
    public async Task<JsonElement> MovedAsync(string tenant)
    {
        JsonElement entry = default;
        await EventuallyAsync(async () => !(entry = (await TenantAsync(tenant)).GetProperty("tenant")).TryGetProperty("move", out _), () => $"{tenant} has moved, but {entry}");
        return entry;
    }

    private static Dictionary<string, string> Settings(Planet account, Planet? whole)
    {
        var settings = new Dictionary<string, string> { [PlanetEnvironment.Planet] = PlanetJson.Write(account) };
        if (whole is not null)
            settings[PlanetEnvironment.WholePlanet] = PlanetJson.Write(whole);
        return settings;
    }

    public readonly record struct Answer(HttpStatusCode Status, string? Stamp, JsonElement Body);
}

[CollectionDefinition(Name)]
public sealed class StampPlanetCollection : ICollectionFixture<StampPlanet>
{
    public const string Name = "planet with stamps";
}
