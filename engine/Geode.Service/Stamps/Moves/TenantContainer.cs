using System.Text.Json.Nodes;
using Geode.Service.Backplane;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Stamps.Moves;

/// <summary>A container for what tenants have: its partition key begins with the tenant.</summary>
/// <param name="Name">The container.</param>
/// <param name="Paths">Of its partition key, the first of which is <see cref="TenantPath"/>.</param>
internal sealed record TenantContainer(string Name, IReadOnlyList<string> Paths)
{
    public const string TenantPath = "/tenant";

    /// <summary>Those of a stamp.</summary>
    /// <exception cref="CosmosException">The replica failed.</exception>
    public static async Task<IReadOnlyList<TenantContainer>> AllAsync(Database replica, CancellationToken cancellation)
    {
        var found = new List<TenantContainer>();
        using var pages = replica.GetContainerQueryIterator<ContainerProperties>();
        while (pages.HasMoreResults)
        {
            foreach (var container in await pages.ReadNextAsync(cancellation))
                found.Add(new(container.Id, container.PartitionKeyPaths));
        }

        return [.. found.Where(container => container.Paths[0] == TenantPath).OrderBy(container => container.Name, StringComparer.Ordinal)];
    }

    /// <summary>All of a tenant's partitions.</summary>
    public static PartitionKey Prefix(string tenant) => new PartitionKeyBuilder().Add(tenant).Build();

    public DocumentKey KeyOf(JsonObject document) =>
        new(Name, document["id"]!.GetValue<string>(), new JsonArray([.. Paths.Select(path => ValueAt(document, path))]).ToJsonString());

    public static PartitionKey PartitionOf(DocumentKey document)
    {
        var key = new PartitionKeyBuilder();
        foreach (var value in JsonNode.Parse(document.Partition)!.AsArray())
        {
            _ = value switch
            {
                null => key.AddNullValue(),
                JsonObject => key.AddNoneType(),
                JsonValue text when text.TryGetValue<string>(out var said) => key.Add(said),
                JsonValue flag when flag.TryGetValue<bool>(out var said) => key.Add(said),
                _ => key.Add(value.GetValue<double>()),
            };
        }

        return key.Build();
    }

    // An empty object where there is no value, which is something else than null.
    private static JsonNode? ValueAt(JsonObject document, string path)
    {
        JsonNode? at = document;
        foreach (var step in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (at is not JsonObject map || !map.TryGetPropertyValue(step, out at))
                return new JsonObject();
        }

        return at?.DeepClone();
    }
}

/// <param name="Partition">Its values, as a JSON array.</param>
internal readonly record struct DocumentKey(string Container, string Id, string Partition)
{
    /// <summary>Whether clients can address it: an id with one of Cosmos DB's illegal characters can be created, but hardly ever read or deleted.</summary>
    public bool IsAddressable => Id.IndexOfAny(['/', '\\', '#']) < 0 && Id[^1] != ' ';
}
