using Geode.Cli.Simulation.Policies;
using Geode.Cli.Simulation.World;

namespace Geode.Cli.Simulation;

/// <summary>What came of a policy.</summary>
/// <param name="Policy">Its name.</param>
/// <param name="Requests">All.</param>
/// <param name="Late">Over target, those that were lost included.</param>
/// <param name="Lost">Given up, or gone with a region.</param>
/// <param name="P50">Milliseconds, without the way.</param>
/// <param name="P99">Likewise.</param>
/// <param name="WayMilliseconds">Mean way there and back.</param>
/// <param name="InstanceHours">Those that start included.</param>
/// <param name="Dollars">Of the regions with a price.</param>
/// <param name="Grams">CO₂ equivalent, of the regions with a grid intensity.</param>
/// <param name="Moves">Times that a region's number of instances was changed.</param>
/// <param name="Steered">Times that a place was steered otherwise.</param>
/// <param name="Regions">By region.</param>
/// <param name="Points">Over time.</param>
/// <param name="Unpriced">Regions without a price or grid intensity.</param>
internal sealed record SimulationResult(
    string Policy, double Requests, double Late, double Lost, double P50, double P99, double WayMilliseconds, double InstanceHours, double Dollars, double Grams,
    int Moves, int Steered, IReadOnlyList<RegionResult> Regions, IReadOnlyList<RecordedPoint> Points, IReadOnlyList<string> Unpriced)
{
    public static SimulationResult Of(IPolicy policy, WorldSettings settings, PlanetState state, Recorder record, TimeSpan length)
    {
        var regions = state.Geodes.Select((g, i) => RegionResult.Of(settings, settings.Planet.Regions[i].Name, g, length)).ToArray();
        var all = new LatencyHistogram();
        foreach (var geode in state.Geodes)
            all.Add(geode.Latencies);
        var requests = state.Geodes.Sum(g => g.Requests);
        return new(
            policy.Name, requests, state.Geodes.Sum(g => g.Late), state.Geodes.Sum(g => g.Lost), all.Percentile(0.5), all.Percentile(0.99),
            requests > 0 ? state.Routes.WayMilliseconds / requests : 0, regions.Sum(r => r.InstanceHours), regions.Sum(r => r.Dollars ?? 0), regions.Sum(r => r.Grams ?? 0),
            state.Geodes.Sum(g => g.Moves), (policy as PredictivePolicy)?.Steered ?? 0, regions, record.Points,
            [.. regions.Where(r => r.Dollars is null || r.Grams is null).Select(r => r.Region)]);
    }
}

/// <summary>What came of it in one region; null where there is no figure.</summary>
internal sealed record RegionResult(
    string Region, double Requests, double Late, double P50, double P99, double InstanceHours, double MeanInstances, double Utilisation, double? Dollars, double? Grams)
{
    public static RegionResult Of(WorldSettings settings, string region, GeodeModel geode, TimeSpan length)
    {
        var hours = geode.InstanceSeconds / 3600;
        var utilisation = geode.InstanceSeconds > 0 ? geode.BusySeconds / geode.InstanceSeconds : 0;
        return new(
            region, geode.Requests, geode.Late, geode.Latencies.Percentile(0.5), geode.Latencies.Percentile(0.99), hours, geode.InstanceSeconds / length.TotalSeconds,
            utilisation, settings.Prices.DollarsPerHour(region) * hours, settings.Prices.GramsPerHour(region, utilisation) * hours);
    }
}
