using System.Net;
using System.Text.Json;
using Geode.Backplane.Protocol.Codecs;
using Microsoft.Azure.Cosmos;

namespace Geode.Backplane.Tests.Sdk;

/// <summary>Ids and partition keys up to their limits, with every character that Cosmos DB takes.</summary>
[Collection(SdkCollection.Name)]
public sealed class KeyLimitTests(SdkServers servers)
{
    [Theory]
    [InlineData("Test")]
    [InlineData("a b")]
    [InlineData("  begins with spaces")]
    [InlineData("what?")]
    [InlineData("a?b=c&d?e")]
    [InlineData("with,=.:~+-@()^${}[]!_;*'|<>\"`")]
    [InlineData("größe-日本-😀-鱀")]
    [InlineData("e\u0301 is not \u00e9")]
    [InlineData("a..b")]
    public async Task An_item_is_found_by_its_id(string id)
    {
        var container = await servers.One.ContainerAsync();
        await container.CreateItemAsync(new Note(id, "k", 1));
        await container.ReplaceItemAsync(new Note(id, "k", 2), id, new PartitionKey("k"));
        Assert.Equal(2, (await container.ReadItemAsync<Note>(id, new PartitionKey("k"))).Resource.Number);
        Assert.Equal(3, (await container.PatchItemAsync<Note>(id, new PartitionKey("k"), [PatchOperation.Increment("/number", 1)])).Resource.Number);
        Assert.Equal(HttpStatusCode.NoContent, (await container.DeleteItemAsync<Note>(id, new PartitionKey("k"))).StatusCode);
    }

    // The .NET client cannot address these in gateway mode: its own tests expect the same of Azure. They are there for whoever can.
    [Theory]
    [InlineData("ends with a space ", HttpStatusCode.Unauthorized)]
    [InlineData("percent%20", HttpStatusCode.Unauthorized)]
    [InlineData("percent%E9%B1%80", HttpStatusCode.Unauthorized)]
    [InlineData("a#b", HttpStatusCode.Unauthorized)]
    [InlineData("a/b", HttpStatusCode.NotFound)]
    public async Task An_id_that_the_client_cannot_address_is_kept_all_the_same(string id, HttpStatusCode byAddress)
    {
        var container = await servers.One.ContainerAsync();
        await container.CreateItemAsync(new Note(id, "k", 1));
        await container.ReadItemAsync<Note>(id, new PartitionKey("k")).FailsAsync(byAddress);
        await container.DeleteItemAsync<Note>(id, new PartitionKey("k")).FailsAsync(byAddress);
        Assert.Equal(id, Assert.Single(await container.GetItemQueryIterator<Note>(new QueryDefinition("SELECT * FROM c WHERE c.id = @id").WithParameter("@id", id)).AllAsync()).Id);
        var batch = await container.CreateTransactionalBatch(new PartitionKey("k")).ReadItem(id).DeleteItem(id).ExecuteAsync();
        Assert.True(batch.IsSuccessStatusCode);
        Assert.Empty(await container.QueryAsync<Note>("SELECT * FROM c"));
    }

    [Theory]
    [InlineData("a\\b")]
    [InlineData("")]
    public async Task An_id_that_Azure_does_not_take_is_refused(string id)
    {
        var container = await servers.One.ContainerAsync();
        await container.CreateItemAsync(new Note(id, "k")).FailsAsync(HttpStatusCode.BadRequest);
        await container.UpsertItemAsync(new Note(id, "k")).FailsAsync(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData('a', 1023, 1024)]
    [InlineData('é', 511, 512)]
    [InlineData('日', 341, 342)]
    public async Task An_id_has_at_most_1023_bytes(char character, int fits, int tooLong)
    {
        var container = await servers.One.ContainerAsync();
        var id = new string(character, fits);
        await container.CreateItemAsync(new Note(id, "k"));
        Assert.Equal(id, (await container.ReadItemAsync<Note>(id, new PartitionKey("k"))).Resource.Id);
        var failure = await container.CreateItemAsync(new Note(new string(character, tooLong), "k")).FailsAsync(HttpStatusCode.BadRequest);
        Assert.Contains("at most 1023 bytes", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PartitionKeyDefinitionVersion.V2, 2048)]
    [InlineData(PartitionKeyDefinitionVersion.V1, 2048)]
    public async Task A_partition_key_has_at_most_so_many_bytes(PartitionKeyDefinitionVersion version, int most)
    {
        var container = await servers.Three.ContainerAsync(properties => (properties.PartitionKeyPath, properties.PartitionKeyDefinitionVersion) = ("/pk", version));
        foreach (var key in new[] { new string('k', most), new string('日', most / 3) })
        {
            await container.CreateItemAsync(new Note("a", key));
            Assert.Equal(key, (await container.ReadItemAsync<Note>("a", new PartitionKey(key))).Resource.Pk);
            Assert.Single(await container.QueryAsync<Note>("SELECT * FROM c", new QueryRequestOptions { PartitionKey = new PartitionKey(key) }));
        }

        foreach (var key in new[] { new string('k', most + 1), new string('日', (most / 3) + 1) })
        {
            var failure = await container.CreateItemAsync(new Note("a", key)).FailsAsync(HttpStatusCode.BadRequest);
            Assert.Contains($"at most {most} are allowed", failure.Message, StringComparison.Ordinal);
            var batch = await container.CreateTransactionalBatch(new PartitionKey(key)).CreateItem(new Note("a", key)).ExecuteAsync();
            Assert.Equal(HttpStatusCode.BadRequest, batch.StatusCode);
        }
    }

    [Fact]
    public async Task The_levels_of_a_hierarchical_key_share_the_limit()
    {
        var container = await servers.One.ContainerAsync(null, "/a", "/b");
        await container.CreateItemAsync(Item(1024, 1024));
        var failure = await container.CreateItemAsync(Item(1024, 1025)).FailsAsync(HttpStatusCode.BadRequest);
        Assert.Contains("at most 2048", failure.Message, StringComparison.Ordinal);

        static JsonElement Item(int a, int b) => JsonSerializer.SerializeToElement(new { id = "x", a = new string('a', a), b = new string('b', b) });
    }

    [Fact]
    public async Task A_header_that_is_yes_or_no_is_nothing_else()
    {
        var container = await servers.One.ContainerAsync();
        using var response = await servers.One.SendAsync(
            HttpMethod.Post, $"dbs/tests/colls/{container.Id}/docs", """{"id":"a","pk":"k"}""", (CosmosHeaders.PartitionKey, "[\"k\"]"), (CosmosHeaders.IsUpsert, "yes"));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("neither True nor False", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
