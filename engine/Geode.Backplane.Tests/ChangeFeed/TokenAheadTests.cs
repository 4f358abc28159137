using System.Net;
using System.Text.Json;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Tests.Sdk;
using Microsoft.Azure.Cosmos;

namespace Geode.Backplane.Tests.ChangeFeed;

/// <summary>A token beyond the end of the feed: nothing is new to its owner until changes have passed it.</summary>
[Collection(SdkCollection.Name)]
public sealed class TokenAheadTests(SdkServers servers)
{
    [Theory]
    [InlineData(CosmosHeaders.IncrementalFeed)]
    [InlineData(CosmosHeaders.FullFidelityFeed)]
    public async Task Nothing_comes_twice(string feed)
    {
        var container = await servers.One.ContainerAsync();
        await container.FillAsync(3);
        var (status, etag, ids) = await ReadAsync(container, feed, "\"5\"");
        Assert.Equal((HttpStatusCode.NotModified, "\"5\""), (status, etag));
        Assert.Empty(ids);

        for (var i = 3; i < 7; i++)
            await container.CreateItemAsync(new Note($"n00{i}", "k1"));
        (status, etag, ids) = await ReadAsync(container, feed, etag!);
        Assert.Equal((HttpStatusCode.OK, "\"7\""), (status, etag));
        Assert.Equal(["n005", "n006"], ids);
        await container.DeleteContainerAsync();
    }

    private async Task<(HttpStatusCode Status, string? ETag, string[] Ids)> ReadAsync(Container container, string feed, string etag)
    {
        using var response = await servers.One.SendAsync(
            HttpMethod.Get, $"dbs/tests/colls/{container.Id}/docs", null, (CosmosHeaders.AIm, feed), (CosmosHeaders.IfNoneMatch, etag), (CosmosHeaders.PartitionKeyRangeId, "0"));
        var next = response.Headers.ETag?.Tag;
        if (response.StatusCode == HttpStatusCode.NotModified)
            return (response.StatusCode, next, []);
        using var page = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        var rows = page.RootElement.GetProperty("Documents").EnumerateArray();
        return (response.StatusCode, next, [.. rows.Select(r => (r.TryGetProperty("current", out var current) ? current : r).GetProperty("id").GetString()!)]);
    }
}
