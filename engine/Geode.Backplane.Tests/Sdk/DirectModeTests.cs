using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Backplane.Tests.Sdk;

/// <summary>A client in its default mode.</summary>
[Collection(SdkCollection.Name)]
public sealed class DirectModeTests(SdkServers servers)
{
    [Fact]
    public async Task The_developer_reads_what_to_set()
    {
        var container = await servers.One.ContainerAsync();
        using var direct = new CosmosClient(servers.One.Endpoint, PlanetEnvironment.EmulatorKey, new());
        var same = direct.GetContainer("tests", container.Id);
        foreach (var call in (Func<Task>[])[
            () => same.ReadItemAsync<Note>("a", new("k")),
            () => same.CreateItemAsync(new Note("a", "k"), new PartitionKey("k")),
            () => same.QueryAsync<Note>("SELECT * FROM c")])
        {
            var failure = await Assert.ThrowsAsync<CosmosException>(call);
            Assert.Equal(400, (int)failure.StatusCode);
            Assert.Contains("Set ConnectionMode.Gateway", failure.Message, StringComparison.Ordinal);
        }

        await container.DeleteContainerAsync();
    }
}
