using Geode.Control;
using Geode.Control.Ports;
using Geode.Control.Processes;
using Geode.Topology;

namespace Geode.Local.Processes;

/// <summary>The planet's processes as children of this one.</summary>
/// <param name="group">Those there are.</param>
/// <param name="specs">From the grown planet, the new region and the count of changes to the processes it needs.</param>
/// <param name="dataFolder">Of the planet.</param>
/// <param name="startLimit">How long those of one start may take to get healthy.</param>
internal sealed class ChildProcesses(
    ProcessGroup group, Func<Planet, Region, long, IReadOnlyList<ProcessSpec>> specs, string dataFolder, TimeSpan startLimit) : IPlanetProcesses
{
    public IReadOnlyList<IPlanetProcess> All => group.All;

    public bool CanFreeze => UnixSignal.Available;

    public async Task<IReadOnlyList<IPlanetProcess>> StartAsync(IReadOnlyList<IPlanetProcess> members, CancellationToken cancellationToken) =>
        await group.StartAsync(Own(members), startLimit, cancellationToken);

    public IReadOnlyList<IPlanetProcess> Add(Planet planet, Region region, long version)
    {
        PortCheck.EnsureFree(planet, region);
        return group.Add(specs(planet, region, version));
    }

    public async Task RemoveAsync(IReadOnlyList<IPlanetProcess> members)
    {
        var own = Own(members);
        await group.RemoveAsync(own);
        foreach (var replica in own.Where(p => p.Spec.Role == ProcessRole.Backplane))
            DataFolder.DeleteReplica(dataFolder, replica.Spec.Region!);
    }

    private static IReadOnlyList<ManagedProcess> Own(IReadOnlyList<IPlanetProcess> members) => [.. members.Cast<ManagedProcess>()];
}
