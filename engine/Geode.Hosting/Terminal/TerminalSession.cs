using System.Diagnostics;
using Aspire.Hosting;
using Geode.Control.Processes;
using Geode.Control.Terminal;
using Geode.Hosting.Processes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Geode.Hosting.Terminal;

/// <summary>A planet from its start to its end, as a person in front of a terminal sees it.</summary>
internal sealed class TerminalSession(DistributedApplication application, PlanetRun run, Screen screen)
{
    private static readonly TimeSpan WaitingInterval = TimeSpan.FromSeconds(10);

    private readonly IHostApplicationLifetime _lifetime = application.Services.GetRequiredService<IHostApplicationLifetime>();

    /// <param name="clock">Runs since the program was started.</param>
    /// <exception cref="ProcessFailedException">A process ended before all were healthy.</exception>
    public async Task RunAsync(Stopwatch clock)
    {
        using var waiting = new Timer(_ => screen.ShowWaiting(), null, WaitingInterval, WaitingInterval);
        var ending = new Stopwatch();
        using var stopping = _lifetime.ApplicationStopping.Register(() =>
        {
            ending.Start();
            screen.ShowStopping("asked to");
        });
        await application.StartAsync();
        var ready = ShowReadyAsync(clock);
        await application.WaitForShutdownAsync();
        await ready;
        screen.ShowStopped(ending.Elapsed);
    }

    private async Task ShowReadyAsync(Stopwatch clock)
    {
        try
        {
            await run.HealthyAsync(_lifetime.ApplicationStopping);
            screen.ShowReady(run.Running!, clock.Elapsed, Dashboard());
        }
        catch (OperationCanceledException)
        {
            // Asked to end before everything was up.
        }
        catch (ProcessFailedException failed)
        {
            // The dashboard has its log, and can start it again: the planet runs on without it.
            screen.ShowFailed(failed);
        }
    }

    private string? Dashboard()
    {
        var configuration = application.Services.GetRequiredService<IConfiguration>();
        var address = configuration["ASPNETCORE_URLS"]?.Split(';')[0].TrimEnd('/');
        return address is null || configuration["AppHost:BrowserToken"] is not { Length: > 0 } token ? address : $"{address}/login?t={token}";
    }
}
