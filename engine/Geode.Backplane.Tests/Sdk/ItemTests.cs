using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Azure.Cosmos;

namespace Geode.Backplane.Tests.Sdk;

[Collection(SdkCollection.Name)]
public sealed class ItemTests(SdkServers servers) : IAsyncLifetime
{
    private static readonly PartitionKey Key = new("p");
    private Container _container = null!;

    public async Task InitializeAsync()
    {
        _container = await servers.Three.ContainerAsync();
        await _container.CreateItemAsync(new Note("a", "p", 1, "hello"));
    }

    public Task DisposeAsync() => _container.DeleteContainerAsync();

    [Fact]
    public async Task An_empty_replacement_of_what_is_not_there_is_404()
    {
        using var there = await _container.ReplaceItemStreamAsync(new MemoryStream(), "a", Key);
        Assert.Equal(HttpStatusCode.BadRequest, there.StatusCode);
        using var missing = await _container.ReplaceItemStreamAsync(new MemoryStream(), "b", Key);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Fact]
    public async Task Create_answers_201_with_the_item_and_its_system_properties()
    {
        var made = await _container.CreateItemAsync(JsonSerializer.SerializeToElement(new { id = "b", pk = "p" }), Key);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.Equal(made.ETag, made.Resource.GetProperty("_etag").GetString());
        Assert.NotEmpty(made.Resource.GetProperty("_rid").GetString()!);
        Assert.InRange(made.Resource.GetProperty("_ts").GetInt64(), DateTimeOffset.UtcNow.AddMinutes(-5).ToUnixTimeSeconds(), DateTimeOffset.UtcNow.AddMinutes(5).ToUnixTimeSeconds());
        Assert.NotEmpty(made.Headers.Session);
        Assert.NotEmpty(made.ActivityId);
        Assert.True(made.RequestCharge > 0);
    }

    [Fact]
    public async Task Create_of_an_existing_id_is_409() =>
        await _container.CreateItemAsync(new Note("a", "p")).FailsAsync(HttpStatusCode.Conflict);

    [Fact]
    public async Task The_same_id_may_exist_in_another_partition() =>
        Assert.Equal(HttpStatusCode.Created, (await _container.CreateItemAsync(new Note("a", "q"))).StatusCode);

    [Fact]
    public async Task Create_without_an_id_is_400() =>
        await _container.CreateItemAsync(new { pk = "p" }, Key).FailsAsync(HttpStatusCode.BadRequest);

    [Fact]
    public async Task A_key_that_is_not_the_items_is_400() =>
        await _container.CreateItemAsync(new Note("b", "p"), new PartitionKey("other")).FailsAsync(HttpStatusCode.BadRequest);

    [Fact]
    public async Task Create_without_content_answers_no_item()
    {
        var made = await _container.CreateItemAsync(new Note("b", "p"), Key, new ItemRequestOptions { EnableContentResponseOnWrite = false });
        Assert.Null(made.Resource);
        Assert.NotEmpty(made.ETag);
    }

    [Fact]
    public async Task Read_finds_the_item()
    {
        var read = await _container.ReadItemAsync<Note>("a", Key);
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        Assert.Equal("hello", read.Resource.Text);
        Assert.Equal(1, read.RequestCharge);
    }

    [Fact]
    public async Task Read_of_a_missing_item_is_404()
    {
        var failure = await _container.ReadItemAsync<Note>("none", Key).FailsAsync(HttpStatusCode.NotFound);
        Assert.Equal(0, failure.SubStatusCode);
    }

    [Fact]
    public async Task Read_with_the_current_etag_is_304()
    {
        var etag = (await _container.ReadItemAsync<Note>("a", Key)).ETag;
        using var response = await _container.ReadItemStreamAsync("a", Key, new ItemRequestOptions { IfNoneMatchEtag = etag });
        Assert.Equal(HttpStatusCode.NotModified, response.StatusCode);
        await _container.UpsertItemAsync(new Note("a", "p", 2));
        using var changed = await _container.ReadItemStreamAsync("a", Key, new ItemRequestOptions { IfNoneMatchEtag = etag });
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
    }

    [Fact]
    public async Task Replace_changes_the_item_and_its_etag()
    {
        var before = await _container.ReadItemAsync<Note>("a", Key);
        var after = await _container.ReplaceItemAsync(new Note("a", "p", 2), "a", Key);
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        Assert.NotEqual(before.ETag, after.ETag);
        Assert.Null((await _container.ReadItemAsync<Note>("a", Key)).Resource.Text);
    }

    [Fact]
    public async Task Replace_of_a_missing_item_is_404() =>
        await _container.ReplaceItemAsync(new Note("none", "p"), "none", Key).FailsAsync(HttpStatusCode.NotFound);

