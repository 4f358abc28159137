using System.Diagnostics;
using Geode.Bench.Measuring;

namespace Geode.Bench.Drills;

/// <summary>What the simulated clients of a drill saw, request by request, cut into phases.</summary>
internal sealed class SurgeAnswers
{
    private const int MostTold = 20;

    private readonly Lock _lock = new();
    private readonly List<Answer> _all = [];

    /// <summary>From several threads.</summary>
    /// <param name="answered">Or not.</param>
    /// <param name="took">Until it was known.</param>
    public void Add(bool answered, TimeSpan took)
    {
        var ticks = (long)(took.TotalSeconds * Stopwatch.Frequency);
        lock (_lock)
            _all.Add(new(Stopwatch.GetTimestamp() - ticks, ticks, answered));
    }

    /// <summary>Of the requests that began in a phase, by <see cref="Stopwatch"/>.</summary>
    public Phase Between(long from, long to)
    {
        lock (_lock)
        {
            var these = _all.Where(answer => answer.Began >= from && answer.Began < to).ToList();
            long[] sorted = [.. these.Where(answer => answer.Answered).Select(answer => answer.Took).Order()];
            return new(
                these.Count, these.Count(answer => !answer.Answered), Math.Round(these.Count / Stopwatch.GetElapsedTime(from, to).TotalSeconds, 1),
                Milliseconds(sorted, 0.5), Milliseconds(sorted, 0.99),
                [.. these.Where(answer => !answer.Answered).Select(answer => Math.Round(answer.Took * 1000d / Stopwatch.Frequency)).Order().Take(MostTold)]);
        }
    }

    // Null where nobody was answered: JSON knows no other word for it.
    private static double? Milliseconds(long[] sorted, double share) => sorted.Length == 0 ? null : Math.Round(Measurement.Percentile(sorted, share), 1);

    /// <param name="Failed">Got no answer, or one with status 500 or above.</param>
    /// <param name="P50Ms">Of those that were answered, as clients see it, distance included; null: nobody was.</param>
    /// <param name="FailedAfterMs">How long those that failed had waited, shortest first: 15 s is a client's patience.</param>
    public sealed record Phase(int Requests, int Failed, double PerSecond, double? P50Ms, double? P99Ms, IReadOnlyList<double> FailedAfterMs);

    private readonly record struct Answer(long Began, long Took, bool Answered);
}
