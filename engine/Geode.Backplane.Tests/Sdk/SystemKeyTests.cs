using System.Net;
using System.Text.Json.Nodes;
using Geode.Backplane.Protocol.Codecs;
using Microsoft.Azure.Cosmos;
using Microsoft.Azure.Cosmos.Scripts;

namespace Geode.Backplane.Tests.Sdk;

/// <summary>Containers that an early client made without a partition key, as the current client sees and fills them.</summary>
[Collection(SdkCollection.Name)]
public sealed class SystemKeyTests(SdkServers servers) : IAsyncLifetime
{
    private const string Early = "2018-08-31";

    private readonly string _name = $"c-{Guid.NewGuid():N}";
    private Container _container = null!;

    public async Task InitializeAsync()
    {
        using var made = await SendAsync(HttpMethod.Post, "dbs/tests/colls", $$"""{"id":"{{_name}}"}""");
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.Null(JsonNode.Parse(await made.Content.ReadAsStringAsync())!["partitionKey"]);
        _container = servers.Three.Database.GetContainer(_name);
        foreach (var id in (string[])["a", "b"])
            (await SendAsync(HttpMethod.Post, $"dbs/tests/colls/{_name}/docs", $$"""{"id":"{{id}}","pk":"early"}""")).EnsureSuccessStatusCode().Dispose();
    }

    public Task DisposeAsync() => _container.DeleteContainerAsync();

