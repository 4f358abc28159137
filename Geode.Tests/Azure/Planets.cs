using Geode.Tests.Azure.Bicep;
using Geode.Topology;

namespace Geode.Tests.Azure;

/// <summary>Planets to deploy.</summary>
internal static class Planets
{
    public static readonly string[] Seven =
        ["westeurope", "eastus", "southeastasia", "brazilsouth", "australiasoutheast", "southafricanorth", "germanywestcentral"];

    /// <summary>Three stamps, two of which keep their tenants in a place; one of a single region.</summary>
    public const string Stamped = """
        {
          "regions": ["westeurope", { "name": "northeurope", "zoneRedundant": true }, "eastus", "southeastasia", "brazilsouth"],
          "links": [{ "from": "westeurope", "to": "eastus", "delayMs": 40 }, { "from": "westeurope", "to": "northeurope", "delayMs": 9 }],
          "stamps": [
            { "name": "eu", "regions": ["northeurope", "westeurope"], "residency": "EU" },
            { "name": "the-world", "regions": ["eastus", "southeastasia"] },
            { "name": "br", "regions": ["brazilsouth"], "residency": "BR" }
          ],
          "tenants": { "by": "path" }
        }
        """;

    /// <summary>The same, with accounts for attachments.</summary>
    public static readonly string StampedWithAttachments = Stamped.Replace("\"tenants\"", "\"attachments\": {}, \"tenants\"", StringComparison.Ordinal);

    /// <summary>This repository's planet.</summary>
    public static Planet OfRepository(Sources sources) => PlanetLoader.Parse(sources.Read("geode.json"), "geode.json");

    /// <summary>The repository with those regions, by bare name.</summary>
    public static Sources WithRegions(this Sources sources, params IEnumerable<string> regions) =>
        sources.WithPlanet($$"""{ "name": "geode", "regions": [{{string.Join(", ", regions.Select(r => $"\"{r}\""))}}] }""");

    public static Sources WithPlanet(this Sources sources, string json) => sources.With("geode.json", json);
}
