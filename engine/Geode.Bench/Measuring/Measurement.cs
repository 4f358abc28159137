using System.Diagnostics;

namespace Geode.Bench.Measuring;

/// <summary>The figures of one workload on one target with one number of callers.</summary>
/// <param name="CallsPerSecond">The median of the rounds; like the latencies null when there are no figures.</param>
/// <param name="ServerMicroseconds">Processor time of the server for each call: of all figures the one that other load disturbs least.</param>
/// <param name="ClientMicroseconds">The same of the client.</param>
/// <param name="Error">Why there are no figures; else null.</param>
internal sealed record Measurement(
    string Workload, string Target, int Concurrency, double? CallsPerSecond, double[] Rounds, double? P50Ms, double? P99Ms, double? ServerMicroseconds, double? ClientMicroseconds, long Calls, string? Error)
{
    public static Measurement Of(string workload, string target, int concurrency, IReadOnlyList<Round> rounds)
    {
        var latencies = rounds.SelectMany(r => r.LatencyTicks).Order().ToArray();
        double[] rates = [.. rounds.Select(r => r.CallsPerSecond)];
        return new Measurement(workload, target, concurrency, Median(rates), rates,
            Percentile(latencies, 0.50), Percentile(latencies, 0.99), ServerTime(rounds) / latencies.Length,
            rounds.Sum(r => r.ClientTime.TotalMicroseconds) / latencies.Length, latencies.Length, null);
    }

    public static Measurement Failed(string workload, string target, int concurrency, string error) =>
        new(workload, target, concurrency, null, [], null, null, null, null, 0, error);

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? double.NaN : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>By nearest rank, in milliseconds.</summary>
    /// <param name="sorted">Ticks, ascending.</param>
    public static double Percentile(long[] sorted, double share) => sorted.Length == 0
        ? double.NaN
        : sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)] * 1000d / Stopwatch.Frequency;

    private static double? ServerTime(IEnumerable<Round> rounds) =>
        rounds.Aggregate((double?)0, (sum, round) => sum + round.ServerTime?.TotalMicroseconds);
}
