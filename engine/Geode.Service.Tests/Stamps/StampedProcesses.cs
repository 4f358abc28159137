using System.Net.Http.Json;
using System.Text.Json;
using Geode.Control.Processes;
using Geode.Recipes;
using Geode.Service.Backplane;
using Geode.Testing;
using Geode.TestKit;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Tests.Stamps;

/// <summary>The recipes as a planet of real processes: two stamps of two regions behind one router.</summary>
public sealed class StampedProcesses : IAsyncLifetime
{
    private readonly TemporaryFolder _data = new();
    private TestPlanet? _planet;

    public TestPlanet Planet => _planet ?? throw new InvalidOperationException("The planet has not started.");

    public string DataFolder => _data.Path;

    // The build beside this test's own: bin/Debug/net10.0.
    private static IReadOnlyList<string> Recipes =>
        ["dotnet", Path.Combine([RepositoryFiles.At("engine", "Geode.Recipes"), .. AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar)[^3..], "Geode.Recipes.dll"])];

    public async Task InitializeAsync() => _planet = await TestPlanet.StartLocalAsync(new()
    {
        Regions = ["westeurope", "northeurope", "eastus", "southeastasia"],
        Stamps = [new("eu", ["westeurope", "northeurope"]) { Residency = "EU" }, new("world", ["eastus", "southeastasia"])],
        Programs = new Dictionary<ProcessRole, IReadOnlyList<string>> { [ProcessRole.Api] = Recipes, [ProcessRole.Worker] = Recipes },
        Containers = RepositoryFiles.At("engine", "Geode.Recipes", "containers.json"),
        DataFolder = _data.Path,
    });

    public async Task DisposeAsync()
    {
        if (_planet is not null)
            await _planet.DisposeAsync();
        _data.Dispose();
    }

    /// <summary>A tenant's people in a city.</summary>
    public HttpClient PeopleOf(string tenant, string city)
    {
        var client = Planet.ClientIn(city);
        client.DefaultRequestHeaders.Add("X-Tenant", tenant);
        return client;
    }

    /// <summary>A region's replica and no other.</summary>
    public CosmosClient Replica(string region) => Planet.Replica(region, new() { UseSystemTextJsonSerializerWithOptions = BackplaneJson.Options });

    /// <summary>Places a tenant, or has it move.</summary>
    public async Task OrderAsync(string tenant, string stamp, string residency = "")
    {
        using var client = new HttpClient();
        using var answer = await client.PutAsJsonAsync(new Uri(Planet.Control, $"/planet/tenants/{tenant}"), new { stamp, residency });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>What the directory says of a tenant, and what each replica has of it.</summary>
    public async Task<(JsonElement Entry, string Where)> TenantAsync(string tenant)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromMinutes(2) };
        var report = await client.GetFromJsonAsync<JsonElement>(new Uri(Planet.Control, $"/planet/tenants/{tenant}"));
        return (report.GetProperty("tenant"), string.Join(", ", report.GetProperty("replicas").EnumerateArray()
            .Select(replica => $"{replica.GetProperty("region").GetString()} {(replica.TryGetProperty("documents", out var count) ? $"{count.GetInt32()}" : "unknown")}")));
    }

    /// <summary>The phase of a tenant's move; null: none is under way.</summary>
    public async Task<string?> PhaseAsync(string tenant)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromMinutes(2) };
        var tenants = await client.GetFromJsonAsync<JsonElement>(new Uri(Planet.Control, "/planet/tenants"));
        var entry = tenants.EnumerateArray().Single(of => of.GetProperty("id").GetString() == tenant);
        return entry.TryGetProperty("move", out var move) ? move.GetProperty("phase").GetString() : null;
    }

    /// <summary>Waits until no move of that tenant is under way.</summary>
    public async Task<JsonElement> MovedAsync(string tenant)
    {
        await InProcessPlanet.EventuallyAsync(async () => await PhaseAsync(tenant) is null, $"{tenant} has moved");
        return (await TenantAsync(tenant)).Entry;
    }

    /// <summary>The process that moves tenants out of a stamp at this moment; null: nobody does, or it is gone.</summary>
    public async Task<ProcessSnapshot?> MoverAsync(string region)
    {
        using var replica = Replica(region);
        var lease = await replica.GetContainer(Planet.Planet.Backplane.Database, "leases").ReadItemAsync<JsonElement>("role.tenants", new("role.tenants"));
        // Region, machine, number, and what makes it unique.
        var holder = lease.Resource.GetProperty("holder").GetString()!.Split('-');
        return holder.Length < 2 ? null : (await Planet.ProcessesAsync()).FirstOrDefault(process => $"{process.Pid}" == holder[^2]);
    }
}
