using System.Collections.Concurrent;
using System.Text.Json;
using Geode.Service.Feeds;
using Geode.Service.Hosting;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Logging.Abstractions;

namespace Geode.Service.Tests.Feeds;

[Collection(ShoppingPlanetCollection.Name)]
public sealed class BatchRunnerTests
{
    private readonly FeedStatus _status = new(TimeProvider.System);
    private readonly BatchRunner _runner;
    private readonly Feed _feed = new("tested", "items", FeedScope.Local);
    private readonly Handler _handler = new();
    private readonly Container _letters;

    public BatchRunnerTests(ShoppingPlanet planet)
    {
        var database = planet.Services(planet.Here).GetRequiredService<Database>();
        _letters = database.GetContainer("deadletters");
        _runner = new(
            _feed, new DeadLetters(database, new GeodeOptions(), planet.Here, TimeProvider.System, _status, NullLogger<DeadLetters>.Instance), _status, TimeProvider.System);
    }

    [Fact]
    public async Task Every_change_is_handled_and_each_keys_in_order()
    {
        var changes = Enumerable.Range(0, 100).Select(i => Change($"{i}", $"key {i % 7}", i + 1)).ToList();

        await _runner.RunAsync(_handler, "0", changes, default);

        Assert.Equal(100, _handler.Handled.Count);
        foreach (var key in _handler.Handled.GroupBy(handled => handled.Key))
            Assert.Equal(key.Select(handled => handled.Lsn).Order(), key.Select(handled => handled.Lsn));
        Assert.Equal(100, _status.HandledCount);
        Assert.Equal(0, _status.Redelivered);
    }

    [Fact]
    public async Task What_comes_again_is_handled_again_and_counted_as_redelivered()
    {
        List<Change> changes = [Change("a", "key", 1), Change("b", "key", 2)];
        await _runner.RunAsync(_handler, "0", changes, default);
        await _runner.RunAsync(_handler, "0", changes, default);

        Assert.Equal(4, _handler.Handled.Count);
        Assert.Equal(2, _status.Redelivered);
    }

    [Fact]
    public async Task Only_the_poison_of_a_key_is_put_aside_after_five_tries()
    {
        var poison = "poison-" + Guid.NewGuid().ToString("N");
        await _runner.RunAsync(_handler, "0", [Change("before", "key", 1), Change(poison, "key", 2), Change("after", "key", 3)], default);

        Assert.Equal(["before", "after"], _handler.Handled.Select(handled => handled.Id).Distinct());
        Assert.Equal(1, _status.PutAsideCount);
        Assert.Equal(BatchRunner.Tries, (await LetterAsync(poison)).GetProperty("tries").GetInt32());
    }

    [Fact]
    public async Task A_change_without_a_key_is_put_aside_at_once()
    {
        var id = "keyless-" + Guid.NewGuid().ToString("N");
        await _runner.RunAsync(_handler, "0", [new(JsonSerializer.SerializeToElement(new { id, list = 7 })), Change("other", "key", 2)], default);

        Assert.Equal(["other"], _handler.Handled.Select(handled => handled.Id));
        Assert.Equal(1, (await LetterAsync(id)).GetProperty("tries").GetInt32());
    }

    [Fact]
    public async Task A_backplane_that_is_away_makes_the_batch_come_again_and_no_dead_letter()
    {
        await Assert.ThrowsAsync<HttpRequestException>(() => _runner.RunAsync(_handler, "0", [Change("unreachable", "key", 1)], default));
        Assert.Equal(0, _status.PutAsideCount);
        Assert.Equal(0, _status.HandledCount);
    }

    private static Change Change(string id, string list, long lsn) =>
        new(JsonSerializer.SerializeToElement(new { id, list, _lsn = lsn, _ts = 1 }));

    private async Task<JsonElement> LetterAsync(string id) =>
        await _letters.ReadItemAsync<JsonElement>($"westeurope:{id}", new PartitionKey(_feed.Name));

    private sealed class Handler : IFeedHandler
    {
        public ConcurrentQueue<(string Key, string Id, long Lsn)> Handled { get; } = new();

        public string KeyOf(Change change) => change.Partition("list");

        public Task HandleAsync(string key, IReadOnlyList<Change> changes, CancellationToken cancellation)
        {
            if (changes.Any(change => change.Id == "unreachable"))
                throw new HttpRequestException("away");
            if (changes.Any(change => change.Id.StartsWith("poison", StringComparison.Ordinal)))
                throw new InvalidOperationException("poison");
            foreach (var change in changes)
                Handled.Enqueue((key, change.Id, change.Lsn));
            return Task.CompletedTask;
        }
    }
}
