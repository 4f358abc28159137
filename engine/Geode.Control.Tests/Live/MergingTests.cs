using Geode.Control.Live;

namespace Geode.Control.Tests.Live;

public class MergingTests
{
    [Fact]
    public async Task Both_are_read_to_their_ends()
    {
        var merged = await Items(1, 2, 3).WithAsync(Items(10, 20), default).ToListAsync();
        Assert.Equal([1, 2, 3, 10, 20], merged.Order());
        Assert.Equal([1, 2, 3], merged.Where(i => i < 10));
        Assert.Equal([10, 20], merged.Where(i => i >= 10));
    }

    [Fact]
    public async Task One_that_waits_holds_the_other_not_back()
    {
        await using var merged = Never().WithAsync(Items(1), default).GetAsyncEnumerator();
        Assert.True(await merged.MoveNextAsync());
        Assert.Equal(1, merged.Current);
    }

    [Fact]
    public async Task Leaving_ends_both()
    {
        var ended = new TaskCompletionSource();
        await foreach (var item in Never(ended).WithAsync(Items(1), default))
            break;
        Assert.True(ended.Task.IsCompleted);
    }

    [Fact]
    public async Task A_failure_of_one_is_the_readers() =>
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await Failing().WithAsync(Never(), default).ToListAsync());

    private static async IAsyncEnumerable<int> Items(params int[] items)
    {
        foreach (var item in items)
        {
            await Task.Yield();
            yield return item;
        }
    }

    private static async IAsyncEnumerable<int> Never(
        TaskCompletionSource? ended = null, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        finally
        {
            ended?.SetResult();
        }
        yield break;
    }

    private static async IAsyncEnumerable<int> Failing()
    {
        await Task.Yield();
        throw new InvalidOperationException("as it must");
#pragma warning disable CS0162 // An iterator needs a yield.
        yield break;
#pragma warning restore CS0162
    }
}
