using System.Net;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Backplane.Tests.Regions;

/// <summary>Ranges that are split in one region, or in several at the same time, seen from all of them.</summary>
public sealed class RegionalSplitTests
{
    private const int Items = 40;

    public sealed record Item(string Id, string Pk, int N);

    [Fact]
    public async Task Regions_that_split_apart_from_each_other_end_with_the_same_ranges_and_items()
    {
        await using var backplane = await RunningBackplane.StartAsync(["westeurope", "eastus", "japaneast"]);
        var regions = await backplane.ContainerAsync(new ContainerProperties("items", "/pk"));
        await FillAsync(regions[0], 0);
        await backplane.ConvergedAsync();
        await backplane.LinksAsync(new { state = "down" });
        await regions[0].ReplaceThroughputAsync(20_000);
        await regions[1].ReplaceThroughputAsync(40_000);
        await FillAsync(regions[0], 1);
        await FillAsync(regions[1], 2);
        // This one splits nothing: what comes to it was written to ranges that it has not.
        await FillAsync(regions[2], 3);
        await backplane.LinksAsync(new { state = "up" });
        await backplane.ConvergedAsync();
        foreach (var region in regions)
        {
            Assert.Equal(4, (await region.GetFeedRangesAsync()).Count);
            var rows = await QueryAsync(region, "SELECT * FROM c");
            Assert.Equal(Items * 4, rows.Count);
            Assert.Equal(Items * 4, rows.Select(r => r.Id).Distinct().Count());
        }

        Assert.Single(backplane.Host.Regions.Select(r => string.Join(' ', r.Node.Catalog.FindContainer("db", "items")!.Partitions.Select(p => $"{p.Id}{p.Range}"))).Distinct());
    }

    [Fact]
    public async Task A_session_is_kept_across_regions_that_have_split_and_have_not()
    {
        await using var backplane = await RunningBackplane.StartAsync(["westeurope", "eastus"]);
        var regions = await backplane.ContainerAsync(new ContainerProperties("items", "/pk"));
        await regions[0].CreateItemAsync(new Item("1", "p", 1));
        await backplane.ConvergedAsync();
        await backplane.LinksAsync(new { state = "down" });
        var before = await regions[1].ReplaceItemAsync(new Item("1", "p", 2), "1");
        await regions[0].ReplaceThroughputAsync(20_000);
        // The token is of range 0, which is split here: the session is known all the same, and not yet covered.
        await BehindAsync(regions[0], before.Headers.Session);
        var after = await regions[0].CreateItemAsync(new Item("2", "p", 1));
        Assert.DoesNotMatch("^0:", after.Headers.Session);
        // And the token of a half that is not known yet.
        await BehindAsync(regions[1], after.Headers.Session);
        await backplane.LinksAsync(new { state = "up" });
        await backplane.ConvergedAsync();
        Assert.Equal(2, (await regions[0].ReadItemAsync<Item>("1", new("p"), new() { SessionToken = before.Headers.Session })).Resource.N);
        Assert.Equal(1, (await regions[1].ReadItemAsync<Item>("2", new("p"), new() { SessionToken = after.Headers.Session })).Resource.N);

        static async Task BehindAsync(Container region, string session)
        {
            using var answer = await region.ReadItemStreamAsync("1", new("p"), new() { SessionToken = session });
            Assert.Equal((HttpStatusCode.NotFound, "1002"), (answer.StatusCode, answer.Headers["x-ms-substatus"]));
        }
    }

    /// <summary>The client knows the ranges of a region that has split, and goes to one that has not heard of it.</summary>
    [Fact]
    public async Task A_client_that_fails_over_brings_word_of_the_split()
    {
        await using var backplane = await RunningBackplane.StartAsync(["westeurope", "eastus"]);
        await backplane.ContainerAsync(new ContainerProperties("items", "/pk"));
        using var client = new CosmosClient(
            PlanetPorts.Loopback(backplane.Planet.Ports.BackplaneAccount(backplane.Planet.Regions[0])),
            PlanetEnvironment.EmulatorKey,
            new()
            {
                ConnectionMode = ConnectionMode.Gateway,
                // The other region has not heard of the split, so no session that has gets an answer there.
                ConsistencyLevel = ConsistencyLevel.Eventual,
                ApplicationPreferredRegions = [.. backplane.Planet.Regions.Select(r => r.DisplayName)],
                UseSystemTextJsonSerializerWithOptions = Geode.Service.Backplane.BackplaneJson.Options,
            });
        var container = client.GetContainer("db", "items");
        await FillAsync(container, 0);
        await backplane.ConvergedAsync();
        await backplane.LinksAsync(new { state = "down" });
        await container.ReplaceThroughputAsync(40_000);
        Assert.Equal(Items, (await QueryAsync(container, "SELECT * FROM c")).Count);
        var changes = container.GetChangeFeedIterator<Item>(ChangeFeedStartFrom.Beginning(), ChangeFeedMode.LatestVersion, new() { PageSizeHint = 100 });
        var seen = new List<Item>(await changes.ReadNextAsync());
        await backplane.AdminAsync(HttpMethod.Put, backplane.Planet.Regions[0], "outage", new { mode = "unavailable" });
        Assert.Equal(Items, (await QueryAsync(container, "SELECT * FROM c ORDER BY c.id")).Count);
        for (FeedResponse<Item> page; (page = await changes.ReadNextAsync()).StatusCode != HttpStatusCode.NotModified;)
            seen.AddRange(page);
        Assert.Equal(Items, seen.Select(i => i.Id).Distinct().Count());
        Assert.Equal(["3", "4", "5", "6"], backplane.Host.Regions[1].Node.Catalog.FindContainer("db", "items")!.Partitions.Select(p => p.Id));
    }

    [Fact]
    public async Task Conflicts_are_listed_by_the_halves_of_their_range()
    {
        await using var backplane = await RunningBackplane.StartAsync(["westeurope", "eastus"]);
        var regions = await backplane.ContainerAsync(new ContainerProperties("items", "/pk") { ConflictResolutionPolicy = new() { Mode = ConflictResolutionMode.Custom } });
        await FillAsync(regions[0], 0);
        await backplane.ConvergedAsync();
        await backplane.LinksAsync(new { state = "down" });
        foreach (var region in regions)
        {
            for (var i = 0; i < Items; i++)
                await region.UpsertItemAsync(new Item($"0-{i}", $"k{i}", i));
        }

        await regions[0].ReplaceThroughputAsync(30_000);
        await backplane.LinksAsync(new { state = "up" });
        await backplane.ConvergedAsync();
        foreach (var region in regions)
        {
            var conflicts = new List<ConflictProperties>();
            using var feed = region.Conflicts.GetConflictQueryIterator<ConflictProperties>();
            while (feed.HasMoreResults)
                conflicts.AddRange(await feed.ReadNextAsync());
            Assert.Equal(Items, conflicts.Select(c => c.Id).Distinct().Count());
            Assert.Equal(Items, conflicts.Count);
        }
    }

    private static async Task FillAsync(Container container, int batch)
    {
        for (var i = 0; i < Items; i++)
            await container.CreateItemAsync(new Item($"{batch}-{i}", $"k{i}", i));
    }

    private static async Task<List<Item>> QueryAsync(Container container, string query)
    {
        var rows = new List<Item>();
        using var feed = container.GetItemQueryIterator<Item>(query, requestOptions: new() { MaxItemCount = 15 });
        while (feed.HasMoreResults)
            rows.AddRange(await feed.ReadNextAsync());
        return rows;
    }
}
