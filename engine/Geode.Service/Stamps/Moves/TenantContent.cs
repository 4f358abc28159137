using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Geode.Service.Backplane;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Stamps.Moves;

/// <summary>All that one replica has of a tenant, by container and document: what it is, without keeping it.</summary>
internal sealed class TenantContent
{
    private const int PageSize = 500;

    // Names that begin so may be the application's as well.
    private static readonly HashSet<string> Added = ["_rid", "_self", "_etag", "_ts", "_attachments", "_lsn"];

    private readonly Dictionary<DocumentKey, Version> _documents = [];

    public IReadOnlyDictionary<DocumentKey, Version> Documents => _documents;

    /// <summary>Whether the other has the same documents.</summary>
    public bool IsSameAs(TenantContent other) => _documents.Count == other._documents.Count
        && _documents.All(own => other._documents.TryGetValue(own.Key, out var its) && its.Hash == own.Value.Hash);

    /// <summary>How many documents it has.</summary>
    /// <exception cref="CosmosException">The replica failed.</exception>
    public static async Task<int> CountAsync(Database replica, string tenant, CancellationToken cancellation)
    {
        var count = 0;
        foreach (var container in await TenantContainer.AllAsync(replica, cancellation))
        {
            var options = new QueryRequestOptions { PartitionKey = TenantContainer.Prefix(tenant), ConsistencyLevel = ConsistencyLevel.Eventual };
            count += (await replica.GetContainer(container.Name).ReadAllAsync<int>(new("SELECT VALUE COUNT(1) FROM c"), options, cancellation)).Sum();
        }

        return count;
    }

    /// <summary>Reads all of it.</summary>
    /// <param name="replica">Of one region.</param>
    /// <param name="containers">Those that hold what tenants have.</param>
    /// <param name="tenant">Whose.</param>
    /// <param name="found">Given the documents, page after page.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="CosmosException">The replica failed.</exception>
    public static async Task<TenantContent> ReadAsync(
        Database replica, IReadOnlyList<TenantContainer> containers, string tenant, Func<TenantContainer, IReadOnlyCollection<Found>, Task>? found, CancellationToken cancellation)
    {
        var content = new TenantContent();
        foreach (var container in containers)
        {
            var options = new QueryRequestOptions { PartitionKey = TenantContainer.Prefix(tenant), ConsistencyLevel = ConsistencyLevel.Eventual, MaxItemCount = PageSize };
            using var pages = replica.GetContainer(container.Name).GetItemQueryIterator<JsonObject>("SELECT * FROM c", requestOptions: options);
            while (pages.HasMoreResults)
            {
                List<Found> page = [.. (await pages.ReadNextAsync(cancellation)).Select(document => new Found(document, container.KeyOf(document), VersionOf(document)))];
                foreach (var document in page)
                    content._documents[document.Key] = document.Version;
                if (found is not null)
                    await found(container, page);
            }
        }

        return content;
    }

    /// <summary>What the application wrote: without what the backplane adds.</summary>
    public static JsonObject Own(JsonObject document) =>
        new(document.Where(property => !Added.Contains(property.Key)).Select(property => KeyValuePair.Create(property.Key, property.Value?.DeepClone())));

    // The order in which the application wrote its properties says nothing.
    private static Version VersionOf(JsonObject document)
    {
        var text = new StringBuilder();
        Append(text, Own(document));
        return new(Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()))), document["_etag"]!.GetValue<string>());
    }

    private static void Append(StringBuilder text, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map:
                text.Append('{');
                foreach (var (name, value) in map.OrderBy(property => property.Key, StringComparer.Ordinal))
                {
                    text.Append(JsonSerializer.Serialize(name)).Append(':');
                    Append(text, value);
                    text.Append(',');
                }

                text.Append('}');
                break;
            case JsonArray list:
                text.Append('[');
                foreach (var item in list)
                {
                    Append(text, item);
                    text.Append(',');
                }

                text.Append(']');
                break;
            default:
                text.Append(node?.ToJsonString() ?? "null");
                break;
        }
    }

    internal sealed record Found(JsonObject Document, DocumentKey Key, Version Version);

    /// <param name="Hash">Of what the application wrote.</param>
    /// <param name="ETag">In that replica.</param>
    internal readonly record struct Version(string Hash, string ETag);
}
