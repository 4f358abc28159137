using Geode.Backplane.Tests.Regions;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Backplane.Tests.Accounts;

/// <summary>What the account says of itself, at each of its endpoints, while regions come and go.</summary>
public sealed class AccountListsTests
{
    [Fact]
    public async Task A_region_that_is_killed_leaves_the_lists_and_comes_back_when_it_lives_again()
    {
        await using var planet = await RegionProcesses.StartAsync(new() { OfflineAfterMs = 500 }, "westeurope", "eastus");
        var west = planet.Planet.Regions[0];
        Assert.Equal("West Europe, East US", (await planet.AccountAsync(west)).Readable);

        await planet.KillAsync("eastus");
        await RunningBackplane.EventuallyAsync(async () => (await planet.AccountAsync(west)).Readable == "West Europe", "East US leaves the list");
        Assert.Equal("West Europe", (await planet.AccountAsync(west)).Writable);

        await planet.ReviveAsync("eastus");
        await RunningBackplane.EventuallyAsync(async () => (await planet.AccountAsync(west)).Readable == "West Europe, East US", "East US is back");
        Assert.Equal("West Europe, East US", (await planet.AccountAsync(west)).Writable);
    }

    [Fact]
    public async Task A_region_that_leaves_the_account_leaves_the_lists_of_all()
    {
        await using var planet = await RegionProcesses.StartAsync(new() { OfflineAfterMs = 1_000 }, "westeurope", "eastus");
        await planet.AdminAsync(HttpMethod.Put, "eastus", "outage", new { mode = "gone" });
        await RunningBackplane.EventuallyAsync(async () => (await planet.AccountAsync(planet.Planet.Regions[0])).Readable == "West Europe", "East US leaves the list");
        // A link that is cut is another matter: clients reach both ends.
        await planet.AdminAsync(HttpMethod.Put, "eastus", "outage", new { mode = "none" });
        await planet.AdminAsync(HttpMethod.Put, "westeurope", "links/eastus/westeurope", new { state = "down" });
        await RunningBackplane.EventuallyAsync(async () => (await planet.AccountAsync(planet.Planet.Regions[0])).Readable == "West Europe, East US", "East US is back");
    }

    [Fact]
    public async Task The_edge_lists_itself_alone_and_nobody_else_lists_it()
    {
        await using var planet = await RegionProcesses.StartAsync(new(), regions => [.. regions.Select(r => r.Name == "eastus" ? r with { Kind = RegionKinds.Edge } : r)], "westeurope", "eastus", "westus");

        Assert.Equal("West Europe, West US", (await planet.AccountAsync(planet.Planet.Region("westeurope"))).Readable);
        Assert.Equal("West US, West Europe", (await planet.AccountAsync(planet.Planet.Region("westus"))).Writable);
        var edge = await planet.AccountAsync(planet.Planet.Region("eastus"));
        Assert.Equal(("East US", "East US"), (edge.Readable, edge.Writable));
    }

    [Fact]
    public async Task Each_region_has_a_host_and_a_name_of_its_own()
    {
        await using var planet = await RegionProcesses.StartAsync(new(), "westeurope", "eastus");
        var account = await planet.AccountAsync(planet.Planet.Regions[0]);
        Assert.Equal("geode", account.Id);
        Assert.True(account.IsMultiWrite);
        for (var i = 0; i < 2; i++)
        {
            var regional = await planet.AccountAsync(account.Endpoints[i].GetLeftPart(UriPartial.Authority));
            Assert.Equal($"geode-{planet.Planet.Regions[i].Name}", regional.Id);
            Assert.Equal(account.Readable.Split(", ").Order(), regional.Readable.Split(", ").Order());
            Assert.Contains(account.Endpoints[i], regional.Endpoints);
        }
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public async Task A_client_that_was_given_a_regions_own_address_finds_it_in_the_list_and_stays(string host)
    {
        await using var planet = await RegionProcesses.StartAsync(new(), "westeurope", "eastus");
        var port = planet.Planet.Ports.BackplaneRegional(planet.Planet.Regions[1]);
        Assert.Contains(new Uri($"http://{host}:{port}/"), (await planet.AccountAsync($"http://{host}:{port}")).Endpoints);
        using var client = new CosmosClient($"http://{host}:{port}", PlanetEnvironment.EmulatorKey, new() { ConnectionMode = ConnectionMode.Gateway });
        Assert.Equal("geode-eastus", (await client.ReadAccountAsync()).Id);
    }
}
