namespace Geode.Control.Steward;

/// <summary>What people said while no Worker answered. The first that comes back is told, for as long as the plan that its replica holds could still
/// be applied: else it would do again what a person has just undone.</summary>
/// <param name="tell">Passes it on; a <see cref="ControlException"/> with 503 says that there is still nobody.</param>
/// <param name="time">The clock.</param>
internal sealed class UnheardOrders(Func<string, CancellationToken, Task> tell, TimeProvider time) : IDisposable
{
    /// <summary>A plan is applied for no longer than this after it was made.</summary>
    public static readonly TimeSpan Lapse = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _end = new();
    private readonly Lock _lock = new();
    private readonly List<(string Order, DateTimeOffset Until)> _orders = [];
    private bool _runs;

    public void Add(string order)
    {
        lock (_lock)
        {
            _orders.Add((order, time.GetUtcNow() + Lapse));
            if (_runs)
                return;
            _runs = true;
        }

        _ = RunAsync(_end.Token);
    }

    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
    }

    private async Task RunAsync(CancellationToken end)
    {
        try
        {
            using var timer = new PeriodicTimer(Interval, time);
            while (Next() is { } order)
            {
                if (await TryAsync(order, end))
                    Remove(order);
                else
                    await timer.WaitForNextTickAsync(end);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The planet stops.
        }
    }

    // The oldest; null: none is left, and the loop ends.
    private string? Next()
    {
        lock (_lock)
        {
            _orders.RemoveAll(of => of.Until < time.GetUtcNow());
            _runs = _orders.Count > 0;
            return _runs ? _orders[0].Order : null;
        }
    }

    private void Remove(string order)
    {
        lock (_lock)
            _orders.RemoveAll(of => of.Order == order);
    }

    // What is refused was heard, too.
    private async Task<bool> TryAsync(string order, CancellationToken end)
    {
        try
        {
            await tell(order, end);
            return true;
        }
        catch (ControlException e)
        {
            return e.Status != 503;
        }
    }
}
