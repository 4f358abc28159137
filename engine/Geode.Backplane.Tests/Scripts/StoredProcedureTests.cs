using System.Net;
using Geode.Backplane.Tests.Sdk;
using Microsoft.Azure.Cosmos;
using Microsoft.Azure.Cosmos.Scripts;

namespace Geode.Backplane.Tests.Scripts;

/// <summary>Stored procedures, run by the unchanged client.</summary>
[Collection(SdkCollection.Name)]
public sealed class StoredProcedureTests(SdkServers servers) : IAsyncLifetime
{
    private static readonly PartitionKey Key = new("p");
    private Container _container = null!;

    public async Task InitializeAsync() => _container = await servers.Three.ContainerAsync();

    public Task DisposeAsync() => _container.DeleteContainerAsync();

    [Theory]
    [InlineData("function (name) { getContext().getResponse().setBody('Hello, ' + name + '!'); }")]
    [InlineData("function hello(name) { getContext().getResponse().setBody('Hello, ' + name + '!'); };")]
    [InlineData("function hello(name) { function made() { return 'Hello, ' + name + '!'; } __.response.setBody(made()); } // done")]
    [InlineData("async function (name) { await null; getContext().getResponse().setBody('Hello, ' + name + '!'); }")]
    [InlineData("function (name) { Promise.resolve(name).then(n => getContext().getResponse().setBody('Hello, ' + n + '!')); }")]
    [InlineData("(name) => getContext().getResponse().setBody(`Hello, ${name}!`)")]
    public async Task Arguments_go_in_and_a_body_comes_out(string body) => Assert.Equal("Hello, world!", await RunAsync<string>(body, "world"));

    [Theory]
    [InlineData("__.readDocuments(__.getSelfLink(), { pageSize: 'many' }, answer)", "pageSize")]
    [InlineData("__.readDocuments(__.getSelfLink(), { pageSize: 0 }, answer)", "pageSize")]
    [InlineData("__.createDocument(__.getSelfLink(), { id: 'a', pk: 'p' }, { indexAction: 'never' }, answer)", "indexAction")]
    public async Task An_option_that_there_is_not_fails_the_call(string call, string option) =>
        Assert.Contains(option, await RunAsync<string>($"function () {{ function answer(error) {{ __.response.setBody(error ? error.body : 'done'); }} {call}; }}"), StringComparison.Ordinal);

    [Fact]
    public async Task Arguments_and_bodies_are_any_JSON()
    {
        var answer = await RunAsync<Dictionary<string, object>>(
            "function (a, b, c) { getContext().getResponse().setBody({ sum: a + b.n, list: c, none: arguments.length }); }", 1, new { n = 2 }, new[] { "x" });
        Assert.Equal("3", answer["sum"].ToString());
        Assert.Equal("3", answer["none"].ToString());
    }

    [Fact]
    public async Task Items_are_created_read_changed_and_deleted_in_one_transaction()
    {
        await _container.CreateItemAsync(new Note("old", "p", 1));
        var body = await RunAsync<string>("""
            function () {
              var coll = getContext().getCollection(), link = coll.getSelfLink();
              coll.createDocument(link, { id: 'new', pk: 'p', number: 5 }, function (error, made) {
                if (error) throw error;
                coll.readDocument(made._self, function (error, seen) {
                  seen.number++;
                  coll.replaceDocument(seen._self, seen, { etag: seen._etag }, function (error, replaced) {
                    coll.deleteDocument(coll.getAltLink() + '/docs/old', function (error) {
                      coll.upsertDocument(link, { pk: 'p', number: replaced.number }, function (error, upserted) {
                        getContext().getResponse().setBody(typeof upserted.id);
                      });
                    });
                  });
                });
              });
            }
            """);
        Assert.Equal("string", body);
        Assert.Equal(6, (await _container.ReadItemAsync<Note>("new", Key)).Resource.Number);
        await _container.ReadItemAsync<Note>("old", Key).FailsAsync(HttpStatusCode.NotFound);
        Assert.Equal([6, 6], (await _container.QueryAsync<int>("SELECT VALUE c.number FROM c")).Order());
    }

    [Theory]
    [InlineData("throw new Error('no')")]
    [InlineData("throw 'no'")]
    [InlineData("Promise.reject(new Error('ignored')); throw new Error('no')")]
    [InlineData("coll.createDocument(link, { id: 'a', pk: 'p' })")]
    [InlineData("coll.createDocument(link, { id: 'b', pk: 'other' })")]
    [InlineData("coll.createDocument(link, { id: 'b', pk: 'p' }, function () { null.x; })")]
    [InlineData("coll.readDocument(coll.getAltLink() + '/docs/none')")]
    [InlineData("coll.createDocument('dbs/other/colls/other', { id: 'b', pk: 'p' })")]
    [InlineData("coll.queryDocuments(link, 'SELECT nothing at all')")]
    public async Task An_error_undoes_all_of_it(string then)
    {
        var failure = await RunAsync<string>($$"""
            function () {
              var coll = getContext().getCollection(), link = coll.getSelfLink();
              coll.createDocument(link, { id: 'a', pk: 'p' }, function () { {{then}}; });
            }
            """).FailsAsync(HttpStatusCode.BadRequest);
        Assert.Contains("Encountered exception", failure.Message, StringComparison.Ordinal);
        Assert.Empty(await _container.QueryAsync<int>("SELECT VALUE 1 FROM c"));
    }

    [Theory]
    [InlineData("async function () { await null; throw new Error('no'); }", HttpStatusCode.BadRequest)]
    [InlineData("function () { while (true) {} }", HttpStatusCode.RequestTimeout)]
    public async Task So_does_a_promise_that_is_broken_and_a_script_without_end(string body, HttpStatusCode status) =>
        await RunAsync<string>(body).FailsAsync(status);

