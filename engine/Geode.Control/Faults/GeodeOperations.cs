using System.Collections.Concurrent;
using Geode.Control.Instances;
using Geode.Control.Processes;
using Geode.Topology;

namespace Geode.Control.Faults;

/// <summary>Breaks a geode and makes it whole again. One operation per geode at a time; the next one waits.</summary>
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
    /// <exception cref="PlanetException">No such region.</exception>
    public Task<GeodeChange> KillAsync(string region, CancellationToken cancellationToken = default) =>
        RunAsync(region, "kill", cancellationToken, async (geode, processes, cancel) =>
        {
            _instances.Hold(geode);
            List<IPlanetProcess> killed = [.. await WhoAsync(processes, p => p.KillAsync(cancel))];
            // An instance that was just being started.
            while (Of(geode).Where(p => p.Snapshot().Pid is not null).ToList() is { Count: > 0 } left)
                killed.AddRange(await WhoAsync(left, p => p.KillAsync(cancel)));
            _replicas.Forget(geode);
            return killed;
        });

    /// <summary>SIGSTOP: the processes keep their ports and connections, and answer nothing.</summary>
    /// <exception cref="PlanetException">No such region.</exception>
    /// <exception cref="PlatformNotSupportedException">On Windows.</exception>
    public Task<GeodeChange> FreezeAsync(string region, CancellationToken cancellationToken = default) =>
        RunAsync(region, "freeze", cancellationToken, (geode, processes, cancel) =>
        {
            RequireFreezing(processes);
            _instances.Hold(geode);
            return WhoAsync(processes, p => p.FreezeAsync(cancel));
        });

    /// <summary>SIGCONT to what is frozen.</summary>
    /// <exception cref="PlanetException">No such region.</exception>
    /// <exception cref="PlatformNotSupportedException">On Windows.</exception>
    public Task<GeodeChange> ThawAsync(string region, CancellationToken cancellationToken = default) =>
        RunAsync(region, "thaw", cancellationToken, async (geode, processes, cancel) =>
        {
            var thawed = await WhoAsync(RequireFreezing(processes), p => p.ThawAsync(cancel));
            if (processes.All(p => p.Snapshot().State is not ProcessState.Killed))
                _instances.Release(geode);
            await _replicas.RestoreLinksAsync(geode, cancel);
            return thawed;
        });

    /// <summary>Thaws what is frozen, starts what does not run, returns when the geode is healthy. Links keep the state they were given.</summary>
    /// <exception cref="PlanetException">No such region.</exception>
    /// <exception cref="ProcessFailedException">A process did not get healthy; those that did keep running.</exception>
    public Task<GeodeChange> ReviveAsync(string region, CancellationToken cancellationToken = default) =>
        RunAsync(region, "revive", cancellationToken, async (geode, processes, cancel) =>
        {
            var thawed = await WhoAsync(processes, p => p.ThawAsync(cancel));
            var started = await _processes.StartAsync(processes, cancel);
            _instances.Release(geode);
            await _replicas.RestoreLinksAsync(geode, cancel);
            return [.. thawed.Union(started)];
        });

    /// <summary>Ends the operations under way and refuses new ones.</summary>
    internal void Close() => _closed.Cancel();

    private async Task<GeodeChange> RunAsync(
        string name, string action, CancellationToken cancellationToken,
        Func<string, IReadOnlyList<IPlanetProcess>, CancellationToken, Task<IReadOnlyList<IPlanetProcess>>> operation)
    {
        var region = _planet.Now.Region(name).Name;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closed.Token);
        var turn = _turns.GetOrAdd(region, _ => new SemaphoreSlim(1));
        await turn.WaitAsync(either.Token);
        try
        {
            var processes = Of(region);
            var changed = await operation(region, processes, either.Token);
            return new(
                region, action,
                [.. changed.Select(p => p.Snapshot().Name)],
                [.. processes.Except(changed).Select(p => p.Snapshot().Name)],
                [.. processes.Select(p => p.Snapshot())]);
        }
        finally
        {
            turn.Release();
        }
    }

    private IReadOnlyList<IPlanetProcess> Of(string region) => [.. _processes.All.Where(p => p.Snapshot().Region == region)];

    // All at once: of what is killed, none learns of the others' end.
    private static async Task<IReadOnlyList<IPlanetProcess>> WhoAsync(IReadOnlyList<IPlanetProcess> processes, Func<IPlanetProcess, Task<bool>> change)
    {
        var changed = await Task.WhenAll(processes.Select(change));
        return [.. processes.Where((_, i) => changed[i])];
    }

    internal static PlatformNotSupportedException NoFreezing() =>
        new("Windows has no signal that freezes a process. Use an outage (mode 'hang') or kill instead.");

    private IReadOnlyList<IPlanetProcess> RequireFreezing(IReadOnlyList<IPlanetProcess> processes) => _processes.CanFreeze ? processes : throw NoFreezing();
}
