using System.Diagnostics;

namespace Geode.Bench.Measuring;

/// <summary>A fixed number of callers, each with one call in flight at any time.</summary>
internal static class ClosedLoop
{
    /// <param name="call">Takes the number of the call, unique within the round.</param>
    public static async Task<Round> RunAsync(int concurrency, TimeSpan duration, Func<long, Task> call)
    {
        var next = -1L;
        var started = Stopwatch.GetTimestamp();
        var end = started + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        var latencies = await Task.WhenAll(Enumerable.Range(0, concurrency).Select(_ => Task.Run(CallerAsync)));
        return new Round(Stopwatch.GetElapsedTime(started), [.. latencies.SelectMany(l => l)]);

        async Task<List<long>> CallerAsync()
        {
            var ticks = new List<long>(1024);
            var at = Stopwatch.GetTimestamp();
            // Once at least, also when the machine let it begin only after the end.
            do
            {
                await call(Interlocked.Increment(ref next));
                var done = Stopwatch.GetTimestamp();
                ticks.Add(done - at);
                at = done;
            }
            while (at < end);

            return ticks;
        }
    }
}
