using System.Net;
using Geode.Service.Backplane;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Backplane.Tests.Regions;

/// <summary>What the real client, set up as a geode's, does when the replica of its own region misbehaves.</summary>
public sealed class RegionalOutageTests : IAsyncLifetime
{
    private static readonly PartitionKey Key = new("p");

    private RunningBackplane _backplane = null!;
    private IReadOnlyList<Container> _pinned = null!;
    private CosmosClient? _client;

    public sealed record Item(string Id, string Pk, int N);

    private Planet Planet => _backplane.Planet;

    private Region Own => Planet.Regions[0];

    private Region Other => Planet.Regions[1];

    public async Task InitializeAsync()
    {
        _backplane = await RunningBackplane.StartAsync(["westeurope", "eastus"]);
        _pinned = await _backplane.ContainerAsync(new ContainerProperties("items", "/pk"));
        await _pinned[0].CreateItemAsync(new Item("1", "p", 1), Key);
        await _backplane.ConvergedAsync();
    }

    public async Task DisposeAsync()
    {
        _client?.Dispose();
        await _backplane.DisposeAsync();
    }

    [Theory]
    [InlineData("refuse")]
    [InlineData("reset")]
    [InlineData("hang")]
    [InlineData("unavailable")]
    [InlineData("draining")]
    public async Task Reads_and_writes_go_to_the_next_region_and_come_back(string mode)
    {
        var items = await ServedByOwnAsync();

        await OutageAsync(mode);
        Assert.Equal(Other, await ReadAsync(items));
        await items.UpsertItemAsync(new Item("w", "p", 7), Key);
        Assert.Equal(7, (await _pinned[1].ReadItemAsync<Item>("w", Key)).Resource.N);

        await OutageAsync("none");
        await ServedByAsync(items, Own);
    }

    [Fact]
    public async Task A_region_that_forbids_writes_is_still_read_from()
    {
        var items = await ServedByOwnAsync();

        await OutageAsync("write-forbidden");
        await items.UpsertItemAsync(new Item("w", "p", 7), Key);
        Assert.Equal(7, (await _pinned[1].ReadItemAsync<Item>("w", Key)).Resource.N);
        await ServedByAsync(items, Own);
    }

    [Fact]
    public async Task What_a_region_has_not_got_yet_is_read_from_the_next_and_only_that_read()
    {
        var items = await ServedByOwnAsync();

        await OutageAsync("stale");
        Assert.Equal(Other, await ReadAsync(items));
        await OutageAsync("none");
        Assert.Equal(Own, await ReadAsync(items));
    }

    [Fact]
    public async Task A_throttled_region_is_tried_again_and_no_other_is_asked()
    {
        var items = await ServedByOwnAsync(options =>
        {
            options.AvailabilityStrategy = AvailabilityStrategy.DisabledStrategy();
            options.MaxRetryAttemptsOnRateLimitedRequests = 2;
        });

        await OutageAsync("throttled");
        var refused = await Assert.ThrowsAsync<CosmosException>(() => items.ReadItemAsync<Item>("1", Key));
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
    }

    [Fact]
    public async Task A_region_that_leaves_the_account_is_left_when_the_account_is_read_again()
    {
        var items = await ServedByOwnAsync();

        await OutageAsync("gone");
        await ServedByAsync(items, Other);
        await OutageAsync("none");
        await ServedByAsync(items, Own);
    }

    [Fact]
    public async Task A_client_starts_while_its_own_region_is_silent()
    {
        await OutageAsync("hang");
        Assert.Equal(Other, await ReadAsync(Items()));
    }

    /// <summary>A geode's client while all is well.</summary>
    private async Task<Container> ServedByOwnAsync(Action<CosmosClientOptions>? change = null)
    {
        var items = Items(change);
        await ServedByAsync(items, Own);
        return items;
    }

    private Container Items(Action<CosmosClientOptions>? change = null)
    {
        var connection = BackplaneConnection.Parse(
            $"AccountEndpoint={PlanetPorts.Loopback(Planet.Ports.BackplaneAccount(Own))}/;AccountKey={PlanetEnvironment.EmulatorKey};");
        var options = new CosmosClientOptions();
        BackplaneClientOptions.Configure(options, Planet, Own, connection);
        change?.Invoke(options);
        _client = new(connection.Endpoint.ToString(), connection.Key, options);
        return _client.GetContainer("db", "items");
    }

    private Task OutageAsync(string mode) => _backplane.AdminAsync(HttpMethod.Put, Own, "outage", new { mode });

    /// <summary>The region whose replica answered.</summary>
    private async Task<Region?> ReadAsync(Container items)
    {
        AnsweringEndpoint.Watch();
        Assert.Equal(1, (await items.ReadItemAsync<Item>("1", Key)).Resource.N);
        return AnsweringEndpoint.RegionOn(Planet);
    }

    private Task ServedByAsync(Container items, Region region) =>
        RunningBackplane.EventuallyAsync(async () => await ReadAsync(items) == region, $"a read answered by {region.Name}");
}
