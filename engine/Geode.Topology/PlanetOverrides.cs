using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;

namespace Geode.Topology;

/// <summary>Lays configuration (<c>Geode:Regions:0:Name</c>, <c>Geode:Router:LatencyWindowMs</c>) over the JSON of a planet, before it
/// is validated. Keys this file does not know belong to somebody else and are left alone.</summary>
internal static class PlanetOverrides
{
    private const StringSplitOptions SplitList = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;

    /// <summary>Properties that are lists of words: <c>Geode:Regions:0:Autonomy:Accepts=scale,drain</c>.</summary>
    private static readonly string[] Lists = ["accepts", "serves", "regions"];

    public static void Apply(JsonPlace root, IConfiguration? configuration)
    {
        // Anything else is refused when it is read.
        if (configuration is null || root.Node is not JsonObject planet)
            return;
        var geode = configuration.GetSection("Geode");
        Values(root, planet, geode, ["name"]);
        List(root, planet, "regions", PlanetShape.Region, geode.GetSection("Regions"));
        List(root, planet, "links", PlanetShape.Link, geode.GetSection("Links"));
        Object(root, planet, "backplane", PlanetShape.Backplane, geode.GetSection("Backplane"));
        Object(root, planet, "router", PlanetShape.Router, geode.GetSection("Router"));
        Object(root, planet, "scale", PlanetShape.Scale, geode.GetSection("Scale"));
        Object(root, planet, "steward", PlanetShape.Steward, geode.GetSection("Steward"));
        List(root, planet, "stamps", PlanetShape.Stamp, geode.GetSection("Stamps"));
        Object(root, planet, "tenants", PlanetShape.Tenants, geode.GetSection("Tenants"));
        Object(root, planet, "attachments", PlanetShape.Attachments, geode.GetSection("Attachments"));
        Object(root, planet, "ports", PlanetShape.Ports, geode.GetSection("Ports"));
    }

    private static void Object(JsonPlace parent, JsonObject owner, string name, string[] known, IConfigurationSection section)
    {
        if (!section.GetChildren().Any(child => Known(child, known) is not null))
            return;
        if (owner[name] is not JsonObject values)
            owner[name] = values = [];
        Values(parent[name], values, section, known);
    }

    private static void List(JsonPlace parent, JsonObject owner, string name, string[] known, IConfigurationSection section)
    {
        if (section.Value is { } names)
        {
            // Geode:Regions=westeurope,eastus is the whole list.
            owner[name] = new JsonArray([.. names.Split(',', StringSplitOptions.TrimEntries).Select(n => JsonValue.Create(n))]);
            for (var i = 0; i < owner[name]!.AsArray().Count; i++)
                parent.Source.Overridden($"{parent[name].Path}[{i}]", section.Path);
        }

        var children = section.GetChildren().ToList();
        if (children.Count == 0)
            return;
        if (owner[name] is not JsonArray list)
            owner[name] = list = [];
        foreach (var (index, child) in children.Select(child => (Index(child), child)).OrderBy(c => c.Item1))
        {
            if (index > list.Count)
                throw new PlanetException($"configuration {child.Path}: there are {list.Count} {name}; the next one is number {list.Count}");
            Element(parent[name], list, index, known, child);
        }
    }

    private static void Element(JsonPlace place, JsonArray list, int index, string[] known, IConfigurationSection section)
    {
        if (index == list.Count)
            list.Add(null);
        if (list[index] is not JsonObject element)
        {
            var bare = list[index] as JsonValue;
            list[index] = element = [];
            if (bare is not null)
                element["name"] = bare.DeepClone();
        }

        var item = new JsonPlace(element, $"{place.Path}[{index}]", place.Source);
        if (section.Value is not null || section.GetChildren().Any(c => Known(c, ["name"]) is not null))
        {
            // Another region: where the old one was says nothing about it.
            foreach (var old in new[] { "displayName", "latitude", "longitude", "pair" })
                element.Remove(old);
        }

        if (section.Value is { } name)
            Set(item, element, "name", name, section.Path);
        Values(item, element, section, known);
        Object(item, element, "autonomy", PlanetShape.Autonomy, section.GetSection("Autonomy"));
    }

    private static void Values(JsonPlace place, JsonObject values, IConfigurationSection section, string[] known)
    {
        foreach (var child in section.GetChildren())
        {
            if (Known(child, known) is { } property && child.Value is { } value)
                Set(place, values, property, value, child.Path);
        }
    }

    private static void Set(JsonPlace place, JsonObject values, string property, string value, string key)
    {
        place.Source.Overridden(place[property].Path, key);
        if (!Lists.Contains(property))
        {
            values[property] = value;
            return;
        }
        var items = value.Split(',', SplitList);
        values[property] = new JsonArray([.. items.Select(item => JsonValue.Create(item))]);
        for (var i = 0; i < items.Length; i++)
            place.Source.Overridden($"{place[property].Path}[{i}]", key);
    }

    private static string? Known(IConfigurationSection child, string[] known) =>
        known.FirstOrDefault(k => string.Equals(k, child.Key, StringComparison.OrdinalIgnoreCase));

    private static int Index(IConfigurationSection child) =>
        int.TryParse(child.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? index
            : throw new PlanetException($"configuration {child.Path}: '{child.Key}' is not a position; allowed are 0, 1, 2, …");
}