    [Fact]
    public async Task Replace_with_another_id_renames_the_item()
    {
        var renamed = await _container.ReplaceItemAsync(new Note("other", "p", 2), "a", Key);
        Assert.Equal((HttpStatusCode.OK, "other"), (renamed.StatusCode, renamed.Resource.Id));
        await _container.ReadItemAsync<Note>("a", Key).FailsAsync(HttpStatusCode.NotFound);
        Assert.Equal(2, (await _container.ReadItemAsync<Note>("other", Key)).Resource.Number);
        Assert.Equal(["other"], (await _container.QueryAsync<Note>("SELECT * FROM c")).Select(n => n.Id));
    }

    [Fact]
    public async Task Replace_with_an_id_that_is_taken_is_409_and_changes_nothing()
    {
        await _container.CreateItemAsync(new Note("other", "p", 3));
        await _container.ReplaceItemAsync(new Note("other", "p", 2), "a", Key).FailsAsync(HttpStatusCode.Conflict);
        Assert.Equal(1, (await _container.ReadItemAsync<Note>("a", Key)).Resource.Number);
        Assert.Equal(3, (await _container.ReadItemAsync<Note>("other", Key)).Resource.Number);
    }

    [Fact]
    public async Task Replace_says_that_an_item_is_missing_before_it_looks_whether_the_body_fits()
    {
        var missing = await _container.ReplaceItemAsync(new Note("other", "p"), "none", new PartitionKey("q")).FailsAsync(HttpStatusCode.NotFound);
        Assert.Contains("Resource Not Found", missing.Message, StringComparison.Ordinal);
        var misfit = await _container.ReplaceItemAsync(new Note("a", "q"), "a", Key).FailsAsync(HttpStatusCode.BadRequest);
        Assert.Equal(1001, misfit.SubStatusCode);
    }

    [Fact]
    public async Task Replace_with_a_stale_etag_is_412()
    {
        var etag = (await _container.ReadItemAsync<Note>("a", Key)).ETag;
        await _container.ReplaceItemAsync(new Note("a", "p", 2), "a", Key, new ItemRequestOptions { IfMatchEtag = etag });
        await _container.ReplaceItemAsync(new Note("a", "p", 3), "a", Key, new ItemRequestOptions { IfMatchEtag = etag }).FailsAsync(HttpStatusCode.PreconditionFailed);
        Assert.Equal(2, (await _container.ReadItemAsync<Note>("a", Key)).Resource.Number);
    }

    [Fact]
    public async Task Upsert_makes_and_then_replaces()
    {
        Assert.Equal(HttpStatusCode.Created, (await _container.UpsertItemAsync(new Note("b", "p", 1))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _container.UpsertItemAsync(new Note("b", "p", 2))).StatusCode);
    }

    [Fact]
    public async Task Upsert_with_a_stale_etag_is_412() =>
        await _container.UpsertItemAsync(new Note("a", "p", 2), Key, new ItemRequestOptions { IfMatchEtag = "\"0-0\"" }).FailsAsync(HttpStatusCode.PreconditionFailed);

