using System.Collections.Concurrent;
using System.Net;
using Microsoft.Azure.Cosmos;
using Microsoft.Azure.Cosmos.Scripts;

namespace Geode.Backplane.Tests.Sdk;

/// <summary>What the real client began before a split, it goes on with after it.</summary>
[Collection(SdkCollection.Name)]
public sealed class SplitTests(SdkServers servers) : IAsyncLifetime
{
    private const int Items = 60;

    private Container _container = null!;

    public async Task InitializeAsync()
    {
        _container = await servers.One.ContainerAsync(c =>
        {
            c.DefaultTimeToLive = -1;
            c.IndexingPolicy.CompositeIndexes.Add([new CompositePath { Path = "/text" }, new CompositePath { Path = "/number", Order = CompositePathSortOrder.Descending }]);
        });
        await _container.FillAsync(Items, keys: 20);
    }

    public Task DisposeAsync() => _container.DeleteContainerAsync();

    [Theory]
    [InlineData("SELECT * FROM c")]
    [InlineData("SELECT * FROM c WHERE c.number >= 10")]
    [InlineData("SELECT * FROM c ORDER BY c.number")]
    [InlineData("SELECT * FROM c ORDER BY c.number DESC")]
    [InlineData("SELECT * FROM c ORDER BY c.text, c.number DESC")]
    [InlineData("SELECT * FROM c ORDER BY c.number OFFSET 5 LIMIT 40")]
    public async Task A_query_goes_on_from_the_page_before_the_split(string text)
    {
        var expected = InOrder([.. (await _container.QueryAsync<Note>(text)).Select(n => n.Number)]);
        using var iterator = _container.GetItemQueryIterator<Note>(text, requestOptions: new() { MaxItemCount = 7 });
        var first = await iterator.ReadNextAsync();
        await SplitAsync(4);
        // By the iterator that was there, and by a new one from the continuation.
        var here = first.Select(n => n.Number).Concat((await iterator.AllAsync()).Select(n => n.Number)).ToArray();
        var there = first.Concat(await _container.GetItemQueryIterator<Note>(text, first.ContinuationToken, new() { MaxItemCount = 7 }).AllAsync()).Select(n => n.Number).ToArray();
        Assert.Equal(expected, InOrder(here));
        Assert.Equal(expected, InOrder(there));

        int[] InOrder(int[] numbers) => text.Contains("ORDER BY", StringComparison.Ordinal) ? numbers : [.. numbers.Order()];
    }

    [Theory]
    [InlineData("SELECT VALUE COUNT(1) FROM c")]
    [InlineData("SELECT VALUE SUM(c.number) FROM c")]
    [InlineData("SELECT VALUE MAX(c.number) FROM c")]
    public async Task Aggregates_are_the_same_after_a_split(string text)
    {
        var before = await _container.QueryAsync<int>(text);
        await SplitAsync(8);
        Assert.Equal(before, await _container.QueryAsync<int>(text));
    }

    [Fact]
    public async Task A_query_for_the_first_few_gets_as_many_and_none_twice()
    {
        using var iterator = _container.GetItemQueryIterator<Note>("SELECT TOP 50 * FROM c", requestOptions: new() { MaxItemCount = 7 });
        var first = await iterator.ReadNextAsync();
        await SplitAsync(4);
        Assert.Equal(50, first.Concat(await iterator.AllAsync()).Select(n => n.Number).Distinct().Count());
    }

    [Theory]
    [InlineData("SELECT DISTINCT VALUE c.text FROM c", 7)]
    [InlineData("SELECT DISTINCT VALUE c.text FROM c ORDER BY c.text", 7)]
    [InlineData("SELECT VALUE c.text FROM c GROUP BY c.text", 7)]
    public async Task Duplicates_that_a_split_parts_stay_out(string text, int values)
    {
        using var iterator = _container.GetItemQueryIterator<string>(text, requestOptions: new() { MaxItemCount = 3 });
        var first = await iterator.ReadNextAsync();
        await SplitAsync(4);
        Assert.Equal(Enumerable.Range(0, values).Select(i => $"text {i}"), first.Concat(await iterator.AllAsync()).Order());
    }

    [Fact]
    public async Task A_query_of_one_partition_key_goes_on()
    {
        using var iterator = _container.GetItemQueryIterator<Note>("SELECT * FROM c ORDER BY c.number", requestOptions: new() { MaxItemCount = 1, PartitionKey = new("k3") });
        var first = await iterator.ReadNextAsync();
        await SplitAsync(4);
        var rest = await _container.GetItemQueryIterator<Note>("SELECT * FROM c ORDER BY c.number", first.ContinuationToken, new() { MaxItemCount = 1, PartitionKey = new("k3") }).AllAsync();
        Assert.Equal([3, 23, 43], first.Concat(rest).Select(n => n.Number));
        Assert.Equal([23, 43], (await iterator.AllAsync()).Select(n => n.Number));
    }

