using System.Net;
using System.Text.Json;
using Microsoft.Azure.Cosmos;

namespace Geode.Backplane.Tests.Sdk;

[Collection(SdkCollection.Name)]
public sealed class PatchTests(SdkServers servers) : IAsyncLifetime
{
    private static readonly Note Original = new("a", "p", 1, "hello", ["x", "y"], new Place("Bern", ["First"]));
    private Container _container = null!;

    public async Task InitializeAsync()
    {
        _container = await servers.One.ContainerAsync();
        await _container.CreateItemAsync(Original);
    }

    public Task DisposeAsync() => _container.DeleteContainerAsync();

    [Fact]
    public async Task Add_makes_a_new_property()
    {
        var patched = await PatchAsync<JsonElement>(PatchOperation.Add("/colour", "red"));
        Assert.Equal("red", patched.GetProperty("colour").GetString());
        Assert.Equal("hello", patched.GetProperty("text").GetString());
    }

    [Fact]
    public async Task Add_replaces_an_existing_property() =>
        Assert.Equal("bye", (await PatchAsync<Note>(PatchOperation.Add("/text", "bye"))).Text);

    [Fact]
    public async Task Add_inserts_into_an_array() =>
        Assert.Equal(["x", "new", "y"], (await PatchAsync<Note>(PatchOperation.Add("/tags/1", "new"))).Tags!);

    [Fact]
    public async Task Add_with_a_dash_appends() =>
        Assert.Equal(["x", "y", "z"], (await PatchAsync<Note>(PatchOperation.Add("/tags/-", "z"))).Tags!);

