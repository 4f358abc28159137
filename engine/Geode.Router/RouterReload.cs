using System.Runtime.InteropServices;
using Geode.Router.Configuration;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Geode.Router;

/// <summary>Takes changed configuration over while requests go on: when a configuration file changes, on SIGHUP, and when an
/// operator says so. A configuration that is wrong is refused, and the one before stays. Where the router listens is settled at start.</summary>
internal sealed partial class RouterReload(IConfiguration configuration, RouterState state, ILogger<RouterReload> logger) : IHostedService, IDisposable
{
    private readonly Lock _lock = new();
    private IDisposable? _changes;
    private volatile string? _wrong;
    private PosixSignalRegistration? _signal;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _changes = ChangeToken.OnChange(configuration.GetReloadToken, () => _wrong = Reload());
        if (!OperatingSystem.IsWindows())
        {
            _signal = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
            {
                signal.Cancel = true;
                ReadAgain();
            });
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Reads all sources again, the planet's file included.</summary>
    /// <returns>What is wrong, or null.</returns>
    public string? ReadAgain()
    {
        // That it was read again is itself a change, and handled as one.
        ((IConfigurationRoot)configuration).Reload();
        return _wrong;
    }

    public void Dispose()
    {
        _changes?.Dispose();
        _signal?.Dispose();
    }

    private string? Reload()
    {
        lock (_lock)
        {
            try
            {
                var setup = RouterSetupLoader.Load(configuration);
                state.Apply(setup);
                Reloaded(string.Join(", ", setup.Origins.Select(o => o.Name)));
                return null;
            }
            catch (Exception error) when (error is OptionsValidationException or Topology.PlanetException)
            {
                Refused(error.Message);
                return error.Message;
            }
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Configuration taken over. Origins: {Origins}.")]
    private partial void Reloaded(string origins);

    [LoggerMessage(2, LogLevel.Error, "Configuration refused, the one before stays: {Why}")]
    private partial void Refused(string why);
}
