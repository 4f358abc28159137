using System.Net;
using System.Text.Json;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Tests.Sdk;
using Microsoft.Azure.Cosmos;

namespace Geode.Backplane.Tests.Protocol;

/// <summary>An item of the key <c>k</c> over plain HTTP, and every way to see what is in its <c>x</c>.</summary>
internal sealed class ItemViews(SdkServer server, Container container)
{
    public const string Key = "[\"k\"]";

    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 512 };

    private string Items => $"dbs/tests/colls/{container.Id}/docs";

    public Task<HttpResponseMessage> CreateAsync(string json, params (string Name, string Value)[] headers) =>
        server.SendAsync(HttpMethod.Post, Items, json, [(CosmosHeaders.PartitionKey, Key), .. headers]);

    public Task<HttpResponseMessage> CreateAsync(HttpContent content, params (string Name, string Value)[] headers) =>
        server.SendContentAsync(HttpMethod.Post, Items, content, [(CosmosHeaders.PartitionKey, Key), .. headers]);

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string id, string? json = null, params (string Name, string Value)[] headers) =>
        server.SendAsync(method, $"{Items}/{id}", json, [(CosmosHeaders.PartitionKey, Key), .. headers]);

    public Task<HttpResponseMessage> QueryAsync(string query, string parameter = "null", params (string Name, string Value)[] headers) => server.SendAsync(
        HttpMethod.Post,
        Items,
        $$"""{"query":{{JsonSerializer.Serialize(query)}},"parameters":[{"name":"@x","value":{{parameter}}}]}""",
        [(CosmosHeaders.IsQuery, "True"), (CosmosHeaders.PartitionKey, Key), .. headers]);

    public Task<HttpResponseMessage> FeedAsync(params (string Name, string Value)[] headers) =>
        server.SendAsync(HttpMethod.Get, Items, (string?)null, [(CosmosHeaders.PartitionKeyRangeId, "0"), .. headers]);

    /// <summary>The item's <c>x</c> as a read, queries, a filter by itself, a feed and a change feed have it.</summary>
    public async Task<IReadOnlyList<JsonElement>> AllAsync(string id, string x)
    {
        var read = await JsonAsync(await SendAsync(HttpMethod.Get, id));
        var found = new List<JsonElement> { read.GetProperty("x"), (await RowAsync(await QueryAsync("SELECT VALUE c.x FROM c"))) };
        foreach (var response in new[]
        {
            await QueryAsync("SELECT * FROM c"),
            await QueryAsync("SELECT c.x FROM c WHERE c.x = @x", x),
            await QueryAsync("SELECT c.x FROM c ORDER BY c.x"),
            await FeedAsync(),
            await FeedAsync((CosmosHeaders.AIm, CosmosHeaders.IncrementalFeed)),
        })
        {
            found.Add((await RowAsync(response)).GetProperty("x"));
        }

        return found;
    }

    public static async Task<JsonElement> JsonAsync(HttpResponseMessage response)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync();
            Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode}: {text}");
            using var document = JsonDocument.Parse(text, Deep);
            return document.RootElement.Clone();
        }
    }

    /// <summary>Awaits one 400, with that in its message.</summary>
    public static async Task RefusedAsync(HttpResponseMessage response, string what)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync();
            Assert.True(response.StatusCode == HttpStatusCode.BadRequest, $"{(int)response.StatusCode}: {text}");
            using var error = JsonDocument.Parse(text);
            Assert.Contains(what, error.RootElement.GetProperty("message").GetString(), StringComparison.Ordinal);
        }
    }

    private static async Task<JsonElement> RowAsync(HttpResponseMessage response) =>
        Assert.Single((await JsonAsync(response)).GetProperty("Documents").EnumerateArray());
}
