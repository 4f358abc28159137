using Geode.Cli.Simulation.World;
using Geode.Foresight.Scaling;

namespace Geode.Cli.Simulation.Policies;

/// <summary>As many instances as the busiest minute of each region needs, all the time. That minute is known to it beforehand.</summary>
/// <param name="settings">The planet.</param>
/// <param name="peaks">Requests per second of the busiest minute, by region.</param>
internal sealed class FixedPolicy(WorldSettings settings, double[] peaks) : IPolicy
{
    public string Name => "fixed";

    public IReadOnlyList<int> Begin() =>
        [.. settings.Planet.Regions.Select((r, i) => Math.Clamp(Staffing.Instances(peaks[i], settings.Instance, settings.PlanTarget), r.MinReplicas, r.MaxReplicas))];

    public void Act(PlanetState state)
    {
        var counts = Begin();
        for (var region = 0; region < counts.Count; region++)
            if (state.Up[region])
                state.Geodes[region].Set(state.At, counts[region]);
    }
}
