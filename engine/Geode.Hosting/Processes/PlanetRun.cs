using Aspire.Hosting.ApplicationModel;
using Geode.Control;
using Geode.Control.Events;
using Geode.Control.Ports;
using Geode.Control.Processes;
using Geode.Control.Terminal;
using Geode.Topology;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Geode.Hosting.Processes;

/// <summary>A planet that Aspire runs, under control: its control API is open from before the first process starts until after the last
/// has ended.</summary>
internal sealed partial class PlanetRun : IHostedService, IAsyncDisposable
{
    private readonly PlanetResource _planet;
    private readonly ResourceNotificationService _notifications;
    private readonly ILogger _logger;
    private readonly AspireProcesses _processes;
    private readonly IReadOnlyDictionary<string, AspireProcess> _byName;
    private readonly HealthProbe _probe = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Timeline _timeline;
    private readonly TimeProvider _time;
    private DataFolder? _data;
    private RunningPlanet? _running;
    private Task _watching = Task.CompletedTask;
    private Task _showing = Task.CompletedTask;
    private Task? _disposal;

    public PlanetRun(
        PlanetResource planet, ResourceNotificationService notifications, ResourceCommandService commands, ResourceLoggerService logs,
        IEnumerable<Screen> screens, ILogger<PlanetRun> logger)
    {
        (_planet, _notifications, _logger, _time) = (planet, notifications, logger, TimeProvider.System);
        _timeline = new(_time, happened =>
        {
            foreach (var screen in screens)
                screen.OnEvent(happened);
        });
        IReadOnlyList<AspireProcess> all = [.. planet.Members.Select(m => new AspireProcess(m.Resource, m.Member, _probe, _timeline, _time))];
        _byName = all.ToDictionary(p => p.Resource.Name);
        _processes = new(planet, all, commands, logs);
    }

    /// <summary>Null before the application starts.</summary>
    public RunningPlanet? Running => _running;

    public IReadOnlyCollection<AspireProcess> Processes => [.. _byName.Values];

    /// <summary>Everything that must be right before a process is started.</summary>
    /// <exception cref="PlanetException">A port is taken, the data folder is in use, or the containers are wrong.</exception>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        PortCheck.EnsureFree(_planet.Planet);
        // What is wrong with it is said once, and not by every replica.
        ContainerCatalog.Read(_planet.Choice.Containers);
        _data = DataFolder.Open(_planet.Choice.DataFolder, _planet.Choice.Fresh);
        _running = new(_planet.Planet, _data.Planet, _processes, _timeline, _time);
        await _running.ServeAsync(cancellationToken);
        _watching = WatchAsync();
        _showing = new PlanetStates(_planet, this, _notifications, _logger).ShowAsync(_end.Token);
    }

    /// <summary>Completes when every process is healthy.</summary>
    /// <exception cref="ProcessFailedException">The first that ended before it was; others may wait for it in vain.</exception>
    public async Task HealthyAsync(CancellationToken cancellationToken)
    {
        await foreach (var wait in Task.WhenEach(_byName.Values.Where(p => !p.IsFurther).Select(p => p.HealthyAsync(cancellationToken))))
            await wait;
    }

    /// <summary>Whether it is one of the planet's now; a further instance that is not needed is none.</summary>
    public bool Has(AspireProcess process) => _processes.All.Contains(process);

    public ProcessState State(string process) => _byName[process].State;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Before Aspire ends what it runs, all at once, this ends it in the right order.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_running is null)
            return;
        await _running.QuietAsync();
        _timeline.Add("planet", null, null, "stopping", "stopping");
        await _processes.StopAsync();
    }

    /// <summary>Can be called by several, all of whom wait.</summary>
    public ValueTask DisposeAsync()
    {
        lock (_end)
            return new(_disposal ??= EndAsync());
    }

    private async Task EndAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_watching, _showing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_running is not null)
            await _running.DisposeAsync();
        foreach (var process in _byName.Values)
            process.Dispose();
        _probe.Dispose();
        _data?.Dispose();
    }

    private async Task WatchAsync()
    {
        await foreach (var change in _notifications.WatchAsync(_end.Token))
        {
            if (!_byName.TryGetValue(change.Resource.Name, out var process))
                continue;
            try
            {
                process.Observe(AspireNews.Of(change.Snapshot));
            }
            catch (Exception e)
            {
                // One that cannot be followed for a moment is no reason to follow nobody any more.
                NotFollowed(_logger, process.Resource.Name, e);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "What Aspire says of {Process} was not understood")]
    private static partial void NotFollowed(ILogger logger, string process, Exception exception);
}
