using System.Collections.Concurrent;
using Geode.Control.Instances;
using Geode.Control.Processes;
using Geode.Topology;

namespace Geode.Control.Faults;

/// <summary>Breaks a geode and makes it whole again: a region's, or that of one of its zones (<c>westeurope-2</c>), which is its Api and
/// Worker there and not the replica that the zones share. One operation per region at a time; the next one waits.</summary>
public sealed class GeodeOperations
{
    private readonly LivePlanet _planet;
    private readonly IPlanetProcesses _processes;
    private readonly ReplicaFaults _replicas;
    private readonly PlanetInstances _instances;
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _turns = new();
    private readonly CancellationTokenSource _closed = new();

    internal GeodeOperations(LivePlanet planet, IPlanetProcesses processes, ReplicaFaults replicas, PlanetInstances instances) =>
        (_planet, _processes, _replicas, _instances) = (planet, processes, replicas, instances);

    /// <summary>SIGKILL to all of the geode's processes at once; returns when they are gone. What its replica had on disk stays.</summary>
    /// <exception cref="PlanetException">No such geode.</exception>
    public Task<GeodeChange> KillAsync(string geode, CancellationToken cancellationToken = default) =>
        RunAsync(geode, "kill", cancellationToken, async (broken, processes, cancel) =>
        {
            _instances.Hold(broken.Region.Name, broken.Zones);
            List<IPlanetProcess> killed = [.. await WhoAsync(processes, p => p.KillAsync(cancel))];
            // An instance that was just being started.
            while (Of(broken).Where(p => p.Snapshot().Pid is not null).ToList() is { Count: > 0 } left)
                killed.AddRange(await WhoAsync(left, p => p.KillAsync(cancel)));
            if (broken.Zone is null)
                _replicas.Forget(broken.Region.Name);
            return killed;
        });

    /// <summary>SIGSTOP: the processes keep their ports and connections, and answer nothing.</summary>
    /// <exception cref="PlanetException">No such geode.</exception>
    /// <exception cref="PlatformNotSupportedException">On Windows.</exception>
    public Task<GeodeChange> FreezeAsync(string geode, CancellationToken cancellationToken = default) =>
        RunAsync(geode, "freeze", cancellationToken, (broken, processes, cancel) =>
        {
            RequireFreezing(processes);
            _instances.Hold(broken.Region.Name, broken.Zones);
            return WhoAsync(processes, p => p.FreezeAsync(cancel));
        });

    /// <summary>SIGCONT to what is frozen.</summary>
    /// <exception cref="PlanetException">No such geode.</exception>
    /// <exception cref="PlatformNotSupportedException">On Windows.</exception>
    public Task<GeodeChange> ThawAsync(string geode, CancellationToken cancellationToken = default) =>
        RunAsync(geode, "thaw", cancellationToken, async (broken, processes, cancel) =>
        {
            var thawed = await WhoAsync(RequireFreezing(processes), p => p.ThawAsync(cancel));
            ReleaseUnlessKilled(broken, processes);
            await RestoreLinksAsync(broken, cancel);
            return thawed;
        });

    /// <summary>Thaws what is frozen, starts what does not run, returns when the geode is healthy. Links keep the state they were given.</summary>
    /// <exception cref="PlanetException">No such geode.</exception>
    /// <exception cref="ProcessFailedException">A process did not get healthy; those that did keep running.</exception>
    public Task<GeodeChange> ReviveAsync(string geode, CancellationToken cancellationToken = default) =>
        RunAsync(geode, "revive", cancellationToken, async (broken, processes, cancel) =>
        {
            RequireReplica(broken);
            using var whole = await _instances.WithoutStopsAsync(broken.Region.Name, cancel);
            var thawed = await WhoAsync(processes, p => p.ThawAsync(cancel));
            var started = await _processes.StartAsync(processes, cancel);
            _instances.Release(broken.Region.Name, broken.Zones);
            await RestoreLinksAsync(broken, cancel);
            return [.. thawed.Union(started)];
        });

