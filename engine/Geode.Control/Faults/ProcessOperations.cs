using Geode.Control.Instances;
using Geode.Control.Processes;

namespace Geode.Control.Faults;

/// <summary>Breaks one process and makes it whole again. An instance of an Api that was killed is started again without being asked for.</summary>
internal sealed class ProcessOperations(IPlanetProcesses processes, ReplicaFaults replicas, PlanetInstances instances)
{
    /// <exception cref="ControlException">404: no such process. So do the others.</exception>
    public async Task<ProcessChange> KillAsync(string name, CancellationToken cancellationToken)
    {
        var process = Find(name);
        var changed = await process.KillAsync(cancellationToken);
        if (changed && process.Snapshot() is { Role: ProcessRole.Backplane, Region: { } region })
            replicas.Forget(region);
        return new("kill", changed, process.Snapshot());
    }

    /// <exception cref="PlatformNotSupportedException">On Windows.</exception>
    public async Task<ProcessChange> FreezeAsync(string name, CancellationToken cancellationToken)
    {
        var process = Find(name);
        if (!processes.CanFreeze)
            throw GeodeOperations.NoFreezing();
        return new("freeze", await process.FreezeAsync(cancellationToken), process.Snapshot());
    }

    public async Task<ProcessChange> ThawAsync(string name, CancellationToken cancellationToken)
    {
        var process = Find(name);
        var changed = await process.ThawAsync(cancellationToken);
        await CatchUpAsync(process, cancellationToken);
        return new("thaw", changed, process.Snapshot());
    }

    /// <summary>Thaws it or starts it; returns when it is healthy.</summary>
    /// <exception cref="ProcessFailedException">It did not get healthy.</exception>
    public async Task<ProcessChange> ReviveAsync(string name, CancellationToken cancellationToken)
    {
        var process = Find(name);
        var thawed = await process.ThawAsync(cancellationToken);
        var started = await processes.StartAsync([process], cancellationToken);
        await CatchUpAsync(process, cancellationToken);
        return new("revive", thawed || started.Count > 0, process.Snapshot());
    }

    // A replica that comes back is told which links have changed meanwhile.
    private async Task CatchUpAsync(IPlanetProcess process, CancellationToken cancellationToken)
    {
        if (process.Snapshot() is not { Region: { } region } now)
            return;
        instances.Mended(region);
        if (now.Role == ProcessRole.Backplane)
            await replicas.RestoreLinksAsync(region, cancellationToken);
    }

    private IPlanetProcess Find(string name)
    {
        var all = processes.All;
        return all.FirstOrDefault(p => string.Equals(p.Snapshot().Name, name, StringComparison.OrdinalIgnoreCase))
            ?? throw new ControlException(404, $"Unknown process '{name}'.", [.. all.Select(p => p.Snapshot().Name)]);
    }
}
