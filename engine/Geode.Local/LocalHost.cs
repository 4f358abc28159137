using System.Diagnostics;
using Geode.Control.Processes;
using Geode.Control.Terminal;
using Geode.Topology;
using Microsoft.Extensions.Configuration;

namespace Geode.Local;

/// <summary>A local planet run from a terminal.</summary>
public static class LocalHost
{
    public const int Ok = 0;
    public const int Failed = 1;
    public const int WrongInput = 2;

    private static readonly TimeSpan WaitingInterval = TimeSpan.FromSeconds(10);

    /// <summary>Starts the planet, shows it, and stops it when asked to (Ctrl-C, SIGTERM).</summary>
    /// <param name="args">See <c>--help</c>.</param>
    /// <returns>0 after a stop on request, 1 when a process did not get healthy, 2 for wrong input.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var screen = new Screen();
        try
        {
            var command = CommandLine.Parse(args, Console.Out);
            if (!command.HelpShown)
                await RunAsync(PlanetChoice.Of(command, BuiltTree.Find().PlanetFile, new ConfigurationBuilder().AddEnvironmentVariables().Build()), screen);
            return Ok;
        }
        catch (PlanetException wrong)
        {
            screen.ShowWrong(wrong);
            return WrongInput;
        }
        catch (ProcessFailedException failed)
        {
            screen.ShowFailed(failed);
            return Failed;
        }
    }

    private static async Task RunAsync(PlanetChoice choice, Screen screen)
    {
        using var stop = new StopRequest();
        screen.ShowStarting(choice);
        var clock = Stopwatch.StartNew();
        using var waiting = new Timer(_ => screen.ShowWaiting(), null, WaitingInterval, WaitingInterval);
        try
        {
            await using var planet = await LocalPlanet.StartAsync(
                LocalPlanetOptions.Of(choice) with { OnEvent = screen.OnEvent, OnLog = screen.OnLog }, stop.Token);
            screen.ShowReady(planet.Running, clock.Elapsed);
            screen.ShowStopping(await stop.Requested);
            clock.Restart();
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            // Asked to stop before everything was up: what had started has been stopped.
        }
        screen.ShowStopped(clock.Elapsed);
    }
}
