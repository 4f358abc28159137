using System.Net;
using Geode.Backplane.Protocol.Codecs;
using Microsoft.Azure.Cosmos;

namespace Geode.Backplane.Tests.Sdk;

[Collection(SdkCollection.Name)]
public sealed class BatchTests(SdkServers servers) : IAsyncLifetime
{
    private static readonly PartitionKey Key = new("p");
    private Container _container = null!;

    public async Task InitializeAsync()
    {
        _container = await servers.Three.ContainerAsync();
        await _container.CreateItemAsync(new Note("old", "p", 1, "hello"));
    }

    public Task DisposeAsync() => _container.DeleteContainerAsync();

    [Fact]
    public async Task Every_kind_of_operation_works()
    {
        await _container.CreateItemAsync(new Note("doomed", "p"));
        using var response = await _container.CreateTransactionalBatch(Key)
            .CreateItem(new Note("new", "p", 2))
            .ReadItem("new")
            .ReplaceItem("old", new Note("old", "p", 3))
            .UpsertItem(new Note("up", "p", 4))
            .PatchItem("up", [PatchOperation.Increment("/number", 1)])
            .DeleteItem("doomed")
            .ExecuteAsync();
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(
            [HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.NoContent],
            response.Select(r => r.StatusCode));
        Assert.Equal(2, response.GetOperationResultAtIndex<Note>(1).Resource.Number);
        Assert.Equal(5, response.GetOperationResultAtIndex<Note>(4).Resource.Number);
        Assert.True(response.RequestCharge > 5);
        Assert.Equal(3, (await _container.ReadItemAsync<Note>("old", Key)).Resource.Number);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_read_of_the_version_that_is_known_is_304_and_makes_the_batch_207(bool ifMatch)
    {
        var etag = (await _container.ReadItemAsync<Note>("old", Key)).ETag;
        var known = ifMatch ? new TransactionalBatchItemRequestOptions { IfMatchEtag = etag } : new TransactionalBatchItemRequestOptions { IfNoneMatchEtag = etag };
        using var response = await _container.CreateTransactionalBatch(Key).ReadItem("old").ReadItem("old", known).ExecuteAsync();
        Assert.Equal(HttpStatusCode.MultiStatus, response.StatusCode);
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.NotModified], response.Select(r => r.StatusCode));
    }

    [Fact]
    public async Task A_batch_that_reads_keeps_to_its_session()
    {
        var seen = (await _container.ReadItemAsync<Note>("old", Key)).Headers.Session.Split(':');
        var token = SessionToken.Parse(seen[1]);
        var ahead = new SessionToken(token.Version, token.GlobalLsn, [.. token.Regions.ToArray().Select(r => r with { LocalLsn = r.LocalLsn + 1000 })]);
        using var response = await _container.CreateTransactionalBatch(Key)
            .UpsertItem(new Note("old", "p", 9))
            .ReadItem("old")
            .ExecuteAsync(new TransactionalBatchRequestOptions { SessionToken = $"{seen[0]}:{ahead}" });
        Assert.Equal((HttpStatusCode.NotFound, "1002"), (response.StatusCode, response.Headers["x-ms-substatus"]));
        Assert.Equal(1, (await _container.ReadItemAsync<Note>("old", Key)).Resource.Number);
    }

    [Fact]
    public async Task One_failure_undoes_all()
    {
        using var response = await _container.CreateTransactionalBatch(Key)
            .CreateItem(new Note("new", "p"))
            .CreateItem(new Note("old", "p"))
            .UpsertItem(new Note("up", "p"))
            .ExecuteAsync();
        Assert.False(response.IsSuccessStatusCode);
        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Equal([HttpStatusCode.FailedDependency, HttpStatusCode.Conflict, HttpStatusCode.FailedDependency], response.Select(r => r.StatusCode));
        await _container.ReadItemAsync<Note>("new", Key).FailsAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Etags_are_checked_and_returned()
    {
        var read = await _container.ReadItemAsync<Note>("old", Key);
        using (var stale = await _container.CreateTransactionalBatch(Key)
            .ReplaceItem("old", new Note("old", "p", 9), new TransactionalBatchItemRequestOptions { IfMatchEtag = "\"00000000-0000-0000-0000-000000000000\"" })
            .ExecuteAsync())
        {
            Assert.Equal(HttpStatusCode.PreconditionFailed, stale.StatusCode);
        }

        using var fresh = await _container.CreateTransactionalBatch(Key)
            .ReplaceItem("old", new Note("old", "p", 9), new TransactionalBatchItemRequestOptions { IfMatchEtag = read.ETag })
            .CreateItem(new Note("other", "p"))
            .ExecuteAsync();
        Assert.True(fresh.IsSuccessStatusCode);
        Assert.Equal(fresh[0].ETag, (await _container.ReadItemAsync<Note>("old", Key)).ETag);
        Assert.Equal(fresh[1].ETag, (await _container.ReadItemAsync<Note>("other", Key)).ETag);
        Assert.NotEqual(fresh[0].ETag, fresh[1].ETag);
    }

    [Fact]
    public async Task An_item_of_another_partition_is_refused()
    {
        using var response = await _container.CreateTransactionalBatch(Key)
            .CreateItem(new Note("new", "p"))
            .CreateItem(new Note("elsewhere", "q"))
            .ExecuteAsync();
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        await _container.ReadItemAsync<Note>("new", Key).FailsAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_hundred_operations_are_taken_and_more_refused()
    {
        var batch = _container.CreateTransactionalBatch(Key);
        for (var i = 0; i < 100; i++)
            batch.CreateItem(new Note($"n{i}", "p"));
        using var taken = await batch.ExecuteAsync();
        Assert.True(taken.IsSuccessStatusCode);
        Assert.Equal(100, taken.Count);

        var larger = _container.CreateTransactionalBatch(Key);
        for (var i = 0; i < 101; i++)
            larger.UpsertItem(new Note($"n{i}", "p"));
        using var refused = await larger.ExecuteAsync();
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Fact]
    public async Task More_than_two_megabytes_are_refused()
    {
        var text = new string('x', 1_100_000);
        using var response = await _container.CreateTransactionalBatch(Key)
            .CreateItem(new Note("big1", "p", 0, text))
            .CreateItem(new Note("big2", "p", 0, text))
            .ExecuteAsync();
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        await _container.ReadItemAsync<Note>("big1", Key).FailsAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_batch_reads_at_most_four_megabytes()
    {
        await _container.CreateItemAsync(new Note("big", "p", 0, new string('x', 1_500_000)));
        var few = _container.CreateTransactionalBatch(Key).ReadItem("big").ReadItem("big");
        using (var answer = await few.ExecuteAsync())
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using var refused = await _container.CreateTransactionalBatch(Key).CreateItem(new Note("new", "p")).ReadItem("big").ReadItem("big").ReadItem("big").ExecuteAsync();
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
        Assert.Equal(
            [HttpStatusCode.FailedDependency, HttpStatusCode.FailedDependency, HttpStatusCode.FailedDependency, HttpStatusCode.RequestEntityTooLarge], refused.Select(r => r.StatusCode));
        await _container.ReadItemAsync<Note>("new", Key).FailsAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_answer_may_leave_out_items()
    {
        using var response = await _container.CreateTransactionalBatch(Key)
            .CreateItem(new Note("new", "p"), new TransactionalBatchItemRequestOptions { EnableContentResponseOnWrite = false })
            .ExecuteAsync();
        Assert.Equal(HttpStatusCode.Created, response[0].StatusCode);
        Assert.Null(response[0].ResourceStream);
    }

    [Fact]
    public async Task A_batch_is_one_change_of_each_item_in_the_feed()
    {
        using var response = await _container.CreateTransactionalBatch(Key)
            .CreateItem(new Note("new", "p", 1))
            .ReplaceItem("new", new Note("new", "p", 2))
            .ExecuteAsync();
        Assert.True(response.IsSuccessStatusCode);
        var changes = await ChangesAsync();
        Assert.Equal(2, Assert.Single(changes, c => c.Id == "new").Number);
    }

    [Fact]
    public async Task Bulk_writes_many_partitions()
    {
        using var client = servers.Three.NewClient(o => o.AllowBulkExecution = true);
        var container = client.GetContainer(_container.Database.Id, _container.Id);
        var made = await Task.WhenAll(Enumerable.Range(0, 500).Select(i => container.CreateItemAsync(new Note($"b{i}", $"k{i % 50}", i), new PartitionKey($"k{i % 50}"))));
        Assert.All(made, m => Assert.Equal(HttpStatusCode.Created, m.StatusCode));
        Assert.Equal([500], await _container.QueryAsync<int>("SELECT VALUE COUNT(1) FROM c WHERE STARTSWITH(c.id, 'b')"));
    }

    [Fact]
    public async Task Bulk_operations_fail_one_by_one()
    {
        using var client = servers.Three.NewClient(o => o.AllowBulkExecution = true);
        var container = client.GetContainer(_container.Database.Id, _container.Id);
        var fine = container.CreateItemAsync(new Note("fine", "p"), Key);
        var duplicate = container.CreateItemAsync(new Note("old", "p"), Key);
        var missing = container.ReadItemAsync<Note>("missing", Key);
        var patched = container.PatchItemAsync<Note>("old", Key, [PatchOperation.Set("/text", "bulk")]);
        Assert.Equal(HttpStatusCode.Created, (await fine).StatusCode);
        await duplicate.FailsAsync(HttpStatusCode.Conflict);
        await missing.FailsAsync(HttpStatusCode.NotFound);
        Assert.Equal("bulk", (await patched).Resource.Text);
    }

    [Fact]
    public async Task Bulk_deletes_and_replaces()
    {
        await _container.CreateItemAsync(new Note("doomed", "q"));
        using var client = servers.Three.NewClient(o => o.AllowBulkExecution = true);
        var container = client.GetContainer(_container.Database.Id, _container.Id);
        var deleted = container.DeleteItemAsync<Note>("doomed", new PartitionKey("q"));
        var replaced = container.ReplaceItemAsync(new Note("old", "p", 7), "old", Key);
        Assert.Equal(HttpStatusCode.NoContent, (await deleted).StatusCode);
        Assert.Equal(7, (await replaced).Resource.Number);
    }

    private async Task<List<Note>> ChangesAsync()
    {
        var changes = new List<Note>();
        using var feed = _container.GetChangeFeedIterator<Note>(ChangeFeedStartFrom.Beginning(), ChangeFeedMode.LatestVersion);
        while (feed.HasMoreResults)
        {
            var page = await feed.ReadNextAsync();
            if (page.StatusCode == HttpStatusCode.NotModified)
                break;
            changes.AddRange(page);
        }

        return changes;
    }
}
