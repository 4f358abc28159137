using Geode.Control;
using Geode.Control.Ports;
using Geode.Control.Processes;
using Geode.Topology;

namespace Geode.Local.Processes;

/// <summary>The planet's processes as children of this one.</summary>
/// <param name="group">Those there are.</param>
/// <param name="more">What joins them while the planet runs.</param>
/// <param name="dataFolder">Of the planet.</param>
/// <param name="startLimit">How long those of one start may take to get healthy.</param>
internal sealed class ChildProcesses(
    ProcessGroup group, MoreProcesses more, string dataFolder, TimeSpan startLimit) : IPlanetProcesses
{
    // As long as a request may take.
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);

    public IReadOnlyList<IPlanetProcess> All => group.All;

    public bool CanFreeze => UnixSignal.Available;

    public async Task<IReadOnlyList<IPlanetProcess>> StartAsync(IReadOnlyList<IPlanetProcess> members, CancellationToken cancellationToken) =>
        await group.StartAsync(Own(members), startLimit, cancellationToken);

    public IReadOnlyList<IPlanetProcess> Add(Planet planet, Region region, long version)
    {
        PortCheck.EnsureFree(planet, region);
        return group.Add(more.Region(planet, region, version));
    }

    public IPlanetProcess AddInstance(Planet planet, Region region, int instance) => group.Add([more.Instance(planet, region, instance)])[0];

    public Task StopAsync(IReadOnlyList<IPlanetProcess> members, CancellationToken cancellationToken) =>
        group.StopAsync(Own(members), StopLimit).WaitAsync(cancellationToken);

    public async Task RemoveAsync(IReadOnlyList<IPlanetProcess> members)
    {
        var own = Own(members);
        await group.RemoveAsync(own);
        foreach (var replica in own.Where(p => p.Spec.Role == ProcessRole.Backplane))
            DataFolder.DeleteReplica(dataFolder, replica.Spec.Region!);
    }

    private static IReadOnlyList<ManagedProcess> Own(IReadOnlyList<IPlanetProcess> members) => [.. members.Cast<ManagedProcess>()];
}
