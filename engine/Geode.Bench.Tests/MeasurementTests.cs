using System.Diagnostics;
using Geode.Bench.Measuring;

namespace Geode.Bench.Tests;

public sealed class MeasurementTests
{
    private static readonly long Millisecond = Stopwatch.Frequency / 1000;

    [Fact]
    public void Rates_are_the_median_of_rounds_and_latencies_come_from_all_calls()
    {
        Round[] rounds =
        [
            Of(TimeSpan.FromSeconds(1), 1, 100),
            Of(TimeSpan.FromSeconds(2), 101, 110),
            Of(TimeSpan.FromSeconds(1), 111, 120),
        ];

        var measured = Measurement.Of("w", "t", 4, rounds);

        Assert.Equal(10, measured.CallsPerSecond);
        Assert.Equal(new double[] { 100, 5, 10 }, measured.Rounds);
        Assert.Equal(120, measured.Calls);
        Assert.Equal(60, measured.P50Ms!.Value, 6);
        Assert.Equal(119, measured.P99Ms!.Value, 6);
        Assert.Equal(3000d / 120, measured.ServerMicroseconds!.Value, 6);
    }

    [Fact]
    public void Processor_time_unknown_in_one_round_is_unknown()
    {
        var round = Of(TimeSpan.FromSeconds(1), 1, 10);
        Assert.Null(Measurement.Of("w", "t", 1, [round, round with { ServerTime = null }]).ServerMicroseconds);
    }

    [Theory]
    [InlineData(new[] { 3d, 1, 2 }, 2)]
    [InlineData(new[] { 4d, 1, 2, 3 }, 2.5)]
    public void The_median_is_the_middle(double[] values, double median) => Assert.Equal(median, Measurement.Median(values));

    [Fact]
    public async Task Every_caller_calls_and_every_call_is_counted_once()
    {
        var calls = new System.Collections.Concurrent.ConcurrentBag<long>();
        var round = await ClosedLoop.RunAsync(4, TimeSpan.FromMilliseconds(50), async call =>
        {
            calls.Add(call);
            await Task.Yield();
        });
        Assert.Equal(calls.Count, round.LatencyTicks.Length);
        Assert.Equal(Enumerable.Range(0, calls.Count).Select(i => (long)i), calls.Order());
        Assert.True(round.LatencyTicks.Length >= 4);
    }

    // One call for each millisecond from first to last.
    private static Round Of(TimeSpan elapsed, int first, int last) =>
        new(elapsed, [.. Enumerable.Range(first, last - first + 1).Select(ms => ms * Millisecond)]) { ServerTime = TimeSpan.FromMilliseconds(1) };
}
