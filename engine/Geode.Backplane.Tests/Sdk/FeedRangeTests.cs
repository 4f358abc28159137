using System.Net;
using Geode.Backplane.Protocol.Codecs;
using Microsoft.Azure.Cosmos;

namespace Geode.Backplane.Tests.Sdk;

/// <summary>Parts of the key space that are not partition-key ranges: each item is in exactly one of those that touch.</summary>
[Collection(SdkCollection.Name)]
public sealed class FeedRangeTests(SdkServers servers)
{
    private const int Items = 25;

    [Fact]
    public async Task Ranges_from_the_minimum_on_hold_no_more_than_their_part()
    {
        var container = await HashedAsync(servers.One, PartitionKeyDefinitionVersion.V2);
        await container.FillAsync(Items, keys: Items);
        await AssertSharedOutAsync(container, ["", "0FFFFFFF", "1FFFFFFF", "2FFFFFFF", "FF"], Items);
        await container.DeleteContainerAsync();
    }

    [Theory]
    [InlineData(1, PartitionKeyDefinitionVersion.V1)]
    [InlineData(2, PartitionKeyDefinitionVersion.V2)]
    public async Task Any_split_shares_out_the_items(int seed, PartitionKeyDefinitionVersion version)
    {
        var scheme = version == PartitionKeyDefinitionVersion.V1 ? PartitionKeyScheme.HashV1 : PartitionKeyScheme.HashV2;
        var keys = Enumerable.Range(0, Items).Select(i => EffectivePartitionKey.Of(PartitionKeyValue.Parse($"[\"k{i}\"]"), scheme)).ToArray();
        foreach (var server in new[] { servers.One, servers.Three })
        {
            var container = await HashedAsync(server, version);
            await container.FillAsync(Items, keys: Items);
            for (var run = 0; run < 4; run++)
                await AssertSharedOutAsync(container, Split(new Random(seed * 100 + run), keys), Items);
            await container.DeleteContainerAsync();
        }
    }

    [Fact]
    public async Task Hierarchical_keys_are_shared_out_at_every_level()
    {
        var container = await servers.Three.ContainerAsync(null, "/tenant", "/user", "/session");
        var keys = new List<string>();
        for (var i = 0; i < Items; i++)
        {
            await container.CreateItemAsync(new { id = $"e{i}", tenant = $"t{i % 2}", user = $"u{i % 4}", session = i, number = i });
            keys.Add(EffectivePartitionKey.Of(PartitionKeyValue.Parse($"[\"t{i % 2}\",\"u{i % 4}\",{i}]"), PartitionKeyScheme.MultiHash));
        }

        for (var run = 0; run < 4; run++)
            await AssertSharedOutAsync(container, Split(new Random(run), keys), Items);
        await container.DeleteContainerAsync();
    }

    [Fact]
    public async Task A_range_beside_a_partition_key_limits_it()
    {
        var container = await HashedAsync(servers.One, PartitionKeyDefinitionVersion.V2);
        await container.FillAsync(4);
        var key = EffectivePartitionKey.Of(PartitionKeyValue.Parse("[\"k1\"]"), PartitionKeyScheme.HashV2);
        Assert.Equal(["n001"], await container.QueryAsync<string>("SELECT VALUE c.id FROM c", Beside(key, "FF")));
        Assert.Empty(await container.QueryAsync<string>("SELECT VALUE c.id FROM c", Beside(null, key)));
        Assert.Equal([0], await container.QueryAsync<int>("SELECT VALUE COUNT(1) FROM c", Beside(null, key)));
        await container.DeleteContainerAsync();

        static QueryRequestOptions Beside(string? start, string end) => new()
        {
            PartitionKey = new PartitionKey("k1"),
            AddRequestHeaders = headers =>
            {
                if (start is not null)
                    headers.Set(CosmosHeaders.StartEpk, start);
                headers.Set(CosmosHeaders.EndEpk, end);
            },
        };
    }

    private static async Task<Container> HashedAsync(SdkServer server, PartitionKeyDefinitionVersion version) =>
        await server.Database.CreateContainerAsync(new ContainerProperties($"c-{Guid.NewGuid():N}", "/pk") { PartitionKeyDefinitionVersion = version });

    private static string[] Split(Random random, IReadOnlyList<string> keys)
    {
        var bounds = new SortedSet<string>(StringComparer.Ordinal) { "", "FF" };
        for (var i = random.Next(1, 5); i > 0; i--)
        {
            // At a key, before it, or in the midst of the space.
            var key = keys[random.Next(keys.Count)];
            bounds.Add(random.Next(3) == 0 ? key : key[..(2 * random.Next(1, key.Length / 2))]);
        }

        return [.. bounds];
    }

    private static async Task AssertSharedOutAsync(Container container, string[] bounds, int expected)
    {
        List<string> queried = [], ordered = [], read = [], changed = [];
        var counted = 0;
        foreach (var (min, max) in bounds.Zip(bounds.Skip(1)))
        {
            var range = FeedRange.FromJsonString($$$"""{"Range":{"min":"{{{min}}}","max":"{{{max}}}"}}""");
            queried.AddRange(await container.GetItemQueryIterator<string>(range, new QueryDefinition("SELECT VALUE c.id FROM c WHERE c.number >= 0")).AllAsync());
            ordered.AddRange(await container.GetItemQueryIterator<string>(range, new QueryDefinition("SELECT VALUE c.id FROM c ORDER BY c.number")).AllAsync());
            counted += Assert.Single(await container.GetItemQueryIterator<int>(range, new QueryDefinition("SELECT VALUE COUNT(1) FROM c")).AllAsync());
            read.AddRange((await container.GetItemQueryIterator<Note>(range, null, null, new QueryRequestOptions { MaxItemCount = 3 }).AllAsync()).Select(n => n.Id));
            changed.AddRange(await ChangesAsync(container, range));
        }

        var split = string.Join(' ', bounds);
        Assert.All([queried, ordered, read, changed], ids => Assert.True(ids.Count == expected && ids.Distinct().Count() == expected, $"{ids.Count} of {expected} with {split}"));
        Assert.Equal(expected, counted);
    }

    private static async Task<List<string>> ChangesAsync(Container container, FeedRange range)
    {
        var ids = new List<string>();
        using var feed = container.GetChangeFeedIterator<Note>(ChangeFeedStartFrom.Beginning(range), ChangeFeedMode.LatestVersion, new ChangeFeedRequestOptions { PageSizeHint = 4 });
        while (await feed.ReadNextAsync() is { StatusCode: not HttpStatusCode.NotModified } page)
            ids.AddRange(page.Select(n => n.Id));
        return ids;
    }
}