    [Fact]
    public async Task A_read_feed_of_a_feed_range_from_before_has_each_item_once()
    {
        var range = Assert.Single(await _container.GetFeedRangesAsync());
        using var iterator = _container.GetItemQueryIterator<Note>(range, new QueryDefinition("SELECT * FROM c"), requestOptions: new() { MaxItemCount = 9 });
        var first = await iterator.ReadNextAsync();
        await SplitAsync(4);
        var rest = await _container.GetItemQueryIterator<Note>(range, new QueryDefinition("SELECT * FROM c"), first.ContinuationToken, new() { MaxItemCount = 9 }).AllAsync();
        Assert.Equal(Enumerable.Range(0, Items), first.Concat(rest).Select(n => n.Number).Order());
    }

    [Fact]
    public async Task A_feed_over_the_whole_container_has_each_item_once()
    {
        var path = $"dbs/tests/colls/{_container.Id}/docs";
        var found = new List<string>();
        string? continuation = null;
        var ranges = 1;
        do
        {
            (string, string)[] size = [("x-ms-max-item-count", "7")];
            using var page = await servers.One.SendAsync(HttpMethod.Get, path, null, continuation is null ? size : [.. size, ("x-ms-continuation", continuation)]);
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
            using var body = System.Text.Json.JsonDocument.Parse(await page.Content.ReadAsStringAsync());
            found.AddRange(body.RootElement.GetProperty("Documents").EnumerateArray().Select(d => d.GetProperty("id").GetString()!));
            continuation = page.Header("x-ms-continuation");
            if (ranges < 16)
                await SplitAsync(ranges *= 2);
        }
        while (continuation is not null);
        Assert.Equal(Enumerable.Range(0, Items).Select(i => $"n{i:000}"), found.Order());
    }

    [Fact]
    public async Task A_change_feed_goes_on_from_its_token_without_loss_or_repetition()
    {
        var range = Assert.Single(await _container.GetFeedRangesAsync());
        using var feed = _container.GetChangeFeedIterator<Note>(ChangeFeedStartFrom.Beginning(range), ChangeFeedMode.LatestVersion, new() { PageSizeHint = 10 });
        var first = await feed.ReadNextAsync();
        await SplitAsync(4);
        await _container.CreateItemAsync(new Note("late", "k7", 1000));
        var (rest, token) = await _container.DrainAsync<Note>(ChangeFeedStartFrom.ContinuationToken(first.ContinuationToken));
        Assert.Equal([.. Enumerable.Range(0, Items), 1000], first.Concat(rest).Select(n => n.Number).Order());
        await SplitAsync(8);
        await _container.CreateItemAsync(new Note("later", "k8", 1001));
        var (after, _) = await _container.DrainAsync<Note>(ChangeFeedStartFrom.ContinuationToken(token));
        Assert.Equal([1001], after.Select(n => n.Number));
        // The iterator itself had its token from before.
        var same = new List<Note>();
        for (FeedResponse<Note> page; (page = await feed.ReadNextAsync()).StatusCode != HttpStatusCode.NotModified;)
            same.AddRange(page);
        Assert.Equal([.. Enumerable.Range(0, Items), 1000, 1001], first.Concat(same).Select(n => n.Number).Order());
    }

    [Fact]
    public async Task The_feed_of_all_versions_goes_on_from_its_token()
    {
        var (_, token) = await _container.DrainAsync<ChangeFeedItem<Note>>(ChangeFeedStartFrom.Now(), ChangeFeedMode.AllVersionsAndDeletes);
        await _container.ReplaceItemAsync(new Note("n003", "k3", 100), "n003");
        await _container.DeleteItemAsync<Note>("n004", new("k4"));
        await SplitAsync(4);
        await _container.DeleteItemAsync<Note>("n003", new("k3"));
        var (changes, _) = await _container.DrainAsync<ChangeFeedItem<Note>>(ChangeFeedStartFrom.ContinuationToken(token), ChangeFeedMode.AllVersionsAndDeletes);
        Assert.Equal(
            ["Delete n003 100", "Delete n004 4", "Replace n003 100"],
            changes.Select(c => $"{c.Metadata.OperationType} {c.Metadata.Id ?? c.Current.Id} {(c.Previous ?? c.Current).Number}").Order());
    }

