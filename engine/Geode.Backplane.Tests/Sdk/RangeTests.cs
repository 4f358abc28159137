using System.Net;
using System.Text.Json;
using Geode.Backplane.Protocol.Codecs;
using Microsoft.Azure.Cosmos;

namespace Geode.Backplane.Tests.Sdk;

/// <summary>How many partition-key ranges a container has, and what the feed of ranges says of it.</summary>
[Collection(SdkCollection.Name)]
public sealed class RangeTests(SdkServers servers)
{
    [Theory]
    [InlineData(400, 1)]
    [InlineData(10_000, 1)]
    [InlineData(10_100, 2)]
    [InlineData(30_000, 3)]
    [InlineData(100_000, 10)]
    public async Task A_container_begins_with_a_range_for_each_10000_units_begun(int throughput, int ranges)
    {
        Assert.Equal(ranges, await RangesOfAsync(servers.One, ThroughputProperties.CreateManualThroughput(throughput)));
        Assert.Equal(Math.Max(3, ranges), await RangesOfAsync(servers.Three, ThroughputProperties.CreateManualThroughput(throughput)));
    }

    [Theory]
    [InlineData(4_000, 1)]
    [InlineData(21_000, 3)]
    public async Task With_autoscale_the_maximum_counts(int maximum, int ranges) =>
        Assert.Equal(ranges, await RangesOfAsync(servers.One, ThroughputProperties.CreateAutoscaleThroughput(maximum)));

    [Fact]
    public async Task Throughput_that_containers_share_gives_none_of_them_more_ranges()
    {
        Database database = await servers.One.Client.CreateDatabaseAsync($"d-{Guid.NewGuid():N}", 30_000);
        Container container = await database.CreateContainerAsync("shared", "/pk");
        await database.ReplaceThroughputAsync(50_000);
        Assert.Single(await container.GetFeedRangesAsync());
        await database.DeleteAsync();
    }

    [Fact]
    public async Task Raised_throughput_splits_ranges_and_lowered_leaves_them()
    {
        var container = await servers.One.ContainerAsync();
        await container.ReplaceThroughputAsync(25_000);
        Assert.Equal(["3", "4", "2"], (await FeedAsync(container)).Ranges.Select(r => r.Id));
        await container.ReplaceThroughputAsync(400);
        Assert.Equal(["3", "4", "2"], (await FeedAsync(container)).Ranges.Select(r => r.Id));
        await container.ReplaceThroughputAsync(ThroughputProperties.CreateManualThroughput(40_000));
        Assert.Equal(["3", "4", "5", "6"], (await FeedAsync(container)).Ranges.Select(r => r.Id));
        await container.DeleteContainerAsync();
    }

    [Fact]
    public async Task The_feed_of_ranges_names_the_parents_and_ends_with_not_modified()
    {
        var container = await servers.One.ContainerAsync();
        var (before, old) = await FeedAsync(container);
        Assert.Equal([("0", "", "FF", "")], before.Select(r => (r.Id, r.Min, r.Max, r.Parents)));
        using (var same = await SendAsync(container, old))
            Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        await container.ReplaceThroughputAsync(30_000);
        var (ranges, etag) = await FeedAsync(container, old);
        Assert.Equal(
            [("3", "", "0FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF", "0 1"), ("4", "0FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF", "1FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF", "0 1"), ("2", "1FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF", "FF", "0")],
            ranges.Select(r => (r.Id, r.Min, r.Max, r.Parents)));
        using var unchanged = await SendAsync(container, etag);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        Assert.Equal(etag, unchanged.Header("etag"));
        await container.DeleteContainerAsync();
    }

    [Theory]
    [InlineData("x")]
    [InlineData("99999999999")]
    [InlineData("1.0.1")]
    [InlineData("7-1.0")]
    [InlineData("-")]
    public async Task An_etag_that_is_none_of_this_container_gets_all_ranges(string etag)
    {
        var container = await servers.Three.ContainerAsync();
        Assert.Equal(3, (await FeedAsync(container, $"\"{etag}\"")).Ranges.Length);
        await container.DeleteContainerAsync();
    }

    [Fact]
    public async Task A_range_that_was_split_is_gone()
    {
        var container = await servers.One.ContainerAsync();
        await container.ReplaceThroughputAsync(20_000);
        var docs = $"dbs/tests/colls/{container.Id}/docs";
        var range = (CosmosHeaders.PartitionKeyRangeId, "0");
        using var feed = await servers.One.SendAsync(HttpMethod.Get, docs, null, range);
        using var changes = await servers.One.SendAsync(HttpMethod.Get, docs, null, range, (CosmosHeaders.AIm, CosmosHeaders.IncrementalFeed));
        using var query = await servers.One.SendAsync(HttpMethod.Post, docs, """{"query":"SELECT * FROM c"}""", range, (CosmosHeaders.IsQuery, "True"));
        using var bulk = await servers.One.SendAsync(
            HttpMethod.Post, docs, """[{"operationType":"Create","partitionKey":"[\"a\"]","resourceBody":{"id":"a","pk":"a"}}]""", range, (CosmosHeaders.IsBatchRequest, "True"));
        Assert.All([feed, changes, query, bulk], answer =>
        {
            Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
            Assert.Equal("1002", answer.Header(CosmosHeaders.SubStatus));
        });
        Assert.Equal([0], await container.QueryAsync<int>("SELECT VALUE COUNT(1) FROM c"));
        await container.DeleteContainerAsync();
    }

    private static async Task<int> RangesOfAsync(SdkServer server, ThroughputProperties throughput)
    {
        Container container = await server.Database.CreateContainerAsync(new ContainerProperties($"c-{Guid.NewGuid():N}", "/pk"), throughput);
        var ranges = await container.GetFeedRangesAsync();
        await container.DeleteContainerAsync();
        return ranges.Count;
    }

    private async Task<((string Id, string Min, string Max, string Parents)[] Ranges, string ETag)> FeedAsync(Container container, string? etag = null)
    {
        using var answer = await SendAsync(container, etag);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return ([.. body.RootElement.GetProperty("PartitionKeyRanges").EnumerateArray().Select(r => (
            r.GetProperty("id").GetString()!,
            r.GetProperty("minInclusive").GetString()!,
            r.GetProperty("maxExclusive").GetString()!,
            string.Join(' ', r.GetProperty("parents").EnumerateArray().Select(p => p.GetString()))))], answer.Header("etag")!);
    }

    private Task<HttpResponseMessage> SendAsync(Container container, string? etag) =>
        (container.Database.Client == servers.Three.Client ? servers.Three : servers.One).SendAsync(
            HttpMethod.Get, $"dbs/tests/colls/{container.Id}/pkranges", null, [(CosmosHeaders.AIm, CosmosHeaders.IncrementalFeed), .. etag is null ? [] : new[] { ("If-None-Match", etag) }]);
}
