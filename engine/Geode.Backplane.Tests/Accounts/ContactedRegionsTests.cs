using Geode.Backplane.Tests.Regions;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Backplane.Tests.Accounts;

/// <summary>The .NET client's diagnostics say which region really answered.</summary>
public sealed class ContactedRegionsTests
{
    private static readonly PartitionKey Key = new("p");

    public sealed record Item(string Id, string Pk);

    [Fact]
    public async Task Diagnostics_name_the_region_that_answered_also_after_a_fail_over()
    {
        await using var backplane = await RunningBackplane.StartAsync(["westeurope", "eastus"]);
        Assert.NotEqual(RegionHostKinds.Shared, backplane.Host.Regions[0].Node.Hosts.Kind);
        var pinned = await backplane.ContainerAsync(new ContainerProperties("items", "/pk"));
        await pinned[0].CreateItemAsync(new Item("1", "p"), Key);
        await backplane.ConvergedAsync();

        Assert.Equal(["West Europe"], await ReadBy("West Europe", "East US"));
        Assert.Equal(["East US"], await ReadBy("East US", "West Europe"));

        await backplane.AdminAsync(HttpMethod.Put, backplane.Planet.Regions[0], "outage", new { mode = "unavailable" });
        Assert.Equal(["West Europe", "East US"], await ReadBy("West Europe", "East US"));

        async Task<IReadOnlyList<string>> ReadBy(params string[] preferred)
        {
            using var client = new CosmosClient(
                PlanetPorts.Loopback(backplane.Planet.Ports.BackplaneAccount(backplane.Planet.Regions[1])),
                PlanetEnvironment.EmulatorKey,
                new() { ConnectionMode = ConnectionMode.Gateway, ApplicationPreferredRegions = preferred, UseSystemTextJsonSerializerWithOptions = Service.Backplane.BackplaneJson.Options });
            var items = client.GetContainer("db", "items");
            // The first one also asks for the container, and may be sent before the account has been read.
            await items.ReadItemAsync<Item>("1", Key);
            var read = await items.ReadItemAsync<Item>("1", Key);
            return [.. read.Diagnostics.GetContactedRegions().Select(r => r.regionName)];
        }
    }
}
