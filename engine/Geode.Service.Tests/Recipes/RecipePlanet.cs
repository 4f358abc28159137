using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Geode.Control.Ports;
using Geode.Recipes;
using Geode.TestKit;
using Geode.Topology;

namespace Geode.Service.Tests.Recipes;

/// <summary>The recipes in two regions of a cloud, and aboard a ship.</summary>
public sealed class RecipePlanet() : InProcessPlanet(Regions, RepositoryFiles.At("engine", "Geode.Recipes", "containers.json"), RecipesApp.Build)
{
    private static readonly Planet Regions = FreePorts.Move(PlanetLoader.Parse(
        """{ "regions": ["westeurope", "eastus", { "name": "ship", "latitude": 60, "longitude": -15, "kind": "edge" }] }""", "test"));

    public Region Europe => Planet.Regions[0];

    public Region America => Planet.Regions[1];

    public Region Ship => Planet.Regions[2];

    /// <summary>Cuts or restores (<c>down</c>, <c>up</c>) all links of that region.</summary>
    public async Task LinksOfAsync(Region region, string state)
    {
        foreach (var other in Planet.Regions.Where(other => other != region))
        {
            await LinkAsync(region, other, new { state });
            await LinkAsync(other, region, new { state });
        }
    }

    /// <summary>What a geode answers, past any router.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(HttpClient client, HttpMethod method, string path, Region at, object? body = null, string? key = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(Address(at), path));
        if (body is not null)
            request.Content = JsonContent.Create(body);
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length > 0 ? JsonDocument.Parse(text).RootElement : default);
    }
}

[CollectionDefinition(Name)]
public sealed class RecipePlanetCollection : ICollectionFixture<RecipePlanet>
{
    public const string Name = "recipe planet";
}
