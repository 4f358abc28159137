using System.Net;
using Microsoft.Azure.Cosmos;

namespace Geode.Backplane.Tests.Regions;

public sealed class ConflictFeedTests
{
    private static readonly PartitionKey Key = new("p");

    public sealed record Item(string Id, string Pk, string Text, long Fence = 0);

    [Fact]
    public async Task Losing_version_is_read_merged_and_deleted_through_the_client_and_all_of_it_replicates()
    {
        await using var backplane = await RunningBackplane.StartAsync(["westeurope", "eastus", "japaneast"]);
        var regions = await backplane.ContainerAsync(Custom("merged"));
        await regions[0].CreateItemAsync(new Item("1", "p", "start"), Key);
        await backplane.ConvergedAsync();
        await ApartAsync(backplane, async () =>
        {
            await regions[0].ReplaceItemAsync(new Item("1", "p", "here"), "1", Key);
            await regions[1].ReplaceItemAsync(new Item("1", "p", "there"), "1", Key);
        });

        foreach (var region in regions)
        {
            var conflict = Assert.Single(await FeedAsync(region));
            Assert.Equal(OperationKind.Replace, conflict.OperationKind);
            var lost = region.Conflicts.ReadConflictContent<Item>(conflict);
            Item won = await region.Conflicts.ReadCurrentAsync<Item>(conflict, Key);
            Assert.Equal(["here", "there"], new[] { lost.Text, won.Text }.Order());
        }

        var open = (await FeedAsync(regions[2]))[0];
        await regions[2].ReplaceItemAsync(new Item("1", "p", "here and there"), "1", Key);
        await backplane.ConvergedAsync();
        // A write alone does not settle it: only the application knows whether it merged.
        foreach (var region in regions)
            Assert.Equal(open.Id, Assert.Single(await FeedAsync(region)).Id);

        using (var deleted = await regions[1].Conflicts.DeleteAsync(open, Key))
            Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        await backplane.ConvergedAsync();
        foreach (var region in regions)
        {
            Assert.Empty(await FeedAsync(region));
            Assert.Equal("here and there", (await region.ReadItemAsync<Item>("1", Key)).Resource.Text);
            using var again = await region.Conflicts.DeleteAsync(open, Key);
            Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
        }
    }

    [Fact]
    public async Task Items_created_twice_are_one_item_and_an_insert_conflict()
    {
        await using var backplane = await RunningBackplane.StartAsync(["westeurope", "eastus"]);
        var regions = await backplane.ContainerAsync(Custom("inserted"));
        await ApartAsync(backplane, async () =>
        {
            await regions[0].CreateItemAsync(new Item("1", "p", "here"), Key);
            await regions[1].CreateItemAsync(new Item("1", "p", "there"), Key);
        });

        foreach (var region in regions)
        {
            var conflict = Assert.Single(await FeedAsync(region));
            Assert.Equal(OperationKind.Create, conflict.OperationKind);
            Item won = await region.Conflicts.ReadCurrentAsync<Item>(conflict, Key);
            Assert.NotEqual(won.Text, region.Conflicts.ReadConflictContent<Item>(conflict).Text);
        }

        Assert.Equal(1, backplane.Host.Regions[0].Node.Replica.State.Conflicts.Insert);
    }

    [Fact]
    public async Task Deletion_wins_and_what_it_took_can_be_read_in_the_feed()
    {
        await using var backplane = await RunningBackplane.StartAsync(["westeurope", "eastus"]);
        var regions = await backplane.ContainerAsync(Custom("deleted"));
        await regions[0].CreateItemAsync(new Item("1", "p", "start"), Key);
        await backplane.ConvergedAsync();
        await ApartAsync(backplane, async () =>
        {
            await regions[0].DeleteItemAsync<Item>("1", Key);
            await regions[1].ReplaceItemAsync(new Item("1", "p", "later"), "1", Key);
        });

        foreach (var region in regions)
        {
            var conflict = Assert.Single(await FeedAsync(region));
            Assert.Equal("later", region.Conflicts.ReadConflictContent<Item>(conflict).Text);
            var gone = await Assert.ThrowsAsync<CosmosException>(() => region.Conflicts.ReadCurrentAsync<Item>(conflict, Key));
            Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        }
    }

    [Fact]
    public async Task Higher_value_on_a_custom_path_wins_whatever_the_clocks_say_and_leaves_no_conflict_behind()
    {
        await using var backplane = await RunningBackplane.StartAsync(["westeurope", "eastus"]);
        var regions = await backplane.ContainerAsync(new ContainerProperties("fenced", "/pk")
        {
            ConflictResolutionPolicy = new() { Mode = ConflictResolutionMode.LastWriterWins, ResolutionPath = "/fence" },
        });
        await ApartAsync(backplane, async () =>
        {
            await regions[0].CreateItemAsync(new Item("1", "p", "higher", 2), Key);
            await regions[1].CreateItemAsync(new Item("1", "p", "later", 1), Key);
        });

        foreach (var region in regions)
        {
            Assert.Equal("higher", (await region.ReadItemAsync<Item>("1", Key)).Resource.Text);
            Assert.Empty(await FeedAsync(region));
        }
    }

    [Fact]
    public async Task Conflicts_are_queried_as_other_resources_are()
    {
        await using var backplane = await RunningBackplane.StartAsync(["westeurope", "eastus"]);
        var regions = await backplane.ContainerAsync(Custom("queried"));
        await ApartAsync(backplane, async () =>
        {
            foreach (var id in (string[])["1", "2", "3"])
            {
                await regions[0].CreateItemAsync(new Item(id, "p", "here"), Key);
                await regions[1].CreateItemAsync(new Item(id, "p", "there"), Key);
            }
        });

        Assert.Equal(3, (await FeedAsync(regions[0])).Count);
        using var pages = regions[0].Conflicts.GetConflictQueryIterator<ConflictProperties>("SELECT * FROM c WHERE c.operationType = 'create'");
        var found = new List<string>();
        while (pages.HasMoreResults)
            found.AddRange((await pages.ReadNextAsync()).Select(c => c.Id));
        Assert.Equal((await FeedAsync(regions[1])).Select(c => c.Id).Order(), found.Order());
    }

    private static ContainerProperties Custom(string name) => new(name, "/pk") { ConflictResolutionPolicy = new() { Mode = ConflictResolutionMode.Custom } };

    private static async Task ApartAsync(RunningBackplane backplane, Func<Task> write)
    {
        await backplane.LinksAsync(new { state = "down" });
        await write();
        await backplane.LinksAsync(new { state = "up" });
        await backplane.ConvergedAsync();
    }

    private static async Task<List<ConflictProperties>> FeedAsync(Container container)
    {
        using var pages = container.Conflicts.GetConflictQueryIterator<ConflictProperties>();
        var conflicts = new List<ConflictProperties>();
        while (pages.HasMoreResults)
            conflicts.AddRange(await pages.ReadNextAsync());
        return conflicts;
    }
}
