using Geode.TestKit;
using Microsoft.Azure.Cosmos;

namespace Geode.Backplane.Tests.Regions;

/// <summary>Full-text search where writes come from another region, and after a restart.</summary>
public sealed class FullTextRegionTests
{
    private static readonly PartitionKey Key = new("p");
    private static readonly string[] Regions = ["westeurope", "eastus"];

    public sealed record Item(string Id, string Pk, string Text);

    [Fact]
    public async Task What_another_region_wrote_is_found_and_after_a_restart_too()
    {
        using var folder = new TemporaryFolder();
        var properties = new ContainerProperties("texts", "/pk")
        {
            FullTextPolicy = new FullTextPolicy { DefaultLanguage = "en-US", FullTextPaths = [new FullTextPath { Path = "/text" }] },
        };
        properties.IndexingPolicy.FullTextIndexes.Add(new FullTextIndexPath { Path = "/text" });
        Geode.Topology.Planet planet;
        await using (var backplane = await RunningBackplane.StartAsync(Regions, data: folder.Path))
        {
            planet = backplane.Planet;
            var containers = await backplane.ContainerAsync(properties);
            for (var i = 0; i < 20; i++)
                await containers[0].CreateItemAsync(new Item($"filler{i:00}", "p", "nothing of interest"), Key);
            await containers[0].CreateItemAsync(new Item("bike", "p", "a red bicycle"), Key);
            await containers[0].CreateItemAsync(new Item("gone", "p", "a bicycle that will be gone"), Key);
            await backplane.ConvergedAsync();
            // The index of the second region is there before what follows comes in.
            Assert.Equal(["bike", "gone"], await FoundAsync(containers[1], "bicycle"));
            await containers[0].ReplaceItemAsync(new Item("bike", "p", "now a skateboard"), "bike", Key);
            await containers[0].DeleteItemAsync<Item>("gone", Key);
            await containers[0].CreateItemAsync(new Item("new", "p", "bicycles, bicycles"), Key);
            await backplane.ConvergedAsync();
            Assert.Equal(["new"], await FoundAsync(containers[1], "bicycle"));
            Assert.Equal(["bike"], await FoundAsync(containers[1], "skateboard"));
        }

        await using (var again = await RunningBackplane.StartAsync(Regions, data: folder.Path, planet: planet))
        {
            await again.ConvergedAsync();
            for (var region = 0; region < Regions.Length; region++)
            {
                var container = again.Client(region).GetContainer("db", "texts");
                Assert.Equal("/text", Assert.Single((await container.ReadContainerAsync()).Resource.FullTextPolicy.FullTextPaths).Path);
                Assert.Equal(["new"], await FoundAsync(container, "bicycle"));
                Assert.Equal(["bike"], await AllAsync(container, "SELECT TOP 1 * FROM c ORDER BY RANK FullTextScore(c.text, 'skateboard')"));
            }
        }
    }

    private static Task<List<string>> FoundAsync(Container container, string word) =>
        AllAsync(container, $"SELECT * FROM c WHERE FullTextContains(c.text, '{word}')");

    private static async Task<List<string>> AllAsync(Container container, string query)
    {
        var ids = new List<string>();
        using var feed = container.GetItemQueryIterator<Item>(query);
        while (feed.HasMoreResults)
            ids.AddRange((await feed.ReadNextAsync()).Select(item => item.Id));
        return [.. ids.Order()];
    }
}
