using System.Diagnostics;
using Aspire.Hosting;
using Geode.Control.Processes;
using Geode.Control.Terminal;
using Geode.Hosting.Processes;
using Geode.Topology;
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
    /// <returns>False: a process failed before all were healthy, and they never were.</returns>
    /// <exception cref="PlanetException">The planet cannot start.</exception>
    public async Task<bool> RunAsync(Stopwatch clock)
    {
        using var waiting = new Timer(_ => screen.ShowWaiting(), null, WaitingInterval, WaitingInterval);
        var ending = new Stopwatch();
        using var stopping = _lifetime.ApplicationStopping.Register(() =>
        {
            ending.Start();
            screen.ShowStopping("asked to");
        });
        var ready = ShowReadyAsync(clock);
        try
        {
            await application.StartAsync();
            await application.WaitForShutdownAsync();
        }
        catch (OperationCanceledException) when (_lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Asked to end before everything had started: what has is ended in the right order all the same.
            await application.StopAsync();
        }
        var isWell = await ready;
        screen.ShowStopped(ending.Elapsed);
        return isWell;
    }

    private async Task<bool> ShowReadyAsync(Stopwatch clock)
    {
        var failed = false;
        while (true)
        {
            try
            {
                await run.HealthyAsync(_lifetime.ApplicationStopping);
                screen.ShowReady(run.Running!, clock.Elapsed, Dashboard());
                return true;
            }
            catch (OperationCanceledException)
            {
                return !failed;
            }
            catch (ProcessFailedException failure)
            {
                // The others run on, the dashboard has its log and can start it again, and then the planet is ready after all.
                screen.ShowFailed(failure);
                failed = true;
            }
        }
    }

    private string? Dashboard()
    {
        var configuration = application.Services.GetRequiredService<IConfiguration>();
        var address = configuration["ASPNETCORE_URLS"]?.Split(';')[0].TrimEnd('/');
        return address is null || configuration["AppHost:BrowserToken"] is not { Length: > 0 } token ? address : $"{address}/login?t={token}";
    }
}
