using System.Net;
using Geode.Backplane.Tests.Regions;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Backplane.Tests.Accounts;

/// <summary>An account with one write region: who takes writes, and how another region becomes the one.</summary>
public sealed class FailoverTests
{
    private const int Never = 3_600_000;

    private static readonly BackplaneSettings OneWriter = new() { WriteRegions = "single", OfflineAfterMs = 1_000 };

    [Fact]
    public async Task The_others_are_read_from_and_take_no_writes()
    {
        await using var planet = await RegionProcesses.StartAsync(OneWriter, "westeurope", "eastus");
        var account = await planet.AccountAsync(planet.Planet.Regions[1]);
        Assert.Equal(("West Europe", "West Europe, East US", false), (account.Writable, account.Readable, account.IsMultiWrite));
        Assert.Equal((HttpStatusCode.Forbidden, 3), await WriteAtAsync(planet, 1));
        Assert.Equal((HttpStatusCode.Created, 0), await WriteAtAsync(planet, 0));
        // The client finds the write region whatever it prefers.
        await planet.Client(planet.Planet.Regions[1], o => o.ApplicationPreferredRegions = ["East US", "West Europe"]).CreateDatabaseAsync("from-the-east");
    }

    [Fact]
    public async Task A_fail_over_is_announced_with_two_write_regions_that_both_take_writes()
    {
        await using var planet = await RegionProcesses.StartAsync(OneWriter with { FailoverSwitchMs = Never, FailoverNarrowMs = Never }, "westeurope", "eastus");
        await FailOverAsync(planet, "eastus");
        Assert.Equal("East US, West Europe", (await planet.AccountAsync(planet.Planet.Regions[0])).Writable);
        Assert.Equal((HttpStatusCode.Created, 0), await WriteAtAsync(planet, 1));
        Assert.Equal((HttpStatusCode.Created, 0), await WriteAtAsync(planet, 0));
    }

    [Fact]
    public async Task After_the_switch_the_old_one_refuses_writes_while_it_is_still_listed()
    {
        await using var planet = await RegionProcesses.StartAsync(OneWriter with { FailoverSwitchMs = 0, FailoverNarrowMs = Never }, "westeurope", "eastus");
        var client = planet.Client(planet.Planet.Regions[0]);
        await client.CreateDatabaseAsync("before");
        await FailOverAsync(planet, "eastus");
        Assert.Equal("East US, West Europe", (await planet.AccountAsync(planet.Planet.Regions[0])).Writable);
        Assert.Equal((HttpStatusCode.Forbidden, 3), await WriteAtAsync(planet, 0));
        // A client that thinks otherwise is told, reads the account again, and goes on.
        await client.CreateDatabaseAsync("after");
        Assert.Equal((HttpStatusCode.Created, 0), await WriteAtAsync(planet, 1));
    }

    [Fact]
    public async Task In_the_end_the_list_is_narrow_and_a_restart_changes_nothing()
    {
        await using var planet = await RegionProcesses.StartAsync(OneWriter with { FailoverSwitchMs = 0, FailoverNarrowMs = 0 }, "westeurope", "eastus");
        await FailOverAsync(planet, "eastus");
        await planet.KillAsync("westeurope");
        await planet.ReviveAsync("westeurope");
        foreach (var region in planet.Planet.Regions)
        {
            await RunningBackplane.EventuallyAsync(
                async () => (await planet.AccountAsync(region)).Readable.Contains("West Europe", StringComparison.Ordinal), "the others see that it is back");
            Assert.Equal("East US", (await planet.AccountAsync(region)).Writable);
        }
    }

