using System.Net;
using Microsoft.Azure.Cosmos;

namespace Geode.Backplane.Tests.Sdk;

[Collection(SdkCollection.Name)]
public sealed class UniqueKeyTests(SdkServers servers) : IAsyncLifetime
{
    private static readonly PartitionKey Key = new("p");
    private Container _container = null!;

    public async Task InitializeAsync()
    {
        _container = await servers.One.ContainerAsync(c =>
        {
            c.UniqueKeyPolicy.UniqueKeys.Add(new UniqueKey { Paths = { "/text" } });
            c.UniqueKeyPolicy.UniqueKeys.Add(new UniqueKey { Paths = { "/number", "/place/city" } });
        });
        await _container.CreateItemAsync(new Note("a", "p", 1, "one", null, new Place("Bern")));
        await _container.CreateItemAsync(new Note("b", "p", 2, "two", null, new Place("Bern")));
    }

    public Task DisposeAsync() => _container.DeleteContainerAsync();

    [Fact]
    public async Task A_duplicate_is_not_created()
    {
        await _container.CreateItemAsync(new Note("c", "p", 3, "one")).FailsAsync(HttpStatusCode.Conflict);
        await _container.CreateItemAsync(new Note("c", "p", 1, "three", null, new Place("Bern"))).FailsAsync(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Another_partition_may_have_the_same_values() =>
        Assert.Equal(HttpStatusCode.Created, (await _container.CreateItemAsync(new Note("c", "q", 1, "one", null, new Place("Bern")))).StatusCode);

    [Fact]
    public async Task Part_of_a_composite_key_may_repeat() =>
        Assert.Equal(HttpStatusCode.Created, (await _container.CreateItemAsync(new Note("c", "p", 1, "three", null, new Place("Graz")))).StatusCode);

    [Fact]
    public async Task A_missing_value_is_a_value_of_its_own()
    {
        await _container.CreateItemAsync(new { id = "c", pk = "p", number = 8 });
        await _container.CreateItemAsync(new { id = "d", pk = "p", number = 9 }).FailsAsync(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Replace_upsert_and_patch_keep_it_too()
    {
        await _container.ReplaceItemAsync(new Note("b", "p", 2, "one"), "b").FailsAsync(HttpStatusCode.Conflict);
        await _container.UpsertItemAsync(new Note("b", "p", 2, "one")).FailsAsync(HttpStatusCode.Conflict);
        await _container.PatchItemAsync<Note>("b", Key, [PatchOperation.Set("/text", "one")]).FailsAsync(HttpStatusCode.Conflict);
        Assert.Equal("two", (await _container.ReadItemAsync<Note>("b", Key)).Resource.Text);
    }

    [Fact]
    public async Task An_item_may_keep_its_own_values() =>
        Assert.Equal(HttpStatusCode.OK, (await _container.UpsertItemAsync(new Note("a", "p", 1, "one", ["new"], new Place("Bern")))).StatusCode);

    [Fact]
    public async Task A_deleted_or_changed_item_gives_its_values_free()
    {
        await _container.DeleteItemAsync<Note>("a", Key);
        Assert.Equal(HttpStatusCode.Created, (await _container.CreateItemAsync(new Note("c", "p", 3, "one"))).StatusCode);
        await _container.PatchItemAsync<Note>("c", Key, [PatchOperation.Set("/text", "else")]);
        Assert.Equal(HttpStatusCode.Created, (await _container.CreateItemAsync(new Note("d", "p", 4, "one"))).StatusCode);
    }

    [Fact]
    public async Task A_batch_is_checked_as_it_goes()
    {
        using var twice = await _container.CreateTransactionalBatch(Key)
            .CreateItem(new Note("c", "p", 3, "three"))
            .CreateItem(new Note("d", "p", 4, "three"))
            .ExecuteAsync();
        Assert.Equal(HttpStatusCode.Conflict, twice.StatusCode);
        using var swapped = await _container.CreateTransactionalBatch(Key)
            .DeleteItem("a")
            .CreateItem(new Note("c", "p", 3, "one"))
            .ExecuteAsync();
        Assert.Equal(HttpStatusCode.OK, swapped.StatusCode);
    }

    [Fact]
    public async Task The_policy_cannot_be_changed()
    {
        var properties = (await _container.ReadContainerAsync()).Resource;
        properties.UniqueKeyPolicy.UniqueKeys.RemoveAt(0);
        await _container.ReplaceContainerAsync(properties).FailsAsync(HttpStatusCode.BadRequest);
    }
}
