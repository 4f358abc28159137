using Geode.Foresight.Planning;

namespace Geode.Foresight.Anomalies;

/// <summary>Watches the health of a planet's geodes, each by what it reports. It keeps what it has learned of each, and nothing else.</summary>
/// <param name="settings">How often they report, and how long a day is.</param>
public sealed class HealthWatch(HealthSettings settings)
{
    private readonly Dictionary<string, GeodeHealth> _geodes = [];

    /// <summary>What it was made with.</summary>
    public HealthSettings Settings { get; } = settings;

    /// <summary>Takes a region's report. One that was seen before changes nothing.</summary>
    /// <param name="observation">The report.</param>
    /// <param name="forecastRequestsPerSecond">What the region was expected to serve at that time; null: not known.</param>
    public HealthVerdict Observe(RegionObservation observation, double? forecastRequestsPerSecond)
    {
        if (!_geodes.TryGetValue(observation.Region, out var geode))
            _geodes[observation.Region] = geode = new(Settings);
        return geode.Observe(observation, forecastRequestsPerSecond);
    }
}
