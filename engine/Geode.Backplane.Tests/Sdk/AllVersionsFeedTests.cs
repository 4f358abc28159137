using System.Net;
using Microsoft.Azure.Cosmos;

namespace Geode.Backplane.Tests.Sdk;

/// <summary>The change feed of all versions and deletes.</summary>
[Collection(SdkCollection.Name)]
public sealed class AllVersionsFeedTests(SdkServers servers) : IAsyncLifetime
{
    private Container _container = null!;

    public async Task InitializeAsync()
    {
        _container = await servers.Three.ContainerAsync();
        await _container.FillAsync(9, keys: 9);
    }

    public Task DisposeAsync() => _container.DeleteContainerAsync();

    [Fact]
    public async Task All_versions_and_deletes_come_with_what_happened()
    {
        var (_, token) = await DrainAsync(ChangeFeedStartFrom.Now());
        await _container.CreateItemAsync(new Note("x", "k1", 1));
        await _container.ReplaceItemAsync(new Note("x", "k1", 2), "x");
        await _container.PatchItemAsync<Note>("x", new PartitionKey("k1"), [PatchOperation.Set("/number", 3)]);
        await _container.DeleteItemAsync<Note>("x", new PartitionKey("k1"));
        var (changes, _) = await DrainAsync(ChangeFeedStartFrom.ContinuationToken(token));
        Assert.Equal(
            [ChangeFeedOperationType.Create, ChangeFeedOperationType.Replace, ChangeFeedOperationType.Replace, ChangeFeedOperationType.Delete],
            changes.Select(c => c.Metadata.OperationType));
        Assert.Equal([1, 2, 3], changes.Take(3).Select(c => c.Current.Number));
        Assert.All(changes.SkipLast(1), c => Assert.Null(c.Previous));
        Assert.Equal(3, changes[3].Previous.Number);
        Assert.Equal([0, .. changes.SkipLast(1).Select(c => c.Metadata.Lsn)], changes.Select(c => c.Metadata.PreviousLsn));
        var deletion = changes[3].Metadata;
        Assert.Equal("x", deletion.Id);
        Assert.Equal("k1", deletion.PartitionKey["pk"].ToString());
        Assert.False(deletion.IsTimeToLiveExpired);
        Assert.True(changes.Select(c => c.Metadata.Lsn).SequenceEqual(changes.Select(c => c.Metadata.Lsn).Order()));
        Assert.InRange(deletion.ConflictResolutionTimestamp, DateTime.UtcNow.AddMinutes(-5), DateTime.UtcNow.AddMinutes(5));
    }

    [Fact]
    public async Task Two_writes_to_one_item_in_a_batch_are_two_changes()
    {
        var (_, token) = await DrainAsync(ChangeFeedStartFrom.Now());
        using var batch = await _container.CreateTransactionalBatch(new PartitionKey("k1"))
            .CreateItem(new Note("x", "k1", 1))
            .ReplaceItem("x", new Note("x", "k1", 2))
            .CreateItem(new Note("y", "k1", 3))
            .DeleteItem("y")
            .DeleteItem("n001")
            .CreateItem(new Note("n001", "k1", 4))
            .ExecuteAsync();
        Assert.True(batch.IsSuccessStatusCode);
        var (changes, next) = await DrainAsync(ChangeFeedStartFrom.ContinuationToken(token));
        Assert.Equal(
            ["Create x 1", "Replace x 2", "Create y 3", "Delete y 3", "Delete n001 1", "Create n001 4"],
            changes.Select(c => $"{c.Metadata.OperationType} {c.Metadata.Id ?? c.Current.Id} {(c.Previous ?? c.Current).Number}"));
        Assert.Empty((await DrainAsync(ChangeFeedStartFrom.ContinuationToken(next))).Changes);

        var latest = (await _container.DrainAsync<Note>(ChangeFeedStartFrom.Beginning())).Changes;
        Assert.Equal([2, 4], latest.Where(c => c.Id is "x" or "y" or "n001").Select(c => c.Number));
        Assert.Equal([2, 4], (await _container.QueryAsync<int>("SELECT VALUE c.number FROM c WHERE c.id IN ('x', 'y', 'n001') ORDER BY c.number")));
    }

    [Fact]
    public async Task All_versions_cannot_be_had_from_the_beginning()
    {
        using var feed = _container.GetChangeFeedIterator<ChangeFeedItem<Note>>(ChangeFeedStartFrom.Beginning(), ChangeFeedMode.AllVersionsAndDeletes);
        await feed.ReadNextAsync().FailsAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task An_expiry_comes_as_a_deletion()
    {
        var container = await servers.Three.ContainerAsync(c => c.DefaultTimeToLive = 1);
        using var feed = container.GetChangeFeedIterator<ChangeFeedItem<Note>>(ChangeFeedStartFrom.Now(), ChangeFeedMode.AllVersionsAndDeletes);
        while ((await feed.ReadNextAsync()).StatusCode != HttpStatusCode.NotModified)
        {
        }

        await container.CreateItemAsync(new Note("short", "k1"));
        var changes = new List<ChangeFeedItem<Note>>();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        while (changes.Count < 2)
        {
            var page = await feed.ReadNextAsync(patience.Token);
            if (page.StatusCode != HttpStatusCode.NotModified)
                changes.AddRange(page);
        }

        Assert.Equal([ChangeFeedOperationType.Create, ChangeFeedOperationType.Delete], changes.Select(c => c.Metadata.OperationType));
        Assert.True(changes[1].Metadata.IsTimeToLiveExpired);
        Assert.Equal("short", changes[1].Metadata.Id);
        Assert.Equal("k1", changes[1].Metadata.PartitionKey["pk"].ToString());
        Assert.Equal(changes[0].Metadata.Lsn, changes[1].Metadata.PreviousLsn);
        Assert.Null(changes[1].Previous);
        await container.ReadItemAsync<Note>("short", new PartitionKey("k1")).FailsAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_processor_of_all_versions_gets_an_expiry_without_the_item()
    {
        var leases = await servers.One.ContainerAsync(null, "/id");
        var container = await servers.One.ContainerAsync(c => c.DefaultTimeToLive = 1);
        var expired = new TaskCompletionSource<ChangeFeedItem<Note>>();
        var processor = container.GetChangeFeedProcessorBuilderWithAllVersionsAndDeletes<Note>("work", (_, changes, _) =>
            {
                if (changes.FirstOrDefault(c => c.Metadata.OperationType == ChangeFeedOperationType.Delete) is { } deletion)
                    expired.TrySetResult(deletion);
                return Task.CompletedTask;
            })
            .WithInstanceName("one")
            .WithLeaseContainer(leases)
            .WithPollInterval(TimeSpan.FromMilliseconds(50))
            .Build();
        await processor.StartAsync();
        // The processor's feed starts at a moment of its own: writes go on until one of them is in it.
        while (!expired.Task.IsCompleted)
        {
            await container.UpsertItemAsync(new Note("short", "k1"));
            await Task.WhenAny(expired.Task, Task.Delay(TimeSpan.FromSeconds(4)));
        }

        await processor.StopAsync();
        Assert.True((await expired.Task).Metadata.IsTimeToLiveExpired);
        Assert.Null((await expired.Task).Previous);
    }

    private Task<(List<ChangeFeedItem<Note>> Changes, string Token)> DrainAsync(ChangeFeedStartFrom from) =>
        _container.DrainAsync<ChangeFeedItem<Note>>(from, ChangeFeedMode.AllVersionsAndDeletes);
}
