using System.Text;
using System.Text.Json;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Tests.Sdk;
using Microsoft.Azure.Cosmos;

namespace Geode.Backplane.Tests.Protocol;

/// <summary>Items nest 128 levels of arrays and objects, by whichever way they come in, and are read and queried like any other.</summary>
[Collection(SdkCollection.Name)]
public sealed class ItemNestingTests(SdkServers servers)
{
    private const int Deepest = 128;
    private const string TooDeep = "deeper than the 128 levels";

    [Theory]
    [InlineData('[')]
    [InlineData('{')]
    public async Task The_deepest_item_is_written_read_and_queried(char kind)
    {
        var (views, _) = await ViewsAsync();
        var (item, x) = (Item(kind, Deepest), Value(kind, Deepest - 1));
        await ItemViews.JsonAsync(await views.CreateAsync(item));
        await ItemViews.JsonAsync(await views.CreateAsync(item, (CosmosHeaders.IsUpsert, "True")));
        await ItemViews.JsonAsync(await views.SendAsync(HttpMethod.Put, "a", item));
        await ItemViews.JsonAsync(await views.SendAsync(HttpMethod.Patch, "a", $$"""{"operations":[{"op":"set","path":"/y","value":{{x}}}]}"""));
        Assert.All(await views.AllAsync("a", x), seen => Assert.Equal(x, seen.GetRawText()));
    }

    [Theory]
    [InlineData('[')]
    [InlineData('{')]
    public async Task A_deeper_item_is_refused(char kind)
    {
        var (views, _) = await ViewsAsync();
        await ItemViews.RefusedAsync(await views.CreateAsync(Item(kind, Deepest + 1)), TooDeep);
        await ItemViews.RefusedAsync(await views.CreateAsync(Item(kind, 1_000)), TooDeep);
        await ItemViews.RefusedAsync(await views.CreateAsync(Item(kind, 100_000)), TooDeep);
        await ItemViews.RefusedAsync(await views.CreateAsync(Item(kind, Deepest + 1), (CosmosHeaders.IsUpsert, "True")), TooDeep);
        await ItemViews.JsonAsync(await views.CreateAsync("""{"id":"a","pk":"k","x":[]}"""));
        await ItemViews.RefusedAsync(await views.SendAsync(HttpMethod.Put, "a", Item(kind, Deepest + 1)), TooDeep);
        foreach (var depth in new[] { Deepest, 100_000 })
            await ItemViews.RefusedAsync(await views.SendAsync(HttpMethod.Patch, "a", $$"""{"operations":[{"op":"add","path":"/x/0","value":{{Value(kind, depth)}}}]}"""), TooDeep);
    }

    [Fact]
    public async Task In_a_batch_each_item_stands_for_itself()
    {
        var (_, container) = await ViewsAsync();
        foreach (var (depth, status) in new[] { (Deepest, 200), (Deepest + 1, 400) })
        {
            using var answer = await container.CreateTransactionalBatch(new PartitionKey("k"))
                .CreateItemStream(new MemoryStream(Encoding.UTF8.GetBytes(Item('{', depth)))).ExecuteAsync();
            Assert.Equal(status, (int)answer.StatusCode);
            using var json = await servers.One.SendAsync(
                HttpMethod.Post,
                $"dbs/tests/colls/{container.Id}/docs",
                $$"""[{"operationType":"Upsert","resourceBody":{{Item('[', depth)}}}]""",
                (CosmosHeaders.PartitionKey, ItemViews.Key),
                (CosmosHeaders.IsBatchRequest, "True"),
                (CosmosHeaders.BatchAtomic, "True"));
            Assert.Contains($"\"statusCode\":{status}", await json.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Scripts_write_and_read_the_deepest_item()
    {
        var (views, container) = await ViewsAsync();
        var script = $"dbs/tests/colls/{container.Id}/sprocs";
        await ItemViews.JsonAsync(await servers.One.SendAsync(HttpMethod.Post, script, JsonSerializer.Serialize(new
        {
            id = "put",
            body = """
                function (item) {
                  const items = getContext().getCollection();
                  items.createDocument(items.getSelfLink(), item, function (error, made) {
                    if (error) throw error;
                    items.queryDocuments(items.getSelfLink(), 'SELECT * FROM c', {}, function (failed, found) {
                      if (failed) throw failed;
                      getContext().getResponse().setBody(found[0].x);
                    });
                  });
                }
                """,
        })));
        var seen = await ItemViews.JsonAsync(await servers.One.SendAsync(HttpMethod.Post, $"{script}/put", $"[{Item('[', Deepest)}]", (CosmosHeaders.PartitionKey, ItemViews.Key)));
        Assert.Equal(Value('[', Deepest - 1), seen.GetRawText());
        Assert.All(await views.AllAsync("a", Value('[', Deepest - 1)), x => Assert.Equal(Value('[', Deepest - 1), x.GetRawText()));
        await ItemViews.RefusedAsync(
            await servers.One.SendAsync(HttpMethod.Post, $"{script}/put", $"[{Item('[', Deepest + 1, "b")}]", (CosmosHeaders.PartitionKey, ItemViews.Key)), TooDeep);
    }

    [Fact]
    public async Task Triggers_see_the_deepest_item()
    {
        var (views, container) = await ViewsAsync();
        await ItemViews.JsonAsync(await servers.One.SendAsync(HttpMethod.Post, $"dbs/tests/colls/{container.Id}/triggers", JsonSerializer.Serialize(new
        {
            id = "sign",
            triggerType = "Pre",
            triggerOperation = "All",
            body = "function () { const r = getContext().getRequest(), item = r.getBody(); item.signed = true; r.setBody(item); }",
        })));
        var made = await ItemViews.JsonAsync(await views.CreateAsync(Item('{', Deepest), (CosmosHeaders.PreTriggerInclude, "sign")));
        Assert.True(made.GetProperty("signed").GetBoolean());
        Assert.Equal(Value('{', Deepest - 1), made.GetProperty("x").GetRawText());
    }

    [Fact]
    public async Task A_container_with_a_time_to_live_takes_the_deepest_item()
    {
        var container = await servers.One.ContainerAsync(properties => properties.DefaultTimeToLive = 1000);
        await ItemViews.JsonAsync(await new ItemViews(servers.One, container).CreateAsync(Item('{', Deepest)));
    }

    /// <param name="depth">Of the whole item.</param>
    private static string Item(char kind, int depth, string id = "a") => $$"""{"id":"{{id}}","pk":"k","x":{{Value(kind, depth - 1)}}}""";

    private static string Value(char kind, int depth) => kind == '['
        ? new string('[', depth) + new string(']', depth)
        : string.Concat(Enumerable.Repeat("{\"x\":", depth - 1)) + "{}" + new string('}', depth - 1);

    private async Task<(ItemViews Views, Container Container)> ViewsAsync()
    {
        var container = await servers.One.ContainerAsync();
        return (new ItemViews(servers.One, container), container);
    }
}