    [Fact]
    public async Task A_processor_goes_on_with_the_leases_of_the_parent()
    {
        var leases = await servers.One.ContainerAsync(partitionKey: "/id");
        var seen = new ConcurrentDictionary<string, int>();
        var news = new SemaphoreSlim(0);
        var processor = _container.GetChangeFeedProcessorBuilder<Note>("work", (changes, _) =>
            {
                foreach (var change in changes)
                    seen.AddOrUpdate(change.Id, 1, (_, n) => n + 1);
                news.Release();
                return Task.CompletedTask;
            })
            .WithInstanceName("one")
            .WithLeaseContainer(leases)
            .WithPollInterval(TimeSpan.FromMilliseconds(50))
            .WithStartTime(DateTime.MinValue.ToUniversalTime())
            .Build();
        await processor.StartAsync();
        await UntilAsync(Items);
        await SplitAsync(2);
        for (var i = 0; i < 20; i++)
            await _container.CreateItemAsync(new Note($"late{i}", $"k{i}", 1000 + i));
        await UntilAsync(Items + 20);
        await processor.StopAsync();
        Assert.All(seen, item => Assert.True(item.Value == 1, $"{item.Key} came {item.Value} times"));
        var tokens = await leases.QueryAsync<string>("SELECT VALUE c.LeaseToken FROM c WHERE IS_DEFINED(c.LeaseToken)");
        Assert.Equal(["1", "2"], tokens.Order());
        await leases.DeleteContainerAsync();

        async Task UntilAsync(int count)
        {
            while (seen.Count < count)
                Assert.True(await news.WaitAsync(TimeSpan.FromMinutes(5)), $"{seen.Count} of {count} changes came");
        }
    }

    [Fact]
    public async Task A_session_from_before_the_split_reads_what_it_wrote()
    {
        var written = await _container.ReplaceItemAsync(new Note("n005", "k5", 500), "n005");
        await SplitAsync(4);
        Assert.StartsWith("0:", written.Headers.Session, StringComparison.Ordinal);
        var read = await _container.ReadItemAsync<Note>("n005", new("k5"), new() { SessionToken = written.Headers.Session });
        Assert.Equal(500, read.Resource.Number);
        Assert.DoesNotMatch("^0:", read.Headers.Session);
        Assert.Equal(501, (await _container.ReplaceItemAsync(new Note("n005", "k5", 501), "n005")).Resource.Number);
        Assert.Equal(501, (await _container.ReadItemAsync<Note>("n005", new("k5"))).Resource.Number);
    }

    [Fact]
    public async Task Batches_scripts_and_deletion_by_key_do_not_notice()
    {
        await _container.Scripts.CreateStoredProcedureAsync(new StoredProcedureProperties("count", "function() { const c = getContext(); c.getCollection().queryDocuments(c.getCollection().getSelfLink(), 'SELECT * FROM c', (e, d) => c.getResponse().setBody(d.length)); }"));
        await SplitAsync(4);
        using var batch = await _container.CreateTransactionalBatch(new("k3")).CreateItem(new Note("b1", "k3")).CreateItem(new Note("b2", "k3")).ExecuteAsync();
        Assert.True(batch.IsSuccessStatusCode);
        Assert.Equal(5, (await _container.Scripts.ExecuteStoredProcedureAsync<int>("count", new("k3"), [])).Resource);
        using var deleted = await SdkReflection.DeleteAllItemsAsync(_container, new("k3"));
        Assert.Equal(HttpStatusCode.OK, deleted.StatusCode);
        Assert.Equal([Items - 3], await _container.QueryAsync<int>("SELECT VALUE COUNT(1) FROM c"));
    }

    [Fact]
    public async Task Read_many_finds_items_of_every_half()
    {
        await _container.ReadManyItemsAsync<Note>([("n001", new("k1")), ("n002", new("k2"))]);
        await SplitAsync(8);
        var many = await _container.ReadManyItemsAsync<Note>([.. Enumerable.Range(0, Items).Select(i => ($"n{i:000}", new PartitionKey($"k{i % 20}")))]);
        Assert.Equal(Enumerable.Range(0, Items), many.Select(n => n.Number).Order());
    }

    [Fact]
    public async Task A_range_that_grows_too_large_is_split_by_itself()
    {
        await using var server = await SdkServer.StartAsync("--range-bytes", "8192");
        var container = await server.ContainerAsync();
        await container.FillAsync(100, keys: 50);
        while ((await RangesAsync()) < 4)
            await Task.Delay(50);
        Assert.Equal(Enumerable.Range(0, 100), (await container.QueryAsync<int>("SELECT VALUE c.number FROM c")).Order());

        async Task<int> RangesAsync()
        {
            using var answer = await server.SendAsync(HttpMethod.Get, $"dbs/tests/colls/{container.Id}/pkranges");
            return int.Parse(answer.Header("x-ms-item-count")!, System.Globalization.CultureInfo.InvariantCulture);
        }
    }

    [Theory]
    [InlineData("4095")]
    [InlineData("much")]
    [InlineData("53687091201")]
    public async Task What_a_range_may_hold_is_checked(string bytes) => Assert.Contains(
        $"--range-bytes: '{bytes}' is not a number from 4096 to 53687091200", (await Assert.ThrowsAsync<Topology.PlanetException>(() => SdkServer.StartAsync("--range-bytes", bytes))).Message, StringComparison.Ordinal);

    private Task SplitAsync(int ranges) => _container.ReplaceThroughputAsync(ranges * 10_000);
}
