using System.Net;
using Microsoft.Azure.Cosmos;

namespace Geode.Backplane.Tests.Sdk;

[Collection(SdkCollection.Name)]
public sealed class HierarchicalKeyTests(SdkServers servers) : IAsyncLifetime
{
    private Container _container = null!;

    private sealed record Event(string Id, string Tenant, string User, int Session);

    public async Task InitializeAsync()
    {
        _container = await servers.Three.ContainerAsync(null, "/tenant", "/user", "/session");
        for (var i = 0; i < 24; i++)
            await _container.CreateItemAsync(new Event($"e{i}", $"t{i % 2}", $"u{i % 4}", i % 8));
    }

    public Task DisposeAsync() => _container.DeleteContainerAsync();

    [Fact]
    public async Task An_item_is_read_by_its_whole_key() =>
        Assert.Equal("u1", (await _container.ReadItemAsync<Event>("e5", Key("t1", "u1", 5))).Resource.User);

    [Fact]
    public async Task A_partial_key_reads_no_item() =>
        await _container.ReadItemAsync<Event>("e5", new PartitionKeyBuilder().Add("t1").Build()).FailsAsync(HttpStatusCode.BadRequest);

    [Fact]
    public async Task A_query_sees_what_is_below_a_prefix()
    {
        var tenant = new PartitionKeyBuilder().Add("t1").Build();
        var user = new PartitionKeyBuilder().Add("t1").Add("u3").Build();
        Assert.Equal(12, (await _container.QueryAsync<Event>("SELECT * FROM c", new() { PartitionKey = tenant })).Count);
        Assert.Equal(6, (await _container.QueryAsync<Event>("SELECT * FROM c", new() { PartitionKey = user })).Count);
        Assert.Equal(3, (await _container.QueryAsync<Event>("SELECT * FROM c", new() { PartitionKey = Key("t1", "u3", 7) })).Count);
        Assert.Equal([6], await _container.QueryAsync<int>("SELECT VALUE COUNT(1) FROM c", new() { PartitionKey = user }));
    }

    [Fact]
    public async Task A_filter_on_levels_finds_the_same() =>
        Assert.Equal(6, (await _container.QueryAsync<Event>("SELECT * FROM c WHERE c.tenant = 't1' AND c.user = 'u3'")).Count);

    [Fact]
    public async Task The_feed_of_a_prefix_has_its_items()
    {
        var range = FeedRange.FromPartitionKey(new PartitionKeyBuilder().Add("t0").Build());
        using var feed = _container.GetItemQueryIterator<Event>(range, new QueryDefinition("SELECT * FROM c"));
        Assert.All(await feed.AllAsync(), e => Assert.Equal("t0", e.Tenant));
    }

    [Fact]
    public async Task A_batch_works_on_a_whole_key()
    {
        using var response = await _container.CreateTransactionalBatch(Key("t1", "u1", 5))
            .CreateItem(new Event("x", "t1", "u1", 5))
            .DeleteItem("e5")
            .ExecuteAsync();
        Assert.True(response.IsSuccessStatusCode);
    }

    [Fact]
    public async Task All_items_of_a_key_are_deleted()
    {
        using var response = await SdkReflection.DeleteAllItemsAsync(_container, Key("t1", "u3", 7));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal([21], await _container.QueryAsync<int>("SELECT VALUE COUNT(1) FROM c"));
        await _container.ReadItemAsync<Event>("e7", Key("t1", "u3", 7)).FailsAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_prefix_is_no_key_to_delete_by()
    {
        foreach (var prefix in new[] { new PartitionKeyBuilder().Add("t1"), new PartitionKeyBuilder().Add("t1").Add("u3") })
        {
            using var response = await SdkReflection.DeleteAllItemsAsync(_container, prefix.Build());
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Equal("1001", response.Headers["x-ms-substatus"]);
        }

        Assert.Equal([24], await _container.QueryAsync<int>("SELECT VALUE COUNT(1) FROM c"));
    }

    private static PartitionKey Key(string tenant, string user, int session) => new PartitionKeyBuilder().Add(tenant).Add(user).Add(session).Build();
}
