using System.Net;
using Geode.Backplane.Tests.Sdk;
using Microsoft.Azure.Cosmos;
using Microsoft.Azure.Cosmos.Scripts;

namespace Geode.Backplane.Tests.Scripts;

/// <summary>Triggers before and after a write, and functions in queries, by the unchanged client.</summary>
[Collection(SdkCollection.Name)]
public sealed class TriggerTests(SdkServers servers) : IAsyncLifetime
{
    private static readonly PartitionKey Key = new("p");
    private Container _container = null!;

    public async Task InitializeAsync() => _container = await servers.Three.ContainerAsync();

    public Task DisposeAsync() => _container.DeleteContainerAsync();

    [Fact]
    public async Task Before_a_write_the_item_can_be_changed()
    {
        await TriggerAsync("stamp", TriggerType.Pre, "function () { var r = getContext().getRequest(), item = r.getBody(); item.text = r.getOperationType(); r.setBody(item); }");
        var created = await _container.CreateItemAsync(new Note("a", "p"), Key, new ItemRequestOptions { PreTriggers = ["stamp"] });
        Assert.Equal("Create", created.Resource.Text);
        var replaced = await _container.ReplaceItemAsync(new Note("a", "p"), "a", Key, new ItemRequestOptions { PreTriggers = ["stamp"] });
        Assert.Equal("Replace", replaced.Resource.Text);
        Assert.Equal("Replace", (await _container.ReadItemAsync<Note>("a", Key)).Resource.Text);
    }

    [Fact]
    public async Task A_new_item_is_known_by_the_id_that_a_trigger_gives_it()
    {
        await TriggerAsync("name", TriggerType.Pre, "function () { var r = getContext().getRequest(), item = r.getBody(); item.id += '-1'; r.setValue('Body', item); }");
        foreach (var upsert in (bool[])[false, true])
        {
            var options = new ItemRequestOptions { PreTriggers = ["name"] };
            var note = new Note($"{upsert}", "p");
            await (upsert ? _container.UpsertItemAsync(note, Key, options) : _container.CreateItemAsync(note, Key, options));
            Assert.Equal($"{upsert}-1", (await _container.ReadItemAsync<Note>($"{upsert}-1", Key)).Resource.Id);
            await _container.ReadItemAsync<Note>($"{upsert}", Key).FailsAsync(HttpStatusCode.NotFound);
            await _container.CreateItemAsync(note, Key, options).FailsAsync(HttpStatusCode.Conflict);
        }
    }

