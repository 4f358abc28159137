using System.Collections.Concurrent;
using System.Net;
using Microsoft.Azure.Cosmos;

namespace Geode.Backplane.Tests.Sdk;

/// <summary>Ranges split again and again while clients do everything they can: no operation fails, none is lost and none counts twice.</summary>
[Collection(SdkCollection.Name)]
public sealed class SplitUnderLoadTests(SdkServers servers)
{
    private const int Keys = 40;
    private const int Rounds = 30;

    private readonly ConcurrentDictionary<string, int> _written = new();
    private int _next;

    [Fact]
    public async Task Clients_go_on_while_ranges_split()
    {
        var made = await servers.One.ContainerAsync(c => c.UniqueKeyPolicy = new() { UniqueKeys = { new() { Paths = { "/number" } } } });
        // One that sends what it has in bulk, and one that does not.
        using var plain = servers.One.NewClient();
        using var bulk = servers.One.NewClient(o => o.AllowBulkExecution = true);
        var container = plain.GetContainer("tests", made.Id);
        var stop = new CancellationTokenSource();
        var follower = FollowAsync(servers.One.Client.GetContainer("tests", made.Id), stop.Token);
        Task[] work =
        [
            SplitAsync(container),
            .. Enumerable.Range(0, 3).Select(_ => RepeatAsync(() => PointAsync(container))),
            RepeatAsync(() => BatchAsync(container)),
            RepeatAsync(() => BulkAsync(bulk.GetContainer("tests", made.Id))),
            RepeatAsync(() => QueryAsync(container)),
            RepeatAsync(() => FeedAsync(container)),
        ];
        await Task.WhenAll(work);
        Assert.Equal(32, (await container.GetFeedRangesAsync()).Count);
        var items = await made.QueryAsync<Note>("SELECT * FROM c");
        Assert.Equal(_written.OrderBy(w => w.Key), items.Select(n => KeyValuePair.Create(n.Id, n.Number)).OrderBy(w => w.Key));
        await stop.CancelAsync();
        // Changes of one item may come as one, but the last of each must have come, and in no feed an older after a newer.
        var seen = await follower;
        Assert.Equal(_written.OrderBy(w => w.Key), seen.OrderBy(w => w.Key));
        await made.DeleteContainerAsync();
    }

    private static async Task RepeatAsync(Func<Task> once)
    {
        for (var i = 0; i < Rounds; i++)
            await once();
    }

    // As the work goes on, so that each split meets some of it.
    private async Task SplitAsync(Container container)
    {
        for (var ranges = 2; ranges <= 32; ranges++)
        {
            while (_written.Count < ranges * 30)
                await Task.Delay(1);
            Assert.Equal(HttpStatusCode.OK, (await container.ReplaceThroughputAsync(ranges * 10_000)).StatusCode);
        }
    }

    private Note New()
    {
        var number = Interlocked.Increment(ref _next);
        return new Note($"i{number}", $"k{number % Keys}", number);
    }

    private void Wrote(Note note) => Assert.True(_written.TryAdd(note.Id, note.Number), $"{note.Id} was made twice");

    private async Task PointAsync(Container container)
    {
        var note = New();
        Assert.Equal(HttpStatusCode.Created, (await container.CreateItemAsync(note, note.Key)).StatusCode);
        Assert.Equal(note.Number, (await container.ReadItemAsync<Note>(note.Id, note.Key)).Resource.Number);
        var changed = note with { Number = -note.Number };
        Assert.Equal(changed.Number, (await container.ReplaceItemAsync(changed, note.Id, note.Key)).Resource.Number);
        Assert.Equal("t", (await container.PatchItemAsync<Note>(note.Id, note.Key, [PatchOperation.Set("/text", "t")])).Resource.Text);
        Assert.Equal([changed.Number], (await container.QueryAsync<int>($"SELECT VALUE c.number FROM c WHERE c.id = '{note.Id}'", new() { PartitionKey = note.Key })));
        await container.CreateItemAsync(note with { Number = 0 }, note.Key).FailsAsync(HttpStatusCode.Conflict);
        Wrote(changed);
        var gone = New();
        await container.UpsertItemAsync(gone, gone.Key);
        await container.DeleteItemAsync<Note>(gone.Id, gone.Key);
        await container.ReadItemAsync<Note>(gone.Id, gone.Key).FailsAsync(HttpStatusCode.NotFound);
    }

    private async Task BatchAsync(Container container)
    {
        var first = New();
        var second = New() with { Pk = first.Pk };
        using var answer = await container.CreateTransactionalBatch(first.Key).CreateItem(first).CreateItem(second).ReadItem(first.Id).ExecuteAsync();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Wrote(first);
        Wrote(second);
    }

    private async Task BulkAsync(Container container)
    {
        Note[] notes = [.. Enumerable.Range(0, 30).Select(_ => New())];
        var answers = await Task.WhenAll(notes.Select(n => container.CreateItemAsync(n, n.Key)));
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Created, a.StatusCode));
        Array.ForEach(notes, Wrote);
    }

    // What was acknowledged before a query began is in its result, once.
    private async Task QueryAsync(Container container)
    {
        var known = _written.Keys.ToArray();
        var found = await container.QueryAsync<string>("SELECT VALUE c.id FROM c ORDER BY c.id", new() { MaxItemCount = 50, MaxConcurrency = 4 });
        Assert.Equal(found.Count, found.Distinct().Count());
        Assert.Empty(known.Except(found));
    }

    private async Task FeedAsync(Container container)
    {
        var known = _written.Keys.ToArray();
        var found = await container.GetItemQueryIterator<Note>(requestOptions: new() { MaxItemCount = 50 }).AllAsync();
        Assert.Equal(found.Count, found.Select(n => n.Id).Distinct().Count());
        Assert.Empty(known.Except(found.Select(n => n.Id)));
    }

    /// <summary>Reads changes until it is told to stop, and then to the end; returns the latest number of each item that was not deleted.</summary>
    private static async Task<Dictionary<string, int>> FollowAsync(Container container, CancellationToken stop)
    {
        var seen = new Dictionary<string, (int Number, string ETag)>();
        var gone = new HashSet<string>();
        string? token = null;
        while (true)
        {
            var isLast = stop.IsCancellationRequested;
            var (changes, next) = await container.DrainAsync<Note>(token is null ? ChangeFeedStartFrom.Beginning() : ChangeFeedStartFrom.ContinuationToken(token));
            token = next;
            foreach (var change in changes)
            {
                Assert.False(seen.TryGetValue(change.Id, out var before) && before.ETag == change.ETag, $"{change.Id} came twice");
                seen[change.Id] = (change.Number, change.ETag!);
            }

            if (!isLast)
                continue;
            foreach (var id in seen.Keys.Except(await container.QueryAsync<string>("SELECT VALUE c.id FROM c")))
                gone.Add(id);
            return seen.Where(s => !gone.Contains(s.Key)).ToDictionary(s => s.Key, s => s.Value.Number);
        }
    }
}
