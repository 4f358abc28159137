using System.Collections.Concurrent;
using Geode.Control.Events;
using Geode.Control.Faults;
using Geode.Control.Processes;
using Geode.Topology;

namespace Geode.Control.Instances;

/// <summary>The instances of all geodes: who wants how many, the autoscaler, and a keeper per geode that brings it about.</summary>
internal sealed class PlanetInstances : IAsyncDisposable
{
    private readonly LivePlanet _planet;
    private readonly IPlanetProcesses _processes;
    private readonly RouterAdmin _router;
    private readonly Timeline _timeline;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<string, Lazy<Kept>> _kept = new();
    private readonly Autoscaler _autoscaler;
    private Task _running = Task.CompletedTask;

    public PlanetInstances(LivePlanet planet, IPlanetProcesses processes, RouterAdmin router, Timeline timeline, TimeProvider time)
    {
        (_planet, _processes, _router, _timeline, _time) = (planet, processes, router, timeline, time);
        _autoscaler = new(planet, router.LoadsAsync, region => Of(region).Geode, Running, region => Of(region).Keeper.Look(), time);
    }

    /// <summary>Follows what happens to the planet from now on, until this is disposed of.</summary>
    public void Begin() => _running = Task.WhenAll(FollowAsync(), _autoscaler.RunAsync(_end.Token));

    public InstancesView View(string region) => View(region, Processes(region));

    /// <param name="processes">The region's, as the caller saw them.</param>
    public InstancesView View(string region, IReadOnlyList<ProcessSnapshot> processes) => Of(region).Geode.View(
        Apis(processes, p => p.State is ProcessState.Healthy or ProcessState.Unhealthy or ProcessState.Frozen), Apis(processes, p => p.State == ProcessState.Starting));

    /// <inheritdoc cref="GeodeInstances.Fix"/>
    public InstancesView Fix(string region, int? count)
    {
        Of(region).Geode.Fix(count);
        return Changed(region);
    }

    /// <inheritdoc cref="GeodeInstances.Take"/>
    public InstancesView Take(string region, PlanFloor floor)
    {
        var taken = Of(region).Geode.Take(floor);
        _ = LapseAsync(region, taken.Until - _time.GetUtcNow());
        return Changed(region);
    }

    /// <inheritdoc cref="GeodeInstances.EndFloor"/>
    public InstancesView EndFloor(string region)
    {
        Of(region).Geode.EndFloor();
        return Changed(region);
    }

    /// <summary>Starts an instance of a geode that sleeps; of another nothing.</summary>
    public InstancesView Wake(string region)
    {
        Of(region).Geode.Wake("the first request");
        return Changed(region);
    }

    /// <summary>Somebody is about to break what is in these zones of the region: from now on nothing is started there.</summary>
    public void Hold(string region, IEnumerable<int> zones)
    {
        Of(region).Geode.Hold(zones);
        Of(region).Keeper.Interrupt();
        Changed(region);
    }

    /// <summary>These zones are whole again. A geode of one zone that might sleep is awake then.</summary>
    public void Release(string region, IEnumerable<int> zones)
    {
        List<int> whole = [.. zones];
        if (whole.Count == 0)
            return;
        var geode = Of(region).Geode;
        geode.Release(whole);
        if (Running(region) > 0)
            geode.Wake("its revival");
        Changed(region);
    }

    /// <summary>A process of the region runs again by its own name: a zone in which every process does was made whole one by one.</summary>
    public void Mended(string region)
    {
        if (_planet.Now.Find(region) is not { } known)
            return;
        var down = Processes(region).Where(p => p.Pid is null || p.State == ProcessState.Frozen).ToList();
        if (down.All(p => p.Role != ProcessRole.Backplane))
            Release(region, known.ZoneNumbers.Where(Of(region).Geode.Holds).Except(down.Select(p => known.ZoneOf(p.Instance))));
    }

    /// <summary>Somebody is about to take the region away: from now on nothing is started there.</summary>
    public void Leave(string region)
    {
        Of(region).Geode.Leave(true);
        Of(region).Keeper.Interrupt();
        Changed(region);
    }

    /// <summary>It stays. What somebody broke before is as broken as it was.</summary>
    public void Stay(string region)
    {
        Of(region).Geode.Leave(false);
        Changed(region);
    }

    /// <inheritdoc cref="InstanceKeeper.WithoutStopsAsync"/>
    public Task<IDisposable> WithoutStopsAsync(string region, CancellationToken cancellationToken) => Of(region).Keeper.WithoutStopsAsync(cancellationToken);

    /// <summary>The router has read its regions again, and may have forgotten their instances.</summary>
    public void TellAnew()
    {
        foreach (var kept in _kept.Values)
            kept.Value.Keeper.TellAnew();
    }

    /// <summary>The region has left the planet.</summary>
    public void Forget(string region)
    {
        if (_kept.TryRemove(region, out var kept))
            kept.Value.End.Cancel();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _running;
        await Task.WhenAll(_kept.Values.Select(k => k.Value.Running));
        _end.Dispose();
    }

    private Kept Of(string region) => _kept.GetOrAdd(region, name => new(() => Keep(name))).Value;

    private Kept Keep(string region)
    {
        var geode = new GeodeInstances(_planet, region, _time);
        var keeper = new InstanceKeeper(geode, _planet, _processes, _router, _timeline, _time);
        var end = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        return new(geode, keeper, end, Task.Run(() => keeper.RunAsync(end.Token)));
    }

    private InstancesView Changed(string region)
    {
        Of(region).Keeper.Look();
        return View(region);
    }

    private IReadOnlyList<ProcessSnapshot> Processes(string region) => [.. _processes.All.Select(p => p.Snapshot()).Where(p => p.Region == region)];

    private int Running(string region) => Apis(Processes(region), p => p.Pid is not null);

    private static int Apis(IReadOnlyList<ProcessSnapshot> processes, Func<ProcessSnapshot, bool> which) =>
        processes.Count(p => p.Role == ProcessRole.Api && which(p));

    private async Task LapseAsync(string region, TimeSpan after)
    {
        await Task.Delay(after, _time, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_end.IsCancellationRequested)
            Changed(region);
    }

    private async Task FollowAsync()
    {
        try
        {
            await foreach (var happened in _timeline.FollowAsync(after: 0, _end.Token))
                Heard(happened);
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // The planet stops.
        }
    }

    private void Heard(PlanetEvent happened)
    {
        if (happened.Kind != "process" || _processes.All.Select(p => p.Snapshot()).FirstOrDefault(p => p.Name == happened.Process) is not { } process)
            return;
        var isWell = happened.State == "healthy";
        if (process.Role == ProcessRole.Router && isWell)
            TellAnew();
        if (process is not { Role: ProcessRole.Api, Region: { } region })
            return;
        if (isWell)
            Of(region).Geode.Begun = true;
        Of(region).Keeper.Look();
    }

    private sealed record Kept(GeodeInstances Geode, InstanceKeeper Keeper, CancellationTokenSource End, Task Running);
}
