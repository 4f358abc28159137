using Geode.Cli.Simulation.World;

namespace Geode.Cli.Simulation.Policies;

/// <summary>As many instances as the busiest minute of each region needs, all the time. That minute is known to it beforehand.</summary>
/// <param name="settings">The planet.</param>
/// <param name="peaks">Requests per second of the busiest minute, by region.</param>
internal sealed class FixedPolicy(WorldSettings settings, double[] peaks) : IPolicy
{
    private readonly int[] _counts = settings.Needed(peaks, settings.PlanTarget);

    public string Name => "fixed";

    public IReadOnlyList<int> Begin() => _counts;

    public void Act(PlanetState state)
    {
        for (var region = 0; region < _counts.Length; region++)
            if (state.Up[region])
                state.Geodes[region].Set(state.At, _counts[region]);
    }
}
