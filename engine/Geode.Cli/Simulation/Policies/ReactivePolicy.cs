using Geode.Cli.Simulation.World;

namespace Geode.Cli.Simulation.Policies;

/// <summary>The HTTP scale rule alone.</summary>
/// <param name="settings">The planet.</param>
/// <param name="begin">Instances at the begin: for the first requests, as all policies.</param>
/// <param name="utilisation">Of an instance at which the rule wants another one.</param>
internal sealed class ReactivePolicy(WorldSettings settings, IReadOnlyList<int> begin, double utilisation) : IPolicy
{
    private readonly ReactiveScaling _scaling = new(settings, utilisation);

    public string Name => "reactive";

    public IReadOnlyList<int> Begin() => begin;

    public void Act(PlanetState state)
    {
        var wanted = _scaling.Wanted(state);
        for (var region = 0; region < wanted.Length; region++)
            if (state.Up[region] && wanted[region] is { } count)
                state.Geodes[region].Set(state.At, count);
    }
}
