using Geode.Control;
using Geode.Control.Events;
using Geode.Control.Faults;
using Geode.Control.Ports;
using Geode.Control.Processes;
using Geode.Local.Processes;
using Geode.Topology;

namespace Geode.Local;

/// <summary>A planet that runs as child processes of this one, with its control API. Dispose to stop it: nothing survives.</summary>
public sealed class LocalPlanet : IAsyncDisposable
{
    private static readonly MoreProcesses Nothing = new((_, _, _) => [], (_, _, _) => throw new NotSupportedException("This planet has no more instances."));

    private readonly LocalPlanetOptions _options;
    private readonly DataFolder _data;
    private readonly HealthProbe _probe = new();
    private readonly ProcessGroup _processes;
    private readonly RunningPlanet _running;
    private readonly SemaphoreSlim _stopping = new(1);
    private bool _stopped;

    private LocalPlanet(
        LocalPlanetOptions options, IReadOnlyList<ProcessSpec> specs, MoreProcesses more, DataFolder data)
    {
        _options = options;
        _data = data;
        var timeline = new Timeline(options.Time, options.OnEvent);
        _processes = new(specs, Manage, options.Time);
        var children = new ChildProcesses(_processes, more, data.Path, options.StartLimit);
        _running = new(options.Planet, data.Planet, children, timeline, options.Time);

        ManagedProcess Manage(ProcessSpec spec) =>
            new(spec, new(Path.Combine(data.Logs, spec.Name + ".log")), _probe, timeline, options.Time, options.OnLog);
    }

    /// <summary>With the regions it has now.</summary>
    public Planet Planet => _running.Planet;

    /// <summary>Where clients go.</summary>
    public Uri Router => _running.Router;

    /// <summary>The control API.</summary>
    public Uri Control => _running.Control;

    public string LogFolder => _data.Logs;

    /// <summary>Kill, freeze, thaw and revive geodes.</summary>
    public GeodeOperations Geodes => _running.Geodes;

    /// <summary>The planet under control.</summary>
    public RunningPlanet Running => _running;

    public IReadOnlyList<ProcessSnapshot> Processes => _running.Processes;

    /// <summary>Returns when every process is healthy.</summary>
    /// <exception cref="PlanetException">A port is taken, the data folder is in use, a project is not built, or the containers are wrong.</exception>
    /// <exception cref="ProcessFailedException">A process did not get healthy. Everything is stopped again.</exception>
    public static Task<LocalPlanet> StartAsync(LocalPlanetOptions options, CancellationToken cancellationToken = default)
    {
        var tree = BuiltTree.Find();
        options = options with { Containers = options.Containers ?? ContainerSource.Beside(tree.PlanetFile) };
        // What is wrong with it is said once, and not by every replica.
        ContainerCatalog.Read(options.Containers);
        return StartAsync(
            options, data => PlanetProcesses.Of(options, tree, data), cancellationToken,
            data => new(
                (planet, region, version) => PlanetProcesses.Of(options, tree, data, planet, region, version),
                (planet, region, instance) => PlanetProcesses.Of(options, tree, planet, region, instance)));
    }

    /// <param name="more">From the data folder to what may join the planet; null: nothing.</param>
    internal static async Task<LocalPlanet> StartAsync(
        LocalPlanetOptions options, Func<DataFolder, IReadOnlyList<ProcessSpec>> specs, CancellationToken cancellationToken = default,
        Func<DataFolder, MoreProcesses>? more = null)
    {
        options.Planet.CheckPairsForOneMachine();
        PortCheck.EnsureFree(options.Planet);
        var data = DataFolder.Open(options.DataFolder, options.Fresh);
        LocalPlanet planet;
        try
        {
            planet = new(options, specs(data), more?.Invoke(data) ?? Nothing, data);
        }
        catch
        {
            data.Dispose();
            throw;
        }
        try
        {
            await planet._running.ServeAsync(cancellationToken);
            await planet._processes.StartAsync(planet._processes.All, options.StartLimit, cancellationToken);
            return planet;
        }
        catch
        {
            await planet.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops every process: asked first, killed when it takes too long. Idempotent.</summary>
    public async Task StopAsync()
    {
        await _stopping.WaitAsync();
        try
        {
            if (_stopped)
                return;
            await _running.QuietAsync();
            _processes.ExpectEnd();
            _running.Timeline.Add("planet", null, null, "stopping", "stopping");
            await _processes.StopAsync(_options.StopLimit);
            await _running.DisposeAsync();
            _stopped = true;
        }
        finally
        {
            _stopping.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _processes.Dispose();
        _probe.Dispose();
        _data.Dispose();
    }
}
