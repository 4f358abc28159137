using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Geode.Backplane.Hosting;
using Geode.Service.Backplane;
using Geode.Service.Conflicts;
using Geode.TestKit;
using Geode.Topology;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Logging.Abstractions;

namespace Geode.Service.Tests.Conflicts;

/// <summary>Replicas of two regions with nothing on top, and whoever merges in the first of them.</summary>
public sealed class LaggingPlanet : IAsyncLifetime
{
    private const string Container = "lists";
    private const string Key = "list";

    private readonly HttpClient _client = new();
    private readonly Planet _planet = FreePlanets.OnFreePorts("westeurope", "eastus");
    private WebApplication? _backplane;
    private BackplaneClients? _clients;
    private CosmosClient? _everywhere;
    private Dictionary<string, Container> _replicas = [];
    private long _lastWrite;

    public string Here => _planet.Regions[0].Name;

    public string There => _planet.Regions[1].Name;

    public async Task InitializeAsync()
    {
        _backplane = BackplaneApp.Build(
            [$"--Geode:Planet={PlanetJson.Write(_planet)}", "--all", "--containers", RepositoryFiles.At("engine", "Geode.Shopping.AppHost", "containers.json"), "--Logging:LogLevel:Default=Warning"]);
        await _backplane.StartAsync();
        _clients = Clients(_planet.Regions[0]);
        var connection = Connection(_planet.Regions[0]);
        _everywhere = BackplaneClients.Create(
            connection, connection.Endpoint, options => BackplaneClientOptions.Configure(options, _planet, _planet.Regions[0], connection));
        _replicas = new() { [Here] = _clients.OwnReplica.GetContainer(Container), [There] = Clients(_planet.Regions[1]).OwnReplica.GetContainer(Container) };
    }

    public async Task DisposeAsync()
    {
        _everywhere!.Dispose();
        _clients!.Dispose();
        await _backplane!.DisposeAsync();
        _client.Dispose();
    }

    /// <summary>Whoever merges in the first region.</summary>
    internal ConflictMerger<JsonObject> Merger(TimeProvider time) => new(
        new(Container, Key), new WordMerge(), _clients!, _everywhere!.GetDatabase(_planet.Backplane.Database), _planet, _planet.Regions[0], time,
        NullLogger<ConflictMerger<JsonObject>>.Instance);

    /// <summary>Cuts or restores what the second region gets of the first, or the other way round.</summary>
    public async Task LinkAsync(string from, string to, string state) => (await _client.PutAsJsonAsync(
        $"{PlanetPorts.Loopback(_planet.Ports.BackplaneAccount(_planet.Region(to)))}/_backplane/links/{from}/{to}", new { state })).EnsureSuccessStatusCode();

    public async Task LinksAsync(string state)
    {
        await LinkAsync(Here, There, state);
        await LinkAsync(There, Here, state);
    }

    public async Task OutageAsync(string region, string mode) => (await _client.PutAsJsonAsync(
        $"{PlanetPorts.Loopback(_planet.Ports.BackplaneAccount(_planet.Region(region)))}/_backplane/outage", new { mode })).EnsureSuccessStatusCode();

    /// <summary>Adds a word in that region, as somebody who sees what its replica holds, in a second that nothing else was written in.</summary>
    public async Task WriteAsync(string region, string id, string word)
    {
        while (DateTimeOffset.UtcNow.ToUnixTimeSeconds() <= _lastWrite)
            await Task.Delay(10);
        var words = await WordsAsync(region, id);
        var document = new JsonObject { ["id"] = id, [Key] = id, ["words"] = new JsonArray([.. words.Append(word).Select(w => JsonValue.Create(w))]) };
        await _replicas[region].UpsertItemAsync(document, new PartitionKey(id));
        _lastWrite = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
    }

    /// <summary>What that region's replica holds; empty before it has the document.</summary>
    public async Task<IReadOnlyList<string>> WordsAsync(string region, string id)
    {
        try
        {
            return WordMerge.Of(await _replicas[region].ReadItemAsync<JsonObject>(id, new(id)));
        }
        catch (CosmosException e) when (e.StatusCode is System.Net.HttpStatusCode.NotFound)
        {
            return [];
        }
    }

    /// <summary>How many losing versions of that document the region lists.</summary>
    public async Task<int> ConflictsAsync(string region, string id)
    {
        var count = 0;
        var conflicts = _replicas[region].Conflicts;
        using var pages = conflicts.GetConflictQueryIterator<ConflictProperties>();
        while (pages.HasMoreResults)
            count += (await pages.ReadNextAsync()).Count(conflict => conflicts.ReadConflictContent<JsonObject>(conflict)["id"]!.GetValue<string>() == id);
        return count;
    }

    private BackplaneClients Clients(Region region) => new(_planet, region, Connection(region));

    private BackplaneConnection Connection(Region region) => BackplaneConnection.Parse(PlanetEnvironment.ConnectionString(_planet, region));

    /// <summary>All words of both.</summary>
    private sealed class WordMerge : IConflictMerge<JsonObject>
    {
        public static IReadOnlyList<string> Of(JsonObject document) => [.. document["words"]!.AsArray().Select(word => word!.GetValue<string>())];

        public JsonObject? Merge(JsonObject earlier, JsonObject later)
        {
            var merged = BackplaneJson.Own(later);
            merged["words"] = new JsonArray([.. Of(earlier).Union(Of(later)).Order(StringComparer.Ordinal).Select(word => JsonValue.Create(word))]);
            return merged;
        }
    }
}
