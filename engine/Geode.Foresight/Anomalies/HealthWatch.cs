using System.Globalization;
using Geode.Foresight.Planning;

namespace Geode.Foresight.Anomalies;

/// <summary>Watches the health of a planet's geodes, each by what it reports. It keeps what it has learned of each, and nothing else.</summary>
/// <param name="settings">How often they report, and how long a day is.</param>
public sealed class HealthWatch(HealthSettings settings)
{
    private const double WorstErrorShare = 0.2;

    private readonly Dictionary<string, (DateTimeOffset At, HealthVerdict Verdict)> _last = [];

    /// <summary>What it was made with.</summary>
    public HealthSettings Settings { get; } = settings;

    /// <summary>Takes a region's report. One that was seen before changes nothing.</summary>
    /// <param name="observation">The report.</param>
    /// <param name="forecastRequestsPerSecond">What the region was expected to serve at that time; null: not known.</param>
    public HealthVerdict Observe(RegionObservation observation, double? forecastRequestsPerSecond)
    {
        if (observation.ReportedAt is not { } at) return new(1, [], true);
        if (_last.TryGetValue(observation.Region, out var last) && at <= last.At) return last.Verdict;
        var share = double.IsFinite(observation.ErrorShare) ? Math.Clamp(observation.ErrorShare, 0, 1) : 0;
        var verdict = new HealthVerdict(
            1 - Math.Min(share / WorstErrorShare, 1),
            share < 0.01 ? [] : [string.Create(CultureInfo.InvariantCulture, $"{share:P1} of its answers are errors")],
            false);
        _last[observation.Region] = (at, verdict);
        return verdict;
    }
}
