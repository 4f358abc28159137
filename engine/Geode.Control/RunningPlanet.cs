using Geode.Control.Api;
using Geode.Control.Events;
using Geode.Control.Faults;
using Geode.Control.Growth;
using Geode.Control.Instances;
using Geode.Control.Live;
using Geode.Control.Load;
using Geode.Control.Processes;
using Geode.Control.Steward;
using Geode.Topology;

namespace Geode.Control;

/// <summary>A planet that runs, under control: its faults, links and outages, its load, its growth, its timeline and live view, and the
/// control API in front of them. Who runs the processes makes one over them, serves it, and disposes of it after they have ended.</summary>
public sealed class RunningPlanet : IAsyncDisposable
{
    private readonly LivePlanet _live;
    private readonly IPlanetProcesses _processes;
    private readonly PlanetObserver _observer;
    private readonly StewardWatch _stewardWatch;
    private ControlServer? _server;
    private bool _quiet;

    /// <param name="planet">As it starts.</param>
    /// <param name="planetFile">Where the planet is kept as it is now: the router is told to read its regions there.</param>
    /// <param name="processes">They need not run yet.</param>
    /// <param name="timeline">The one on which <paramref name="processes"/> report. It ends with this.</param>
    /// <param name="time">The clock of everything that is measured.</param>
    public RunningPlanet(Planet planet, string planetFile, IPlanetProcesses processes, Timeline timeline, TimeProvider time)
    {
        (_processes, Timeline, Time) = (processes, timeline, time);
        _live = new(planet, planetFile);
        _live.Save();
        RouterAdmin = new(_live, timeline);
        Replicas = new(_live, timeline);
        Instances = new(_live, processes, RouterAdmin, timeline, time);
        Geodes = new(_live, processes, Replicas, Instances);
        ProcessOperations = new(processes, Replicas, Instances);
        Growth = new(_live, processes, Replicas, RouterAdmin, Instances, timeline, time);
        Load = new(Router, timeline, time);
        _observer = new(this);
        Live = new(_observer, timeline, time);
        Steward = new(_live, time);
        Tenants = new(_live);
        Publications = new(_live, time, "/_publications", "publications");
        _stewardWatch = new(Steward, timeline, time);
        Faults = new(_live, Router, _observer, timeline, time);
    }

    /// <summary>With the regions it has now.</summary>
    public Planet Planet => _live.Now;

    /// <summary>Where clients go.</summary>
    public Uri Router => new(PlanetPorts.Loopback(Planet.Ports.Router));

    /// <summary>The control API.</summary>
    public Uri Control => new(PlanetPorts.Loopback(Planet.Ports.Control));

    /// <summary>Kill, freeze, thaw and revive geodes.</summary>
    public GeodeOperations Geodes { get; }

    /// <summary>How each process is at this moment.</summary>
    public IReadOnlyList<ProcessSnapshot> Processes => [.. _processes.All.Select(p => p.Snapshot())];

    /// <summary>What happened so far.</summary>
    public Timeline Timeline { get; }

    internal TimeProvider Time { get; }

    internal ClientLoad Load { get; }

    internal LiveStream Live { get; }

    internal FaultWatch Faults { get; }

    internal PlanetGrowth Growth { get; }

    internal PlanetInstances Instances { get; }

    internal ProcessOperations ProcessOperations { get; }

    internal ReplicaFaults Replicas { get; }

    internal RouterAdmin RouterAdmin { get; }

    internal StewardAdmin Steward { get; }

    internal TenantAdmin Tenants { get; }

    internal WorkerAdmin Publications { get; }

    /// <summary>Opens the control API on its port of loopback, until this is disposed of.</summary>
    public async Task ServeAsync(CancellationToken cancellationToken)
    {
        _server = await ControlServer.StartAsync(this, cancellationToken);
        _stewardWatch.Begin();
        Instances.Begin();
    }

    /// <summary>The whole planet now, then every second until it ends.</summary>
    public IAsyncEnumerable<LiveView> FollowAsync(CancellationToken cancellationToken) => Live.FollowAsync(cancellationToken);

    /// <summary>The same picture with what is known without asking anybody, as it is at this moment: processes, outages, drained regions.</summary>
    public LiveView Refreshed(LiveView view)
    {
        var now = PlanetView.Of(this, Planet).Regions.ToDictionary(r => r.Name);
        return view with
        {
            Regions =
            [
                .. view.Regions.Where(r => now.ContainsKey(r.Name)).Select(r => r with
                {
                    State = now[r.Name].State, Since = now[r.Name].Since, Outage = now[r.Name].Outage, Draining = now[r.Name].Draining,
                    Processes = now[r.Name].Processes, Instances = now[r.Name].Instances, Zones = now[r.Name].Zones,
                }),
            ],
        };
    }

    /// <summary>Ends what is under way and refuses what comes, so that the processes can be ended in peace. The timeline can still be
    /// followed. Idempotent.</summary>
    public async Task QuietAsync()
    {
        if (_quiet)
            return;
        _quiet = true;
        Geodes.Close();
        await Instances.DisposeAsync();
        await Load.DisposeAsync();
        await Live.DisposeAsync();
        await Faults.DisposeAsync();
        await _stewardWatch.DisposeAsync();
    }

    /// <summary>Ends the timeline for whoever follows it, then the control API.</summary>
    public async ValueTask DisposeAsync()
    {
        await QuietAsync();
        Timeline.End();
        if (_server is not null)
            await _server.DisposeAsync();
        _observer.Dispose();
        Steward.Dispose();
        Publications.Dispose();
        Tenants.Dispose();
        Replicas.Dispose();
        RouterAdmin.Dispose();
    }
}
