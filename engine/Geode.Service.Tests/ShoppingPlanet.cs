using System.Text.Json.Nodes;
using Geode.Shopping;
using Geode.TestKit;
using Geode.Topology;

namespace Geode.Service.Tests;

/// <summary>The second service in three regions.</summary>
public sealed class ShoppingPlanet() : InProcessPlanet(FreePlanets.OnFreePorts("westeurope", "eastus", "southeastasia"), Containers, ShoppingApp.Build)
{
    private static readonly string Containers = WithPublications(RepositoryFiles.At("engine", "Geode.Shopping.AppHost", "containers.json"));

    public Region Here => Planet.Regions[0];

    public Region There => Planet.Regions[1];

    /// <summary>A shopper with cookies of its own.</summary>
    public Shopper Shopper() => new(this);

    // The service publishes nothing; tests of the engine do.
    private static string WithPublications(string file)
    {
        var catalog = JsonNode.Parse(File.ReadAllText(file))!;
        catalog["containers"]!.AsArray().Add(new JsonObject { ["name"] = "publications", ["partitionKey"] = new JsonArray("/name") });
        return catalog.ToJsonString();
    }
}

[CollectionDefinition(Name)]
public sealed class ShoppingPlanetCollection : ICollectionFixture<ShoppingPlanet>
{
    public const string Name = "shopping planet";
}
