using Microsoft.Azure.Cosmos;

namespace Geode.Backplane.Tests.Sdk;

/// <summary>What the client is told that requests cost.</summary>
[Collection(SdkCollection.Name)]
public sealed class ChargeTests(SdkServers servers) : IAsyncLifetime
{
    private Container _container = null!;

    public async Task InitializeAsync() => _container = await servers.One.ContainerAsync();

    public Task DisposeAsync() => _container.DeleteContainerAsync();

    [Fact]
    public async Task A_plan_costs_nothing()
    {
        using var plan = await servers.One.SendAsync(
            HttpMethod.Post, $"dbs/tests/colls/{_container.Id}/docs", """{"query":"SELECT * FROM c ORDER BY c.number"}""", ("x-ms-cosmos-is-query-plan-request", "True"), ("x-ms-documentdb-isquery", "True"));
        Assert.Equal(System.Net.HttpStatusCode.OK, plan.StatusCode);
        Assert.Equal("0", plan.Header("x-ms-request-charge"));
    }

    [Fact]
    public async Task Writes_cost_by_size_and_by_properties()
    {
        var small = await CreateAsync(new Note("a", "p"));
        var large = await CreateAsync(new Note("b", "p", Text: new string('x', 8192)));
        var wide = await CreateAsync(new Note("c", "p", Tags: [.. Enumerable.Range(0, 100).Select(i => $"{i}")]));
        Assert.True(small < wide && wide < large, $"{small} {wide} {large}");
        var read = (await _container.ReadItemAsync<Note>("a", new("p"))).RequestCharge;
        var readLarge = (await _container.ReadItemAsync<Note>("b", new("p"))).RequestCharge;
        Assert.Equal(1, read);
        Assert.True(readLarge > 8 && readLarge < large);
        var patched = (await _container.PatchItemAsync<Note>("b", new("p"), [PatchOperation.Set("/number", 1)])).RequestCharge;
        Assert.True(patched > large);
        Assert.True((await _container.DeleteItemAsync<Note>("b", new("p"))).RequestCharge > (await _container.DeleteItemAsync<Note>("a", new("p"))).RequestCharge);
    }

    [Fact]
    public async Task A_batch_costs_the_sum_of_its_operations()
    {
        using var batch = await _container.CreateTransactionalBatch(new("p")).CreateItem(new Note("a", "p")).CreateItem(new Note("b", "p", Text: new string('x', 4096))).ReadItem("a").ExecuteAsync();
        var alone = await CreateAsync(new Note("c", "p")) + await CreateAsync(new Note("d", "p", Text: new string('x', 4096))) + (await _container.ReadItemAsync<Note>("c", new("p"))).RequestCharge;
        Assert.Equal(alone, batch.RequestCharge, 1);
    }

    [Fact]
    public async Task A_query_over_more_costs_more_and_a_read_costs_least()
    {
        await _container.FillAsync(80);
        var read = (await _container.ReadItemAsync<Note>("n000", new("k0"))).RequestCharge;
        var one = await ChargeAsync("SELECT * FROM c", new("k0"));
        var all = await ChargeAsync("SELECT * FROM c", null);
        Assert.True(read < one && one < all, $"{read} {one} {all}");
        Assert.True(await ChargeAsync("SELECT VALUE c.id FROM c", null) < all);
    }

    private async Task<double> CreateAsync(Note note) => (await _container.CreateItemAsync(note)).RequestCharge;

    private async Task<double> ChargeAsync(string query, PartitionKey? key)
    {
        var charge = 0.0;
        using var feed = _container.GetItemQueryIterator<object>(query, requestOptions: new() { PartitionKey = key });
        while (feed.HasMoreResults)
            charge += (await feed.ReadNextAsync()).RequestCharge;
        return charge;
    }
}
