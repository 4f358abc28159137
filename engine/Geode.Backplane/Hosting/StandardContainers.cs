using System.Text.Json;
using System.Text.Json.Nodes;
using Geode.Backplane.Protocol;
using Geode.Backplane.Storage;
using Geode.Topology;

namespace Geode.Backplane.Hosting;

/// <summary>The planet's database and containers, made at start where they are missing. Every region does this by itself: what two
/// regions make at the same time is one and the same container.</summary>
public static class StandardContainers
{
    public static async Task CreateAsync(RegionNode node, IReadOnlyList<ContainerDefinition> containers)
    {
        var name = node.Planet.Backplane.Database;
        var definitions = containers.Select(c => (c.Name, Body: ContainerRules.Complete(JsonSerializer.SerializeToUtf8Bytes(Definition(c))))).ToArray();
        await node.Replica.WriteAsync(writer =>
        {
            var database = DatabaseCatalog.CreateDatabase(writer, name) ?? writer.State.Catalog.Find($"dbs/{name}")!;
            foreach (var (container, body) in definitions)
                DatabaseCatalog.CreateContainer(writer, database, container, body);
            return true;
        });
    }

    private static JsonObject Definition(ContainerDefinition container)
    {
        var definition = new JsonObject
        {
            ["id"] = container.Name,
            ["partitionKey"] = new JsonObject
            {
                ["paths"] = new JsonArray([.. container.PartitionKey.Select(p => JsonValue.Create(p))]),
                ["kind"] = container.PartitionKey.Count > 1 ? "MultiHash" : "Hash",
                ["version"] = 2,
            },
        };
        if (container.DefaultTtlSeconds is { } ttl)
            definition["defaultTtl"] = ttl;
        if (container.Conflicts is { } conflicts)
            definition["conflictResolutionPolicy"] = new JsonObject { ["mode"] = conflicts.Mode, ["conflictResolutionPath"] = conflicts.Mode == "Custom" ? "" : conflicts.Path };
        if (container.UniqueKeys is { Count: > 0 } keys)
        {
            definition["uniqueKeyPolicy"] = new JsonObject
            {
                ["uniqueKeys"] = new JsonArray([.. keys.Select(k => new JsonObject { ["paths"] = new JsonArray([.. k.Select(p => JsonValue.Create(p))]) })]),
            };
        }

        return definition;
    }
}