    [Theory]
    [InlineData(TriggerType.Pre, "getContext().getResponse()")]
    [InlineData(TriggerType.Pre, "getContext().getRequest().setValue('Test', 1)")]
    [InlineData(TriggerType.Post, "getContext().getRequest().setBody({})")]
    [InlineData(TriggerType.Post, "getContext().getRequest().setValue('Body', {})")]
    [InlineData(TriggerType.Post, "getContext().getResponse().setValue('Test', 1)")]
    public async Task What_a_trigger_cannot_reach_is_an_error(TriggerType type, string call)
    {
        await TriggerAsync("try", type, $"function () {{ var failed = false; try {{ {call}; }} catch (e) {{ failed = true; }} if (!failed) throw 'went through'; }}");
        await TriggerAsync("do", type, $"function () {{ {call}; }}");
        ItemRequestOptions Options(string name) => type == TriggerType.Pre ? new() { PreTriggers = [name] } : new() { PostTriggers = [name] };
        await _container.CreateItemAsync(new Note("a", "p"), Key, Options("try"));
        await _container.CreateItemAsync(new Note("b", "p"), Key, Options("do")).FailsAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task After_a_write_its_partitions_quota_can_be_read()
    {
        await TriggerAsync("quota", TriggerType.Post, """
            function () {
              var r = getContext().getResponse(), item = r.getBody();
              item.text = r.getResourceQuotaCurrentUsage() + r.getMaxResourceQuota();
              r.setValue('Body', item);
            }
            """);
        var created = await _container.CreateItemAsync(new Note("a", "p"), Key, new ItemRequestOptions { PostTriggers = ["quota"] });
        Assert.Contains("documentsCount=0", created.Resource.Text, StringComparison.Ordinal);
        Assert.Contains("documentsCount=-1", created.Resource.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("throw new Error(4444, 'no')", 4444)]
    [InlineData("var e = new TypeError('no'); e.number = 17; throw e", 17)]
    [InlineData("throw new Error('no')", 0)]
    [InlineData("throw 'no'", 0)]
    [InlineData("var e = new Error('no'); e.number = -1; throw e", 0)]
    public async Task An_errors_number_is_the_substatus(string statement, int number)
    {
        await TriggerAsync("fail", TriggerType.Pre, $"function () {{ {statement}; }}");
        var failure = await _container.CreateItemAsync(new Note("a", "p"), Key, new ItemRequestOptions { PreTriggers = ["fail"] }).FailsAsync(HttpStatusCode.BadRequest);
        Assert.Equal(number, failure.SubStatusCode);
        Assert.Contains("no", failure.Message, StringComparison.Ordinal);
        await FunctionAsync("fail", $"function () {{ {statement}; }}");
        await _container.CreateItemAsync(new Note("b", "p"));
        Assert.Equal(number, (await _container.QueryAsync<int>("SELECT VALUE udf.fail() FROM c").FailsAsync(HttpStatusCode.BadRequest)).SubStatusCode);
    }

    [Fact]
    public async Task After_a_write_others_are_made_in_the_same_transaction()
    {
        await TriggerAsync("count", TriggerType.Post, """
            function () {
              var coll = getContext().getCollection(), made = getContext().getResponse().getBody();
              coll.upsertDocument(coll.getSelfLink(), { id: 'latest', pk: 'p', text: made.id });
              if (made.number < 0) throw new Error('negative');
            }
            """);
        await _container.CreateItemAsync(new Note("a", "p"), Key, new ItemRequestOptions { PostTriggers = ["count"] });
        await _container.CreateItemAsync(new Note("b", "p", -1), Key, new ItemRequestOptions { PostTriggers = ["count"] }).FailsAsync(HttpStatusCode.BadRequest);
        Assert.Equal("a", (await _container.ReadItemAsync<Note>("latest", Key)).Resource.Text);
        await _container.ReadItemAsync<Note>("b", Key).FailsAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_deletion_has_triggers_too()
    {
        await TriggerAsync("keep", TriggerType.Pre, "function () { throw new Error('kept'); }", TriggerOperation.Delete);
        await _container.CreateItemAsync(new Note("a", "p"));
        await _container.DeleteItemAsync<Note>("a", Key, new ItemRequestOptions { PreTriggers = ["keep"] }).FailsAsync(HttpStatusCode.BadRequest);
        await _container.ReadItemAsync<Note>("a", Key);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("after")]
    [InlineData("deletions")]
    public async Task A_trigger_that_does_not_fit_is_refused_and_nothing_is_written(string name)
    {
        await TriggerAsync("after", TriggerType.Post, "function () {}");
        await TriggerAsync("deletions", TriggerType.Pre, "function () {}", TriggerOperation.Delete);
        var failure = await _container.CreateItemAsync(new Note("a", "p"), Key, new ItemRequestOptions { PreTriggers = [name] }).FailsAsync(HttpStatusCode.BadRequest);
        Assert.Contains($"'{name}'", failure.Message, StringComparison.Ordinal);
        await _container.ReadItemAsync<Note>("a", Key).FailsAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_trigger_cannot_move_an_item_to_another_partition_key()
    {
        await TriggerAsync("move", TriggerType.Pre, "function () { var r = getContext().getRequest(), item = r.getBody(); item.pk = 'q'; r.setBody(item); }");
        await _container.CreateItemAsync(new Note("a", "p"), Key, new ItemRequestOptions { PreTriggers = ["move"] }).FailsAsync(HttpStatusCode.BadRequest);
        Assert.Empty(await _container.QueryAsync<int>("SELECT VALUE 1 FROM c"));
    }

    [Fact]
    public async Task Functions_are_called_by_queries()
    {
        await FunctionAsync("tax", "function tax(income) { return income === undefined ? undefined : income * 0.5; }");
        await FunctionAsync("first", "function (list) { return list && list[0]; }");
        await _container.CreateItemAsync(new Note("a", "p", 10, Tags: ["x", "y"]));
        await _container.CreateItemAsync(new Note("b", "q", 30));
        Assert.Equal([5.0, 15.0], await _container.QueryAsync<double>("SELECT VALUE udf.tax(c.number) FROM c ORDER BY c.number"));
        Assert.Equal(["b"], await _container.QueryAsync<string>("SELECT VALUE c.id FROM c WHERE udf.tax(c.number) > 10"));
        Assert.Equal(["x"], await _container.QueryAsync<string>("SELECT VALUE udf.first(c.tags) FROM c WHERE IS_ARRAY(c.tags)"));
        Assert.Empty(await _container.QueryAsync<double>("SELECT VALUE udf.tax(c.missing) FROM c"));
        Assert.Equal([20.0], await _container.QueryAsync<double>("SELECT VALUE SUM(udf.tax(c.number)) FROM c"));
    }

    [Theory]
    [InlineData("SELECT VALUE udf.none(c.number) FROM c", "udf.none")]
    [InlineData("SELECT VALUE udf.bad(c.number) FROM c", "broken")]
    [InlineData("SELECT VALUE udf.text(c.number) FROM c", "SyntaxError")]
    public async Task A_function_that_fails_is_the_querys_fault(string query, string said)
    {
        await FunctionAsync("bad", "function (x) { throw new Error('broken'); }");
        await FunctionAsync("text", "function (x) { return ");
        await _container.CreateItemAsync(new Note("a", "p", 10));
        var failure = await _container.QueryAsync<int>(query).FailsAsync(HttpStatusCode.BadRequest);
        Assert.Contains(said, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_write_has_at_most_one_trigger_before_it_and_one_after()
    {
        var failure = await _container.CreateItemAsync(new Note("a", "p"), Key, new ItemRequestOptions { PreTriggers = ["one", "two"] }).FailsAsync(HttpStatusCode.BadRequest);
        Assert.Contains("at most one Pre-trigger", failure.Message, StringComparison.Ordinal);
        failure = await _container.CreateItemAsync(new Note("a", "p"), Key, new ItemRequestOptions { PostTriggers = ["one", "two"] }).FailsAsync(HttpStatusCode.BadRequest);
        Assert.Contains("at most one Post-trigger", failure.Message, StringComparison.Ordinal);
    }

    private Task TriggerAsync(string id, TriggerType type, string body, TriggerOperation operation = TriggerOperation.All) =>
        _container.Scripts.CreateTriggerAsync(new() { Id = id, Body = body, TriggerType = type, TriggerOperation = operation });

    private Task FunctionAsync(string id, string body) => _container.Scripts.CreateUserDefinedFunctionAsync(new() { Id = id, Body = body });
}
