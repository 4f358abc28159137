using Geode.Backplane.Storage;

namespace Geode.Backplane.Tests.Storage;

public sealed class WriteQueueTests
{
    [Fact]
    public async Task All_is_written_once_in_order_by_one_writer_at_a_time()
    {
        const int each = 2_000;
        var (writers, together) = (0, 0);
        var written = new List<IReplicaWork>();
        var queue = new WriteQueue(group =>
        {
            together = Math.Max(together, Interlocked.Increment(ref writers));
            written.AddRange(group);
            Interlocked.Decrement(ref writers);
        });
        var sets = Enumerable.Range(0, 4).Select(_ => Enumerable.Range(0, each).Select(_ => new Work()).ToArray()).ToArray();

        await Task.WhenAll(sets.Select(set => Task.Run(() => Assert.All(set, work => Assert.True(queue.TryAdd(work))))));
        await queue.CloseAsync();

        Assert.Equal(1, together);
        Assert.Equal(sets.Length * each, written.Count);
        Assert.All(sets, set => Assert.Equal(set, written.Where(set.ToHashSet().Contains)));
    }

    [Fact]
    public async Task What_waits_while_the_writer_is_busy_is_one_group()
    {
        using var started = new SemaphoreSlim(0);
        using var go = new SemaphoreSlim(0);
        var sizes = new List<int>();
        var queue = new WriteQueue(group =>
        {
            started.Release();
            go.Wait();
            sizes.Add(group.Count);
        });

        queue.TryAdd(new Work());
        await started.WaitAsync();
        for (var i = 0; i < 100; i++)
            queue.TryAdd(new Work());
        go.Release(2);
        await queue.CloseAsync();

        Assert.Equal([1, 100], sizes);
    }

    [Fact]
    public async Task Closed_it_takes_nothing_more()
    {
        var queue = new WriteQueue(_ => Assert.Fail("nothing was added"));
        await queue.CloseAsync();
        Assert.False(queue.TryAdd(new Work()));
        await queue.CloseAsync();
    }

    private sealed class Work : IReplicaWork
    {
        public void Run(ReplicaWriter writer) => throw new NotSupportedException();

        public void Complete() => throw new NotSupportedException();
    }
}
