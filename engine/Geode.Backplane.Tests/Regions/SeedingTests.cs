using System.Net;
using Geode.TestKit;
using Microsoft.Azure.Cosmos;

namespace Geode.Backplane.Tests.Regions;

public sealed class SeedingTests
{
    private static readonly PartitionKey Key = new("p");

    public sealed record Item(string Id, string Pk, string Text);

    [Fact]
    public async Task A_region_that_lost_its_folder_gets_everything_although_its_peers_keep_no_commits()
    {
        using var folder = new TemporaryFolder();
        string[] regions = ["westeurope", "eastus", "japaneast"];
        Geode.Topology.Planet planet;
        await using (var backplane = await RunningBackplane.StartAsync(regions, data: folder.Path))
        {
            planet = backplane.Planet;
            var containers = await backplane.ContainerAsync(new ContainerProperties("items", "/pk"));
            for (var i = 0; i < 50; i++)
                await containers[i % 3].CreateItemAsync(new Item($"{i}", "p", "start"), Key);
            await containers[0].DeleteItemAsync<Item>("0", Key);
            await backplane.ConvergedAsync();
            await RunningBackplane.EventuallyAsync(
                () => Task.FromResult(backplane.Host.Regions.All(r => r.Node.Replica.History.Count == 0)), "nothing is kept that everybody has");
        }

        Directory.Delete(folder.At("eastus"), recursive: true);
        // What is kept commit by commit is in the log still; after this it is not.
        await using (var others = await RunningBackplane.StartAsync(regions, data: folder.Path, planet: planet))
        {
            await others.ConvergedAsync();
            foreach (var region in others.Host.Regions)
                await region.Node.Replica.CompactAsync();
        }

        Directory.Delete(folder.At("eastus"), recursive: true);
        await using (var again = await RunningBackplane.StartAsync(regions, data: folder.Path, planet: planet))
        {
            await again.ConvergedAsync();
            await RunningBackplane.EventuallyAsync(() => Task.FromResult(again.Host.Regions[1].Node.IsReady), "the region is ready");
            var container = again.Client(1).GetContainer("db", "items");
            for (var i = 1; i < 50; i++)
                Assert.Equal("start", (await container.ReadItemAsync<Item>($"{i}", Key)).Resource.Text);
            var gone = await Assert.ThrowsAsync<CosmosException>(() => container.ReadItemAsync<Item>("0", Key));
            Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
            // It is a region as before: it takes writes, and the others get them.
            await container.ReplaceItemAsync(new Item("1", "p", "later"), "1", Key);
            await again.ConvergedAsync();
            Assert.Equal("later", (await again.Client(2).GetContainer("db", "items").ReadItemAsync<Item>("1", Key)).Resource.Text);
        }
    }
}
