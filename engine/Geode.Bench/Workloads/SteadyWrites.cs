using System.Diagnostics;
using Microsoft.Azure.Cosmos;

namespace Geode.Bench.Workloads;

/// <summary>Creates items at a fixed rate, whatever the answers take: load that does not give way.</summary>
internal sealed class SteadyWrites : IAsyncDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(10);

    private readonly CancellationTokenSource _stop = new();
    private readonly Container _container;
    private readonly Task _running;
    private readonly long _started = Stopwatch.GetTimestamp();
    private int _written;

    /// <param name="rate">Per second.</param>
    public SteadyWrites(Container container, int rate)
    {
        _container = container;
        _running = RunAsync(rate);
    }

    /// <returns>Writes per second that were acknowledged.</returns>
    /// <exception cref="BenchException">One of them failed.</exception>
    public async Task<double> StopAsync()
    {
        await _stop.CancelAsync();
        await _running;
        return _written / Stopwatch.GetElapsedTime(_started).TotalSeconds;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private async Task RunAsync(int rate)
    {
        using var timer = new PeriodicTimer(Beat);
        var (begun, pending) = (0, new List<Task>());
        while (!_stop.IsCancellationRequested)
        {
            await timer.WaitForNextTickAsync(CancellationToken.None);
            for (var due = (int)(Stopwatch.GetElapsedTime(_started).TotalSeconds * rate); begun < due; begun++)
                pending.Add(WriteAsync(begun));
            var done = pending.Where(write => write.IsCompleted).ToList();
            pending.RemoveAll(done.Contains);
            await Task.WhenAll(done);
        }

        await Task.WhenAll(pending);
    }

    private async Task WriteAsync(int number)
    {
        await BenchItem.CreateAsync(_container, number, $"other-{number}");
        Interlocked.Increment(ref _written);
    }
}