    [Fact]
    public async Task Delete_answers_204_and_then_404()
    {
        Assert.Equal(HttpStatusCode.NoContent, (await _container.DeleteItemAsync<Note>("a", Key)).StatusCode);
        await _container.DeleteItemAsync<Note>("a", Key).FailsAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Delete_with_a_stale_etag_is_412() =>
        await _container.DeleteItemAsync<Note>("a", Key, new ItemRequestOptions { IfMatchEtag = "\"0-0\"" }).FailsAsync(HttpStatusCode.PreconditionFailed);

    [Fact]
    public async Task A_deleted_item_can_be_made_again()
    {
        await _container.DeleteItemAsync<Note>("a", Key);
        Assert.Equal(HttpStatusCode.Created, (await _container.CreateItemAsync(new Note("a", "p", 5))).StatusCode);
        Assert.Equal(5, (await _container.ReadItemAsync<Note>("a", Key)).Resource.Number);
    }

    [Fact]
    public async Task Partition_keys_of_every_type_are_told_apart()
    {
        object?[] values = ["1", 1, 1.5, true, false, null, ""];
        PartitionKey[] keys = [new("1"), new(1), new(1.5), new(true), new(false), PartitionKey.Null, new("")];
        for (var i = 0; i < keys.Length; i++)
            await _container.CreateItemAsync(new { id = "same", pk = values[i], place = i }, keys[i]);
        await _container.CreateItemAsync(new { id = "same", place = 99 }, PartitionKey.None);
        for (var i = 0; i < keys.Length; i++)
            Assert.Equal(i, (await _container.ReadItemAsync<JsonElement>("same", keys[i])).Resource.GetProperty("place").GetInt32());
        Assert.Equal(99, (await _container.ReadItemAsync<JsonElement>("same", PartitionKey.None)).Resource.GetProperty("place").GetInt32());
    }

    [Fact]
    public async Task Json_comes_back_as_it_went_in()
    {
        const string json = """{"id":"j","pk":"p","n":1.50,"big":12345678901234567890,"e":1e3,"s":"\u00e4 \"q\" \\ \n \ud83d\ude00","a":[1,[],{}],"o":{"x":null,"y":true}}""";
        using var made = await _container.CreateItemStreamAsync(new MemoryStream(Encoding.UTF8.GetBytes(json)), Key);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        using var read = await _container.ReadItemStreamAsync("j", Key);
        using var reader = new StreamReader(read.Content);
        Assert.StartsWith(json[..^1] + ",", await reader.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_item_of_two_megabytes_is_too_large()
    {
        await _container.CreateItemAsync(new Note("big", "p", 0, new string('x', 1_900_000)));
        await _container.CreateItemAsync(new Note("larger", "p", 0, new string('x', 2_200_000))).FailsAsync(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Malformed_json_is_400()
    {
        using var response = await _container.CreateItemStreamAsync(new MemoryStream("{\"id\":\"x\",\"pk\":\"p\""u8.ToArray()), Key);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Many_items_are_read_at_once()
    {
        await _container.FillAsync(40, keys: 8);
        var wanted = Enumerable.Range(0, 40).Where(i => i % 3 == 0).Select(i => ($"n{i:000}", new PartitionKey($"k{i % 8}"))).Append(("missing", new PartitionKey("k1"))).ToList();
        var found = await _container.ReadManyItemsAsync<Note>(wanted);
        Assert.Equal(14, found.Count);
    }

    [Fact]
    public async Task All_items_of_a_partition_key_are_deleted()
    {
        await _container.FillAsync(40, keys: 4);
        using var response = await SdkReflection.DeleteAllItemsAsync(_container, new PartitionKey("k1"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(await _container.QueryAsync<Note>("SELECT * FROM c WHERE c.pk = 'k1'"));
        Assert.Equal([31], await _container.QueryAsync<int>("SELECT VALUE COUNT(1) FROM c"));
    }

    [Fact]
    public async Task All_items_are_listed_by_page()
    {
        await _container.FillAsync(20);
        using var feed = _container.GetItemQueryIterator<Note>(requestOptions: new QueryRequestOptions { MaxItemCount = 3 });
        Assert.Equal(21, (await feed.AllAsync()).Count);
    }

    [Theory]
    [InlineData(ConsistencyLevel.Eventual)]
    [InlineData(ConsistencyLevel.ConsistentPrefix)]
    [InlineData(ConsistencyLevel.Session)]
    public async Task A_read_may_ask_for_less_consistency(ConsistencyLevel level) =>
        Assert.Equal("a", (await _container.ReadItemAsync<Note>("a", Key, new ItemRequestOptions { ConsistencyLevel = level })).Resource.Id);

    [Theory]
    [InlineData("Strong", "ConsistencyLevel Strong specified in the request is invalid when service is configured with consistency level Session.")]
    [InlineData("boundedstaleness", "ConsistencyLevel BoundedStaleness specified in the request is invalid")]
    [InlineData("Firm", "x-ms-consistency-level is one of Strong, BoundedStaleness, Session, ConsistentPrefix, Eventual, not 'Firm'.")]
    public async Task A_read_may_not_ask_for_more(string level, string message)
    {
        var options = new ItemRequestOptions { AddRequestHeaders = headers => headers["x-ms-consistency-level"] = level };
        var refused = await Assert.ThrowsAsync<CosmosException>(() => _container.ReadItemAsync<Note>("a", Key, options));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_reads_what_another_client_wrote()
    {
        var written = await _container.UpsertItemAsync(new Note("s", "p", 7));
        using var client = servers.Three.NewClient();
        var other = client.GetContainer(_container.Database.Id, _container.Id);
        var read = await other.ReadItemAsync<Note>("s", Key, new ItemRequestOptions { SessionToken = written.Headers.Session });
        Assert.Equal(7, read.Resource.Number);
    }

    [Fact]
    public async Task An_items_own_time_to_live_is_checked() =>
        await _container.CreateItemAsync(new Note("t", "p") { TimeToLive = 0 }).FailsAsync(HttpStatusCode.BadRequest);

    [Fact]
    public async Task Writes_to_a_missing_container_are_404() =>
        await servers.Three.Database.GetContainer("none").CreateItemAsync(new Note("x", "p")).FailsAsync(HttpStatusCode.NotFound);

    [Fact]
    public async Task A_recreated_container_is_found_by_a_client_that_knew_the_old_one()
    {
        Container first = await servers.Three.ContainerAsync();
        await first.CreateItemAsync(new Note("old", "p"));
        await first.DeleteContainerAsync();
        Container second = await servers.Three.Database.CreateContainerAsync(first.Id, "/pk");
        await first.CreateItemAsync(new Note("new", "p"));
        // The client drops what it knew of the old one upon the first answer it does not expect.
        await second.QueryAsync<Note>("SELECT * FROM c").FailsAsync(HttpStatusCode.NotFound);
        Assert.Equal(["new"], (await second.QueryAsync<Note>("SELECT * FROM c")).Select(n => n.Id));
    }
}
