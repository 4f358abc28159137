namespace Geode.Backplane.Hosting;

/// <summary>The directory of tenants: a second account in this process, with ports and data of its own. It starts and ends with the first one, which
/// hears the signals, watches the parent process and exports telemetry for both.</summary>
internal sealed class DirectoryAccount : IHostedService, IAsyncDisposable
{
    private readonly WebApplication _app;

    /// <param name="process">Of the first account: should this one end by itself, so does the process.</param>
    /// <exception cref="Geode.Topology.PlanetException">Its data folder cannot be used.</exception>
    public DirectoryAccount(BackplaneOptions options, ILoggerFactory logs, IHostApplicationLifetime process)
    {
        _app = BackplaneApp.BuildDirectory(options, logs);
        _app.Lifetime.ApplicationStopping.Register(process.StopApplication);
    }

    public BackplaneHost Host => _app.Services.GetRequiredService<BackplaneHost>();

    internal IHostApplicationLifetime Lifetime => _app.Lifetime;

    public Task StartAsync(CancellationToken cancellationToken) => _app.StartAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => _app.StopAsync(cancellationToken);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    /// <summary>Waits for nothing and hears no signals: whoever holds the account starts and stops it.</summary>
    internal sealed class LifetimeOfAnother : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