    [Fact]
    public async Task Promises_without_end_meet_the_limit_of_memory_or_of_time()
    {
        var endless = "function () { return new Promise(() => { function again() { Promise.resolve().then(again); } again(); }); }";
        var failure = await Assert.ThrowsAsync<CosmosException>(() => RunAsync<string>(endless));

        // Which comes first depends on the machine.
        Assert.True(failure.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.RequestTimeout, $"{failure.StatusCode}");
    }

    /// <summary>The callback is told, and decides.</summary>
    [Fact]
    public async Task An_error_that_is_handled_undoes_nothing()
    {
        await _container.CreateItemAsync(new Note("a", "p"));
        var number = await RunAsync<int>("""
            function () {
              var coll = getContext().getCollection();
              coll.createDocument(coll.getSelfLink(), { id: 'b', pk: 'p' });
              coll.createDocument(coll.getSelfLink(), { id: 'a', pk: 'p' }, function (error) { getContext().getResponse().setBody(error.number); });
            }
            """);
        Assert.Equal(409, number);
        await _container.ReadItemAsync<Note>("b", Key);
    }

    /// <summary>As scripts for bulk imports do: thousands of calls, each from the callback of the one before.</summary>
    [Fact]
    public async Task Callbacks_may_follow_one_another_without_end()
    {
        var made = await RunAsync<int>("""
            function (count) {
              var coll = getContext().getCollection(), made = 0;
              next();
              function next() {
                var accepted = coll.createDocument(coll.getSelfLink(), { id: 'n' + made, pk: 'p' }, function (error) {
                  if (error) throw error;
                  made++;
                  if (made < count) next(); else getContext().getResponse().setBody(made);
                });
                if (!accepted) getContext().getResponse().setBody(made);
              }
            }
            """, 1000);
        Assert.Equal(made, (await _container.QueryAsync<int>("SELECT VALUE COUNT(1) FROM c"))[0]);
        Assert.Equal(1000, made);
    }

    [Fact]
    public async Task Queries_see_what_the_script_has_changed_and_only_its_partition_key()
    {
        await _container.CreateItemAsync(new Note("a", "p", 1));
        await _container.CreateItemAsync(new Note("b", "p", 2));
        await _container.CreateItemAsync(new Note("z", "other", 3));
        var ids = await RunAsync<string[]>("""
            function (least) {
              var coll = getContext().getCollection(), link = coll.getSelfLink();
              coll.createDocument(link, { id: 'c', pk: 'p', number: 3 });
              coll.deleteDocument(coll.getAltLink() + '/docs/a');
              var query = { query: 'SELECT VALUE c.id FROM c WHERE c.number >= @least ORDER BY c.number DESC', parameters: [{ name: '@least', value: least }] };
              coll.queryDocuments(link, query, { pageSize: 1 }, function (error, first, options) {
                coll.queryDocuments(link, query, { continuation: options.continuation }, function (error, rest) {
                  getContext().getResponse().setBody(first.concat(rest));
                });
              });
            }
            """, 1);
        Assert.Equal(["c", "b"], ids);
    }

    [Theory]
    [InlineData("__.filter(function (d) { return d.number > 1; })", "b,c")]
    [InlineData("__.chain().filter(d => d.number < 3).pluck('id').value()", "a,b")]
    [InlineData("__.chain().sortByDescending(d => d.number).map(d => d.id).value()", "c,b,a")]
    [InlineData("__.chain().map(d => d.tags || []).flatten().value()", "x,y")]
    [InlineData("__.chain().unwind('tags', (d, tag) => d.id + tag).value()", "ax,ay")]
    [InlineData("__.pluck('id')", "a,b,c")]
    [InlineData("__.sortBy(d => -d.number, function (error, docs) { __.response.setBody(docs); })", "c,b,a")]
    public async Task Shorthands_query_too(string call, string expected)
    {
        await _container.CreateItemAsync(new Note("a", "p", 1, Tags: ["x", "y"]));
        await _container.CreateItemAsync(new Note("b", "p", 2));
        await _container.CreateItemAsync(new Note("c", "p", 3));
        var items = await RunAsync<object[]>($"function () {{ var result = {call}; if (!result.isAccepted) throw new Error('late'); }}");
        Assert.Equal(expected, string.Join(',', items.Select(i => i is System.Text.Json.JsonElement { ValueKind: System.Text.Json.JsonValueKind.Object } item ? item.GetProperty("id").GetString() : i.ToString())));
    }

    [Fact]
    public async Task The_log_comes_back_when_it_is_asked_for()
    {
        await _container.Scripts.CreateStoredProcedureAsync(new("log", "function () { console.log('one', { two: 2 }); console.log('drei ä'); }"));
        var quiet = await _container.Scripts.ExecuteStoredProcedureAsync<string>("log", Key, []);
        var told = await _container.Scripts.ExecuteStoredProcedureAsync<string>("log", Key, [], new StoredProcedureRequestOptions { EnableScriptLogging = true });
        Assert.Null(quiet.ScriptLog);
        Assert.Equal("one {\"two\":2}\ndrei ä\n", told.ScriptLog);
        Assert.True(told.RequestCharge > 0);
        Assert.NotNull(told.SessionToken);
    }

    private async Task<T> RunAsync<T>(string body, params dynamic[] arguments)
    {
        await _container.Scripts.CreateStoredProcedureAsync(new("it", body));
        return (await _container.Scripts.ExecuteStoredProcedureAsync<T>("it", Key, arguments)).Resource;
    }
}