    [Fact]
    public async Task When_the_write_region_dies_the_next_in_the_order_takes_over_and_keeps_it()
    {
        await using var planet = await RegionProcesses.StartAsync(OneWriter with { FailoverNarrowMs = Never }, "westeurope", "eastus", "japaneast");
        var order = await planet.AdminAsync(HttpMethod.Get, "japaneast", "failover");
        Assert.Equal(["westeurope", "eastus", "japaneast"], order.GetProperty("failoverPriorities").EnumerateArray().Select(p => p.GetString()));

        await planet.KillAsync("westeurope");
        // Where the whole machine is held up the next may seem gone, too, and then it is the one after it. Both of them say the same.
        var writer = "";
        await RunningBackplane.EventuallyAsync(async () => (writer = await WriterAsync("eastus")) == await WriterAsync("japaneast") && writer != "westeurope", "one of the others takes over");
        var (takes, other) = writer == "eastus" ? (1, 2) : (2, 1);
        Assert.StartsWith(planet.Planet.Regions[takes].DisplayName, (await planet.AccountAsync(planet.Planet.Regions[other])).Writable, StringComparison.Ordinal);
        Assert.DoesNotContain("West Europe", (await planet.AccountAsync(planet.Planet.Regions[other])).Readable, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Created, 0), await WriteAtAsync(planet, takes));
        Assert.Equal((HttpStatusCode.Forbidden, 3), await WriteAtAsync(planet, other));

        await planet.ReviveAsync("westeurope");
        Assert.Equal((HttpStatusCode.Forbidden, 3), await WriteAtAsync(planet, 0));
        Assert.Equal(writer, await WriterAsync("westeurope"));

        async Task<string> WriterAsync(string region) =>
            (await planet.AdminAsync(HttpMethod.Get, region, "failover")).GetProperty("failoverPriorities")[0].GetString()!;
    }

    [Fact]
    public async Task A_fail_over_to_nowhere_is_refused_with_what_is_allowed()
    {
        await using var planet = await RegionProcesses.StartAsync(OneWriter, "westeurope", "eastus");
        using var unknown = await planet.TryAdminAsync(HttpMethod.Put, "westeurope", "failover", new { to = "moon" });
        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
        Assert.Contains("to: 'moon' is not a region of this planet; allowed are westeurope, eastus.", await unknown.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        await planet.KillAsync("eastus");
        await RunningBackplane.EventuallyAsync(
            async () => (await planet.TryAdminAsync(HttpMethod.Put, "westeurope", "failover", new { to = "eastus" })).StatusCode == HttpStatusCode.Conflict, "no fail-over to a dead region");
    }

    [Fact]
    public async Task Where_every_region_takes_writes_there_is_nothing_to_fail_over()
    {
        await using var planet = await RegionProcesses.StartAsync(new(), "westeurope", "eastus");
        using var refused = await planet.TryAdminAsync(HttpMethod.Put, "westeurope", "failover", new { to = "eastus" });
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
    }

    private static async Task FailOverAsync(RegionProcesses planet, string to)
    {
        await planet.AdminAsync(HttpMethod.Put, planet.Planet.Regions[0].Name, "failover", new { to });
        foreach (var region in planet.Planet.RegionNames)
        {
            await RunningBackplane.EventuallyAsync(
                async () => (await planet.AdminAsync(HttpMethod.Get, region, "failover")).GetProperty("failoverPriorities")[0].GetString() == to, $"{region} knows");
        }
    }

    /// <summary>A write that goes there and nowhere else.</summary>
    private static async Task<(HttpStatusCode Status, int SubStatus)> WriteAtAsync(RegionProcesses planet, int region)
    {
        using var client = new CosmosClient(
            PlanetPorts.Loopback(planet.Planet.Ports.BackplaneRegional(planet.Planet.Regions[region])),
            PlanetEnvironment.EmulatorKey,
            new() { ConnectionMode = ConnectionMode.Gateway, LimitToEndpoint = true });
        using var answer = await client.CreateDatabaseStreamAsync(new($"db-{Guid.NewGuid():N}"));
        return (answer.StatusCode, int.TryParse(answer.Headers["x-ms-substatus"], out var sub) ? sub : 0);
    }
}