    /// <summary>Ends the operations under way and refuses new ones.</summary>
    internal void Close() => _closed.Cancel();

    private async Task<GeodeChange> RunAsync(
        string name, string action, CancellationToken cancellationToken,
        Func<Broken, IReadOnlyList<IPlanetProcess>, CancellationToken, Task<IReadOnlyList<IPlanetProcess>>> operation)
    {
        var planet = _planet.Now;
        var (region, zone) = planet.FindGeode(name) ?? throw new PlanetException($"Unknown geode '{name}'. This planet has: {string.Join(", ", planet.GeodeNames())}.");
        var broken = new Broken(region, zone);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closed.Token);
        var turn = _turns.GetOrAdd(region.Name, _ => new SemaphoreSlim(1));
        await turn.WaitAsync(either.Token);
        try
        {
            var processes = Of(broken);
            var changed = await operation(broken, processes, either.Token);
            return new(
                region.Name, action,
                [.. changed.Select(p => p.Snapshot().Name)],
                [.. processes.Except(changed).Select(p => p.Snapshot().Name)],
                [.. processes.Select(p => p.Snapshot())])
            { Zone = zone };
        }
        finally
        {
            turn.Release();
        }
    }

    private IReadOnlyList<IPlanetProcess> Of(Broken broken) => [.. _processes.All.Where(p => broken.Has(p.Snapshot()))];

    // Who thaws a region does not revive those of its zones that somebody killed.
    private void ReleaseUnlessKilled(Broken broken, IReadOnlyList<IPlanetProcess> processes)
    {
        var killed = processes.Select(p => p.Snapshot()).Where(p => p.State == ProcessState.Killed).ToList();
        if (killed.All(p => p.Role != ProcessRole.Backplane))
            _instances.Release(broken.Region.Name, broken.Zones.Except(killed.Select(p => broken.Region.ZoneOf(p.Instance))));
    }

    private Task RestoreLinksAsync(Broken broken, CancellationToken cancellationToken) =>
        broken.Zone is null ? _replicas.RestoreLinksAsync(broken.Region.Name, cancellationToken) : Task.CompletedTask;

    // Its services would start, and never be ready.
    private void RequireReplica(Broken broken)
    {
        if (broken.Zone is not { } zone)
            return;
        var replica = _processes.All.Select(p => p.Snapshot()).FirstOrDefault(p => p.Role == ProcessRole.Backplane && p.Region == broken.Region.Name);
        (string State, string Remedy)? wrong = replica switch
        {
            { Pid: null } => ("down", "revive"),
            { State: ProcessState.Frozen } => ("frozen", "thaw"),
            _ => null,
        };
        if (wrong is { } its)
            throw new ControlException(409, $"{broken.Region.GeodeOf(zone)} cannot be revived while {broken.Region.Name} is {its.State}, whose replica it uses; {its.Remedy} that.");
    }

    // All at once: of what is killed, none learns of the others' end.
    private static async Task<IReadOnlyList<IPlanetProcess>> WhoAsync(IReadOnlyList<IPlanetProcess> processes, Func<IPlanetProcess, Task<bool>> change)
    {
        var changed = await Task.WhenAll(processes.Select(change));
        return [.. processes.Where((_, i) => changed[i])];
    }

    internal static PlatformNotSupportedException NoFreezing() =>
        new("Windows has no signal that freezes a process. Use an outage (mode 'hang') or kill instead.");

    private IReadOnlyList<IPlanetProcess> RequireFreezing(IReadOnlyList<IPlanetProcess> processes) => _processes.CanFreeze ? processes : throw NoFreezing();

    /// <param name="Zone">Null: all of the region.</param>
    private sealed record Broken(Region Region, int? Zone)
    {
        public IEnumerable<int> Zones => Zone is { } one ? [one] : Region.ZoneNumbers;

        public bool Has(ProcessSnapshot process) => process.Region == Region.Name
            && (Zone is null || (process.Role != ProcessRole.Backplane && Region.ZoneOf(process.Instance) == Zone));
    }
}
