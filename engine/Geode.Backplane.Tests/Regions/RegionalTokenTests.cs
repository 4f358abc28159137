using System.Net;
using Geode.Backplane.Tests.Sdk;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Backplane.Tests.Regions;

/// <summary>A token of one region in another.</summary>
public sealed class RegionalTokenTests
{
    public sealed record Item(string Id, string Pk);

    [Fact]
    public async Task A_token_serves_in_every_region_at_once_and_ends_in_every_region()
    {
        await using var backplane = await RunningBackplane.StartAsync(["westeurope", "eastus"]);
        var regions = await backplane.ContainerAsync(new("c", "/pk"));
        var users = regions.Select(r => r.Database.GetUser("u")).ToArray();
        await regions[0].Database.CreateUserAsync("u");
        await regions[0].CreateItemAsync(new Item("1", "p"));
        await backplane.ConvergedAsync();

        await backplane.LinksAsync(new { state = "down" });
        var token = (await users[0].CreatePermissionAsync(new("p", PermissionMode.Read, regions[0]))).Resource.Token;
        await users[1].GetPermission("p").ReadAsync().FailsAsync(HttpStatusCode.NotFound);
        // The other region has not heard of the permission, and still knows its own account's token.
        using var here = Client(backplane, 0, token);
        using var there = Client(backplane, 1, token);
        await ReadAsync(here);
        await ReadAsync(there);

        await backplane.LinksAsync(new { state = "up" });
        await backplane.ConvergedAsync();
        Assert.Equal(PermissionMode.Read, (await users[1].GetPermission("p").ReadAsync()).Resource.PermissionMode);
        await ReadAsync(there);

        // Ended in the one region, it ends in the other.
        await users[1].GetPermission("p").DeleteAsync();
        await ReadAsync(there).FailsAsync(HttpStatusCode.Forbidden);
        await backplane.ConvergedAsync();
        await ReadAsync(here).FailsAsync(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Keys_of_encryption_reach_every_region()
    {
        await using var backplane = await RunningBackplane.StartAsync(["westeurope", "eastus"]);
        var regions = await backplane.ContainerAsync(new("c", "/pk"));
        await regions[0].Database.CreateClientEncryptionKeyAsync(new("key", "AEAD_AES_256_CBC_HMAC_SHA256", [1, 2, 3], new("type", "name", "value", "algorithm")));
        await backplane.ConvergedAsync();
        Assert.Equal([1, 2, 3], (await regions[1].Database.GetClientEncryptionKey("key").ReadAsync()).Resource.WrappedDataEncryptionKey);
    }

    private static Task ReadAsync(CosmosClient client) => client.GetContainer("db", "c").ReadItemAsync<Item>("1", new PartitionKey("p"));

    private static CosmosClient Client(RunningBackplane backplane, int region, string token) => new(
        PlanetPorts.Loopback(backplane.Planet.Ports.BackplaneRegional(backplane.Planet.Regions[region])),
        token,
        new() { ConnectionMode = ConnectionMode.Gateway, LimitToEndpoint = true, UseSystemTextJsonSerializerWithOptions = new(System.Text.Json.JsonSerializerDefaults.Web) });
}
