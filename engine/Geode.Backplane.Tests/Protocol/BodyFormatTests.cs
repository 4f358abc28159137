using System.Net;
using System.Text;
using System.Text.Json;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Protocol.Codecs.Binary;
using Geode.Backplane.Tests.Protocol.Codecs.Oracles;
using Geode.Backplane.Tests.Sdk;
using Microsoft.Azure.Cosmos;

namespace Geode.Backplane.Tests.Protocol;

/// <summary>Bodies in Cosmos DB's binary JSON: taken wherever text is, and given to who asks.</summary>
[Collection(SdkCollection.Name)]
public sealed class BodyFormatTests(SdkServers servers)
{
    private const string Item = """{"id":"a","pk":"k","x":[1,2.5,"größe"]}""";

    private static readonly (string, string) Both = (CosmosHeaders.SupportedSerializationFormats, "JsonText, CosmosBinary");
    private static readonly (string, string) Only = (CosmosHeaders.SupportedSerializationFormats, "CosmosBinary");
    private static readonly (string, string) Content = (CosmosHeaders.ContentSerializationFormat, "CosmosBinary");
    private static readonly (string, string) TextOnly = (CosmosHeaders.SupportedSerializationFormats, "JsonText");

    [Fact]
    public async Task An_item_is_written_in_binary_and_read_in_either_form()
    {
        var views = await ViewsAsync();
        AssertItem(true, await views.CreateAsync(Binary(Item), Both));
        AssertItem(true, await views.CreateAsync(Binary(Item), Only, (CosmosHeaders.IsUpsert, "True")));
        AssertItem(false, await views.CreateAsync(Binary(Item), TextOnly, (CosmosHeaders.IsUpsert, "True")));
        AssertItem(true, await views.SendAsync(HttpMethod.Put, "a", Item, Content));
        AssertItem(true, await views.SendAsync(HttpMethod.Get, "a", null, Both));
        AssertItem(false, await views.SendAsync(HttpMethod.Get, "a", null, Both, (CosmosHeaders.ContentSerializationFormat, "JsonText")));
        AssertItem(false, await views.SendAsync(HttpMethod.Get, "a"));
        AssertItem(true, await views.SendAsync(HttpMethod.Patch, "a", """{"operations":[{"op":"set","path":"/y","value":1}]}""", Only));
    }

    [Fact]
    public async Task Rows_are_binary_for_who_takes_nothing_else()
    {
        var views = await ViewsAsync();
        AssertItem(false, await views.CreateAsync(Item));
        foreach (var header in new[] { Only, Content })
        {
            AssertPage(true, await views.QueryAsync("SELECT * FROM c", "null", header));
            AssertPage(true, await views.FeedAsync(header));
            AssertPage(true, await views.FeedAsync((CosmosHeaders.AIm, CosmosHeaders.IncrementalFeed), header));
        }

        foreach (var header in new[] { Both, TextOnly })
        {
            AssertPage(false, await views.QueryAsync("SELECT * FROM c", "null", header));
            AssertPage(false, await views.FeedAsync(header));
        }
    }

    [Fact]
    public async Task Queries_and_patches_may_be_binary_too()
    {
        var container = await servers.One.ContainerAsync();
        var views = new ItemViews(servers.One, container);
        AssertItem(false, await views.CreateAsync(Item));
        var items = $"dbs/tests/colls/{container.Id}/docs";
        AssertPage(false, await servers.One.SendContentAsync(
            HttpMethod.Post, items, Binary("""{"query":"SELECT * FROM c WHERE c.x[0] = @one","parameters":[{"name":"@one","value":1}]}"""), (CosmosHeaders.IsQuery, "True"), (CosmosHeaders.PartitionKey, ItemViews.Key)));
        AssertItem(false, await servers.One.SendContentAsync(
            HttpMethod.Patch, $"{items}/a", Binary("""{"operations":[{"op":"set","path":"/y","value":1}]}"""), (CosmosHeaders.PartitionKey, ItemViews.Key)));
    }

    [Fact]
    public async Task A_batch_carries_binary_items()
    {
        var container = await servers.One.ContainerAsync();
        using var answer = await container.CreateTransactionalBatch(new PartitionKey("k"))
            .CreateItemStream(new MemoryStream(SdkBinaryJson.FromText(Item, 0)))
            .ReadItem("a")
            .ExecuteAsync(new TransactionalBatchRequestOptions { AddRequestHeaders = headers => headers.Add(Only.Item1, Only.Item2) });
        Assert.True(answer.IsSuccessStatusCode, answer.ErrorMessage);
        using var read = new MemoryStream();
        await answer[1].ResourceStream.CopyToAsync(read);
        AssertItem(read.ToArray(), true);
        AssertItem(false, await new ItemViews(servers.One, container).SendAsync(HttpMethod.Get, "a"));
    }

    [Theory]
    [InlineData("80", "not valid binary JSON")]
    [InlineData("80E80000", "not valid binary JSON")]
    [InlineData("80E1E0", "must be a JSON object")]
    [InlineData("80EA048269640001", "not valid binary JSON")]
    [InlineData("81E8", "not valid UTF-8")]
    public async Task What_is_no_item_is_refused(string hex, string what) =>
        await ItemViews.RefusedAsync(await (await ViewsAsync()).CreateAsync(new ByteArrayContent(Convert.FromHexString(hex))), what);

    [Fact]
    public async Task What_is_too_long_as_text_is_too_long()
    {
        byte[] text = [0xC1, 0xFF, 0xFF, .. Enumerable.Repeat((byte)'x', 0xFFFF)];
        byte[] references = [.. Enumerable.Repeat<byte[]>([0xC3, 0x06], 1000).SelectMany(r => r)];
        byte[] bomb = [0x80, 0xE4, .. BitConverter.GetBytes(text.Length + references.Length), .. text, .. references];
        using var response = await (await ViewsAsync()).CreateAsync(new ByteArrayContent(bomb));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    private static ByteArrayContent Binary(string json) => new(SdkBinaryJson.FromText(json, 7));

    private static void AssertItem(bool isBinary, HttpResponseMessage response)
    {
        using (response)
        {
            Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}");
            AssertItem(Body(response), isBinary);
        }
    }

    private static void AssertItem(byte[] body, bool isBinary)
    {
        Assert.Equal(isBinary, BinaryJson.IsBinary(body));
        using var item = JsonDocument.Parse(isBinary ? SdkBinaryJson.ToText(body) : Encoding.UTF8.GetString(body));
        Assert.Equal("größe", item.RootElement.GetProperty("x")[2].GetString());
    }

    private static void AssertPage(bool isBinary, HttpResponseMessage response)
    {
        using (response)
        {
            var body = Body(response);
            Assert.Equal(isBinary, BinaryJson.IsBinary(body));
            using var page = JsonDocument.Parse(isBinary ? SdkBinaryJson.ToText(body) : Encoding.UTF8.GetString(body));
            Assert.Equal("größe", Assert.Single(page.RootElement.GetProperty("Documents").EnumerateArray()).GetProperty("x")[2].GetString());
        }
    }

    private static byte[] Body(HttpResponseMessage response)
    {
        using var body = new MemoryStream();
        response.Content.ReadAsStream().CopyTo(body);
        return body.ToArray();
    }

    private async Task<ItemViews> ViewsAsync() => new(servers.One, await servers.One.ContainerAsync());
}