    [Fact]
    public async Task Add_below_what_does_not_exist_is_refused()
    {
        var failure = await PatchAsync<Note>(PatchOperation.Set("/text", "x"), PatchOperation.Add("/nowhere/deep", 1)).FailsAsync(HttpStatusCode.BadRequest);
        Assert.Contains(
            "For Operation(2): Add Operation can only create a child object of an existing node(array or object) and cannot create path recursively, no path found beyond: 'nowhere'. Learn more: https://aka.ms/cosmosdbpatchdocs",
            failure.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Add_beyond_an_array_is_refused() =>
        await PatchAsync<Note>(PatchOperation.Add("/tags/7", "z")).FailsAsync(HttpStatusCode.BadRequest);

    [Fact]
    public async Task Set_makes_or_replaces()
    {
        var patched = await PatchAsync<JsonElement>(PatchOperation.Set("/text", "bye"), PatchOperation.Set("/extra", new[] { 1, 2 }));
        Assert.Equal("bye", patched.GetProperty("text").GetString());
        Assert.Equal(2, patched.GetProperty("extra")[1].GetInt32());
    }

    [Fact]
    public async Task Set_replaces_an_element_of_an_array() =>
        Assert.Equal(["x", "new"], (await PatchAsync<Note>(PatchOperation.Set("/tags/1", "new"))).Tags!);

    [Fact]
    public async Task Set_reaches_into_nested_objects() =>
        Assert.Equal("Graz", (await PatchAsync<Note>(PatchOperation.Set("/place/city", "Graz"))).Place!.City);

    [Fact]
    public async Task Replace_changes_what_exists() =>
        Assert.Equal("bye", (await PatchAsync<Note>(PatchOperation.Replace("/text", "bye"))).Text);

    [Fact]
    public async Task Replace_refuses_what_does_not_exist() =>
        await PatchAsync<Note>(PatchOperation.Replace("/missing", "bye")).FailsAsync(HttpStatusCode.BadRequest);

    [Fact]
    public async Task Remove_takes_a_property_away() =>
        Assert.False((await PatchAsync<JsonElement>(PatchOperation.Remove("/text"))).TryGetProperty("text", out _));

    [Fact]
    public async Task Remove_closes_the_gap_in_an_array() =>
        Assert.Equal(["y"], (await PatchAsync<Note>(PatchOperation.Remove("/tags/0"))).Tags!);

    [Fact]
    public async Task Remove_refuses_what_does_not_exist() =>
        await PatchAsync<Note>(PatchOperation.Remove("/missing")).FailsAsync(HttpStatusCode.BadRequest);

    [Fact]
    public async Task Increment_adds_whole_and_broken_numbers()
    {
        Assert.Equal(6, (await PatchAsync<Note>(PatchOperation.Increment("/number", 5))).Number);
        var patched = await PatchAsync<JsonElement>(PatchOperation.Increment("/number", 0.5));
        Assert.Equal(6.5, patched.GetProperty("number").GetDouble());
    }

    [Fact]
    public async Task Increment_starts_what_does_not_exist() =>
        Assert.Equal(3, (await PatchAsync<JsonElement>(PatchOperation.Increment("/count", 3))).GetProperty("count").GetInt32());

    [Fact]
    public async Task Increment_refuses_a_text() =>
        await PatchAsync<Note>(PatchOperation.Increment("/text", 3)).FailsAsync(HttpStatusCode.BadRequest);

    [Fact]
    public async Task Move_takes_a_value_elsewhere()
    {
        var patched = await PatchAsync<JsonElement>(PatchOperation.Move("/text", "/place/label"));
        Assert.False(patched.TryGetProperty("text", out _));
        Assert.Equal("hello", patched.GetProperty("place").GetProperty("label").GetString());
    }

    [Fact]
    public async Task Move_into_itself_is_refused() =>
        await PatchAsync<Note>(PatchOperation.Move("/place", "/place/inner")).FailsAsync(HttpStatusCode.BadRequest);

    [Fact]
    public async Task All_operations_apply_or_none()
    {
        await PatchAsync<Note>(PatchOperation.Set("/text", "bye"), PatchOperation.Remove("/missing")).FailsAsync(HttpStatusCode.BadRequest);
        Assert.Equal("hello", (await _container.ReadItemAsync<Note>("a", Original.Key)).Resource.Text);
    }

    [Fact]
    public async Task Ten_operations_are_taken_and_eleven_refused()
    {
        var ten = Enumerable.Range(0, 10).Select(i => PatchOperation.Set($"/p{i}", i)).ToArray();
        Assert.Equal(9, (await PatchAsync<JsonElement>(ten)).GetProperty("p9").GetInt32());
        await PatchAsync<Note>([.. ten, PatchOperation.Set("/more", 1)]).FailsAsync(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("/id")]
    [InlineData("/pk")]
    [InlineData("/_ts")]
    [InlineData("/_etag")]
    public async Task Keys_and_system_properties_are_read_only(string path) =>
        await PatchAsync<Note>(PatchOperation.Set(path, "other")).FailsAsync(HttpStatusCode.BadRequest);

    [Theory]
    [InlineData("text")]
    [InlineData("/")]
    [InlineData("/a//b")]
    public async Task Malformed_paths_are_refused(string path) =>
        await PatchAsync<Note>(PatchOperation.Set(path, "other")).FailsAsync(HttpStatusCode.BadRequest);

    [Fact]
    public async Task Escaped_paths_reach_odd_names()
    {
        var patched = await PatchAsync<JsonElement>(PatchOperation.Set("/a~1b", 1), PatchOperation.Set("/c~0d", 2));
        Assert.Equal(1, patched.GetProperty("a/b").GetInt32());
        Assert.Equal(2, patched.GetProperty("c~d").GetInt32());
    }

    [Fact]
    public async Task A_condition_that_holds_lets_the_patch_through()
    {
        var patched = await _container.PatchItemAsync<Note>(
            "a", Original.Key, [PatchOperation.Set("/text", "bye")], new PatchItemRequestOptions { FilterPredicate = "FROM c WHERE c.number = 1" });
        Assert.Equal("bye", patched.Resource.Text);
    }

    [Fact]
    public async Task A_condition_that_does_not_hold_is_412()
    {
        var failure = await _container.PatchItemAsync<Note>(
            "a", Original.Key, [PatchOperation.Set("/text", "bye")], new PatchItemRequestOptions { FilterPredicate = "FROM c WHERE c.number > 1" }).FailsAsync(HttpStatusCode.PreconditionFailed);
        Assert.Equal(1110, failure.SubStatusCode);
        Assert.Equal("hello", (await _container.ReadItemAsync<Note>("a", Original.Key)).Resource.Text);
    }

    [Fact]
    public async Task A_malformed_condition_is_400() =>
        await _container.PatchItemAsync<Note>(
            "a", Original.Key, [PatchOperation.Set("/text", "bye")], new PatchItemRequestOptions { FilterPredicate = "c.number >" }).FailsAsync(HttpStatusCode.BadRequest);

    [Fact]
    public async Task A_stale_etag_is_412()
    {
        var first = await _container.ReadItemAsync<Note>("a", Original.Key);
        await PatchAsync<Note>(PatchOperation.Set("/text", "bye"));
        await _container.PatchItemAsync<Note>(
            "a", Original.Key, [PatchOperation.Set("/text", "again")], new PatchItemRequestOptions { IfMatchEtag = first.ETag }).FailsAsync(HttpStatusCode.PreconditionFailed);
    }

    [Fact]
    public async Task A_missing_item_is_404() =>
        await _container.PatchItemAsync<Note>("b", Original.Key, [PatchOperation.Set("/text", "bye")]).FailsAsync(HttpStatusCode.NotFound);

    [Fact]
    public async Task A_number_is_not_incremented_beyond_those_there_are()
    {
        var container = await servers.One.ContainerAsync();
        using (await servers.One.SendAsync(HttpMethod.Post, $"dbs/tests/colls/{container.Id}/docs", """{"id":"a","pk":"k","big":1.5e308}""", (Backplane.Protocol.Codecs.CosmosHeaders.PartitionKey, "[\"k\"]")))
        using (var answer = await servers.One.SendAsync(
            HttpMethod.Patch, $"dbs/tests/colls/{container.Id}/docs/a", """[{"op":"incr","path":"/big","value":1.5e308}]""", (Backplane.Protocol.Codecs.CosmosHeaders.PartitionKey, "[\"k\"]")))
        {
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains("beyond the numbers", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_answer_may_leave_out_the_item()
    {
        var patched = await _container.PatchItemAsync<Note>(
            "a", Original.Key, [PatchOperation.Set("/text", "bye")], new PatchItemRequestOptions { EnableContentResponseOnWrite = false });
        Assert.Null(patched.Resource);
        Assert.Equal(HttpStatusCode.OK, patched.StatusCode);
        Assert.NotEmpty(patched.ETag);
    }

    private async Task<T> PatchAsync<T>(params PatchOperation[] operations) =>
        (await _container.PatchItemAsync<T>("a", Original.Key, operations)).Resource;
}
