namespace Geode.Bench.Measuring;

/// <summary>What one stretch of calls came to.</summary>
/// <param name="Elapsed">From the first call's start to the last one's end.</param>
/// <param name="LatencyTicks">Of every call, in <see cref="System.Diagnostics.Stopwatch"/> ticks, in no order.</param>
internal sealed record Round(TimeSpan Elapsed, long[] LatencyTicks)
{
    /// <summary>Processor time the server spent meanwhile; null when it cannot be known.</summary>
    public TimeSpan? ServerTime { get; init; }

    /// <summary>Processor time this process spent meanwhile: its clients.</summary>
    public TimeSpan ClientTime { get; init; }

    public double CallsPerSecond => LatencyTicks.Length / Elapsed.TotalSeconds;
}
