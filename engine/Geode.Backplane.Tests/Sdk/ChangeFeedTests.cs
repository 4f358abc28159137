using System.Net;
using Microsoft.Azure.Cosmos;

namespace Geode.Backplane.Tests.Sdk;

[Collection(SdkCollection.Name)]
public sealed class ChangeFeedTests(SdkServers servers) : IAsyncLifetime
{
    private Container _container = null!;

    public async Task InitializeAsync()
    {
        _container = await servers.Three.ContainerAsync();
        await _container.FillAsync(30, keys: 9);
    }

    public Task DisposeAsync() => _container.DeleteContainerAsync();

    [Fact]
    public async Task From_the_beginning_every_item_comes_once()
    {
        var (changes, _) = await DrainAsync<Note>(ChangeFeedStartFrom.Beginning());
        Assert.Equal(30, changes.Select(c => c.Id).Distinct().Count());
        Assert.Equal(30, changes.Count);
    }

    [Fact]
    public async Task Only_the_latest_version_of_an_item_comes()
    {
        await _container.UpsertItemAsync(new Note("n005", "k5", 99));
        var (changes, _) = await DrainAsync<Note>(ChangeFeedStartFrom.Beginning());
        Assert.Equal(99, Assert.Single(changes, c => c.Id == "n005").Number);
    }

    [Fact]
    public async Task From_now_only_what_follows_comes()
    {
        var (before, token) = await DrainAsync<Note>(ChangeFeedStartFrom.Now());
        Assert.Empty(before);
        await _container.CreateItemAsync(new Note("new", "k1"));
        var (after, _) = await DrainAsync<Note>(ChangeFeedStartFrom.ContinuationToken(token));
        Assert.Equal(["new"], after.Select(c => c.Id));
    }

    [Fact]
    public async Task From_a_token_the_feed_goes_on()
    {
        var (_, token) = await DrainAsync<Note>(ChangeFeedStartFrom.Beginning());
        await _container.UpsertItemAsync(new Note("n001", "k1", 7));
        await _container.DeleteItemAsync<Note>("n002", new PartitionKey("k2"));
        await _container.CreateItemAsync(new Note("new", "k8"));
        var (changes, _) = await DrainAsync<Note>(ChangeFeedStartFrom.ContinuationToken(token));
        Assert.Equal(["n001", "new"], changes.Select(c => c.Id).Order());
    }

    [Fact]
    public async Task From_a_time_before_all_everything_comes()
    {
        var (changes, _) = await DrainAsync<Note>(ChangeFeedStartFrom.Time(DateTime.UtcNow.AddHours(-1)));
        Assert.Equal(30, changes.Count);
    }

    [Fact]
    public async Task A_time_is_exclusive()
    {
        var container = await servers.Three.ContainerAsync();
        var made = await container.CreateItemAsync(System.Text.Json.JsonSerializer.SerializeToElement(new { id = "a", pk = "p" }), new PartitionKey("p"));
        var written = DateTimeOffset.FromUnixTimeSeconds(made.Resource.GetProperty("_ts").GetInt64()).UtcDateTime;
        Assert.Empty((await container.DrainAsync<Note>(ChangeFeedStartFrom.Time(written))).Changes);
        Assert.Single((await container.DrainAsync<Note>(ChangeFeedStartFrom.Time(written.AddSeconds(-1)))).Changes);
        await container.DeleteContainerAsync();
    }

    [Fact]
    public async Task From_a_time_to_come_nothing_comes()
    {
        var (changes, _) = await DrainAsync<Note>(ChangeFeedStartFrom.Time(DateTime.UtcNow.AddHours(1)));
        Assert.Empty(changes);
    }

    [Fact]
    public async Task Feed_ranges_share_out_the_feed()
    {
        var ranges = await _container.GetFeedRangesAsync();
        Assert.Equal(3, ranges.Count);
        var seen = new List<string>();
        foreach (var range in ranges)
            seen.AddRange((await DrainAsync<Note>(ChangeFeedStartFrom.Beginning(range))).Changes.Select(c => c.Id));
        Assert.Equal(30, seen.Count);
        Assert.Equal(30, seen.Distinct().Count());
    }

    [Fact]
    public async Task A_partition_key_is_a_feed_range()
    {
        var (changes, _) = await DrainAsync<Note>(ChangeFeedStartFrom.Beginning(FeedRange.FromPartitionKey(new PartitionKey("k3"))));
        Assert.Equal(3, changes.Count);
        Assert.All(changes, c => Assert.Equal("k3", c.Pk));
    }

    [Fact]
    public async Task Pages_are_as_large_as_asked_for()
    {
        using var feed = _container.GetChangeFeedIterator<Note>(ChangeFeedStartFrom.Beginning(), ChangeFeedMode.LatestVersion, new ChangeFeedRequestOptions { PageSizeHint = 2 });
        Assert.Equal(2, (await feed.ReadNextAsync()).Count);
    }

    [Fact]
    public async Task A_processor_handles_every_change_and_another_takes_over()
    {
        var leases = await servers.One.ContainerAsync(null, "/id");
        var seen = new System.Collections.Concurrent.ConcurrentDictionary<string, int>();
        async Task RunUntilAsync(string instance, int count)
        {
            using var done = new SemaphoreSlim(0);
            var processor = _container.GetChangeFeedProcessorBuilder<Note>("work", (changes, _) =>
                {
                    foreach (var change in changes)
                        seen.AddOrUpdate(change.Id, 1, (_, n) => n + 1);
                    if (seen.Count >= count)
                        done.Release();
                    return Task.CompletedTask;
                })
                .WithInstanceName(instance)
                .WithLeaseContainer(leases)
                .WithPollInterval(TimeSpan.FromMilliseconds(50))
                .WithStartTime(DateTime.UtcNow.AddDays(-1))
                .Build();
            await processor.StartAsync();
            Assert.True(await done.WaitAsync(TimeSpan.FromMinutes(5)), $"{seen.Count} of {count} changes came to {instance}.");
            await processor.StopAsync();
        }

        await RunUntilAsync("first", 30);
        await _container.CreateItemAsync(new Note("late", "k2"));
        await RunUntilAsync("second", 31);
        Assert.Equal(3, (await leases.QueryAsync<string>("SELECT VALUE c.id FROM c WHERE STARTSWITH(c.id, '') AND IS_DEFINED(c.ContinuationToken)")).Count);
    }

    private Task<(List<T> Changes, string Token)> DrainAsync<T>(ChangeFeedStartFrom from) => _container.DrainAsync<T>(from);
}