    [Fact]
    public async Task Its_key_is_shown_to_later_clients_only()
    {
        var properties = (await _container.ReadContainerAsync()).Resource;
        Assert.Equal("/_partitionKey", properties.PartitionKeyPath);
        foreach (var path in (string[])[$"dbs/tests/colls/{_name}", "dbs/tests/colls"])
        {
            using var early = await SendAsync(HttpMethod.Get, path);
            Assert.DoesNotContain("systemKey", await early.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        const string query = """{"query":"SELECT * FROM c WHERE IS_DEFINED(c.partitionKey) OR c.id = @id","parameters":[{"name":"@id","value":"NAME"}]}""";
        foreach (var (version, shown) in new[] { (Early, false), ("2020-07-15", true) })
        {
            using var queried = await servers.Three.SendAsync(
                HttpMethod.Post, "dbs/tests/colls", query.Replace("NAME", _name, StringComparison.Ordinal), (CosmosHeaders.Version, version), (CosmosHeaders.IsQuery, "True"));
            var found = JsonNode.Parse(await queried.Content.ReadAsStringAsync())!["DocumentCollections"]!.AsArray().Single(c => c!["id"]!.GetValue<string>() == _name)!;
            Assert.Equal(shown, found["partitionKey"] is not null);
        }

        properties.DefaultTimeToLive = 1000;
        Assert.Equal(1000, (await _container.ReplaceContainerAsync(properties)).Resource.DefaultTimeToLive);
        using var replaced = await SendAsync(HttpMethod.Put, $"dbs/tests/colls/{_name}", $$"""{"id":"{{_name}}"}""");
        Assert.Equal(HttpStatusCode.OK, replaced.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _container.ReadItemAsync<Note>("a", PartitionKey.None)).StatusCode);
    }

    [Fact]
    public async Task Items_without_the_key_lie_beside_items_with_it()
    {
        await _container.CreateItemAsync(new { id = "a", _partitionKey = "x" }, new PartitionKey("x"));
        await _container.CreateItemAsync(new { id = "c" });
        Assert.Equal(["a", "b", "c"], await IdsAsync(PartitionKey.None));
        Assert.Equal(["a"], await IdsAsync(new PartitionKey("x")));
        Assert.Equal(["a", "a", "b", "c"], await IdsAsync(null));
        Assert.Equal(["a", "b", "c"], await QueryIdsAsync("SELECT VALUE c.id FROM c WHERE NOT IS_DEFINED(c._partitionKey)", null));
        Assert.Equal(["a"], await QueryIdsAsync("SELECT VALUE c.id FROM c WHERE c._partitionKey = 'x'", null));
        var many = await _container.ReadManyItemsAsync<Note>([("a", PartitionKey.None), ("c", PartitionKey.None), ("a", new PartitionKey("x"))]);
        Assert.Equal(3, many.Count);
        var (changes, _) = await _container.DrainAsync<Note>(ChangeFeedStartFrom.Beginning(FeedRange.FromPartitionKey(PartitionKey.None)));
        Assert.Equal(["a", "b", "c"], changes.Select(c => c.Id));
    }

    [Fact]
    public async Task Items_without_the_key_are_replaced_patched_batched_and_deleted()
    {
        await _container.ReplaceItemAsync(new Note("a", "late"), "a", PartitionKey.None);
        await _container.PatchItemAsync<Note>("a", PartitionKey.None, [PatchOperation.Set("/number", 7)]);
        var read = (await _container.ReadItemAsync<Note>("a", PartitionKey.None)).Resource;
        Assert.Equal(("late", 7), (read.Pk, read.Number));
        using var batch = await _container.CreateTransactionalBatch(PartitionKey.None).CreateItem(new Note("d", "p")).DeleteItem("b").ExecuteAsync();
        Assert.Equal(HttpStatusCode.OK, batch.StatusCode);
        Assert.Equal(["a", "d"], await IdsAsync(PartitionKey.None));
        using var early = await SendAsync(HttpMethod.Get, $"dbs/tests/colls/{_name}/docs/d");
        Assert.Equal(HttpStatusCode.OK, early.StatusCode);
        await _container.DeleteItemAsync<Note>("d", PartitionKey.None);
        Assert.Equal(["a"], await IdsAsync(PartitionKey.None));
    }

    [Fact]
    public async Task A_procedure_runs_over_the_items_without_the_key()
    {
        await _container.CreateItemAsync(new { id = "x", _partitionKey = "x" }, new PartitionKey("x"));
        await _container.Scripts.CreateStoredProcedureAsync(new StoredProcedureProperties("count", "function () { __.queryDocuments(__.getSelfLink(), 'SELECT * FROM c', (e, d) => __.response.setBody(d.length)); }"));
        Assert.Equal(2, (await _container.Scripts.ExecuteStoredProcedureAsync<int>("count", PartitionKey.None, [])).Resource);
    }

    [Fact]
    public async Task A_token_for_the_items_without_the_key_is_for_no_others()
    {
        await _container.CreateItemAsync(new { id = "x", _partitionKey = "x" }, new PartitionKey("x"));
        var user = $"u-{Guid.NewGuid():N}";
        (await servers.Three.SendAsync(HttpMethod.Post, "dbs/tests/users", $$"""{"id":"{{user}}"}""")).EnsureSuccessStatusCode().Dispose();
        using var made = await servers.Three.SendAsync(
            HttpMethod.Post, $"dbs/tests/users/{user}/permissions", $$"""{"resourcePartitionKey":[{}],"permissionMode":"All","resource":"dbs/tests/colls/{{_name}}","id":"p"}""");
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var token = JsonNode.Parse(await made.Content.ReadAsStringAsync())!["_token"]!.GetValue<string>();
        foreach (var (id, key, status) in new[] { ("a", "[{}]", HttpStatusCode.OK), ("a", "[]", HttpStatusCode.OK), ("x", "[\"x\"]", HttpStatusCode.Forbidden), ("a", null, HttpStatusCode.Forbidden) })
        {
            (string, string)[] headers = key is null ? [] : [(CosmosHeaders.PartitionKey, key)];
            using var read = await servers.Three.SendAsync(token, HttpMethod.Get, $"dbs/tests/colls/{_name}/docs/{id}", null, headers);
            Assert.Equal(status, read.StatusCode);
        }
    }

    [Theory]
    [InlineData("""{"paths":["/a","/b"],"kind":"MultiHash","systemKey":true}""")]
    [InlineData("""{"paths":["/_partitionKey"],"systemKey":"yes"}""")]
    public async Task A_system_key_has_one_path(string key)
    {
        using var answer = await servers.Three.SendAsync(HttpMethod.Post, "dbs/tests/colls", $$"""{"id":"other","partitionKey":{{key}}}""");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("systemKey", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_system_key_may_have_another_path()
    {
        const string key = """{"paths":["/pk"],"systemKey":true}""";
        var name = $"c-{Guid.NewGuid():N}";
        using var made = await servers.Three.SendAsync(HttpMethod.Post, "dbs/tests/colls", $$"""{"partitionKey":{{key}},"id":"{{name}}"}""");
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var container = servers.Three.Database.GetContainer(name);
        await container.CreateItemAsync(new { id = "a" });
        await container.CreateItemAsync(new { id = "a", pk = "x" }, new PartitionKey("x"));
        Assert.Equal(HttpStatusCode.OK, (await container.ReadItemAsync<Note>("a", PartitionKey.None)).StatusCode);
        Assert.Equal(2, (await container.QueryAsync<string>("SELECT VALUE c.id FROM c")).Count);
        await container.DeleteContainerAsync();
    }

    [Fact]
    public async Task A_later_client_has_to_name_a_key()
    {
        using var answer = await servers.Three.SendAsync(HttpMethod.Post, "dbs/tests/colls", """{"id":"other"}""", (CosmosHeaders.Version, "2018-12-31"));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Kinds_of_indexes_are_kept_until_a_later_client_replaces_them()
    {
        var name = $"c-{Guid.NewGuid():N}";
        var policy = """{"includedPaths":[{"path":"/*","indexes":[{"kind":"Hash","dataType":"String","precision":3}]}]}""";
        using var made = await SendAsync(HttpMethod.Post, "dbs/tests/colls", $$"""{"id":"{{name}}","indexingPolicy":{{policy}}}""");
        Assert.Equal("Hash", IndexesOf(await made.Content.ReadAsStringAsync())![0]!["kind"]!.GetValue<string>());
        var container = servers.Three.Database.GetContainer(name);
        using var replaced = await container.ReplaceContainerStreamAsync((await container.ReadContainerAsync()).Resource);
        Assert.Null(IndexesOf(await new StreamReader(replaced.Content).ReadToEndAsync()));
        await container.DeleteContainerAsync();
    }

    private static JsonArray? IndexesOf(string container) => JsonNode.Parse(container)!["indexingPolicy"]!["includedPaths"]![0]!["indexes"] as JsonArray;

    private async Task<List<string>> IdsAsync(PartitionKey? key)
    {
        using var feed = _container.GetItemQueryIterator<Note>(requestOptions: new QueryRequestOptions { PartitionKey = key });
        List<string> read = [.. (await feed.AllAsync()).Select(n => n.Id).Order()];
        Assert.Equal(read, await QueryIdsAsync("SELECT VALUE c.id FROM c", key));
        return read;
    }

    private async Task<List<string>> QueryIdsAsync(string query, PartitionKey? key) =>
        [.. (await _container.QueryAsync<string>(query, new QueryRequestOptions { PartitionKey = key, MaxItemCount = 2 })).Order()];

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? body = null) =>
        servers.Three.SendAsync(method, path, body, (CosmosHeaders.Version, Early));
}
