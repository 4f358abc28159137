using System.Diagnostics;
using System.Reflection;
using Geode.Control;
using Geode.Control.Terminal;
using Geode.Hosting.Processes;
using Geode.Hosting.Terminal;
using Geode.Topology;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <summary>The program of an application that has a planet: its options, what a person sees in the terminal, and its exit codes.</summary>
public static class PlanetAppHost
{
    public const int Ok = 0;
    public const int Failed = 1;
    public const int WrongInput = 2;

    private static readonly OtherOptions AspireOptions = new("Aspire",
    [
        "--operation", "--publisher", "--step", "--list-steps", "--output-path", "--log-level", "--include-exception-details", "--clear-cache", "--yes",
        "--environment", "--dcp-cli-path", "--dcp-container-runtime", "--dcp-dependency-check-timeout", "--dcp-dashboard-path",
    ]);

    /// <summary>Runs the application until it is asked to end (Ctrl-C, SIGTERM, <c>aspire stop</c>), or publishes it.</summary>
    /// <param name="args">See <c>--help</c>; Aspire's own options beside them.</param>
    /// <param name="build">Adds the planet that was chosen, and what else the application has.</param>
    /// <returns>0 after an end on request, 1 when a process failed and they were never all healthy, 2 for wrong input.</returns>
    /// <exception cref="PlanetException">Wrong input, where a test runs the program: there it is for the test to see.</exception>
    public static async Task<int> RunAsync(string[] args, Action<IDistributedApplicationBuilder, PlanetChoice> build)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(build);
        if (IsUnderTest(build))
        {
            await Build(CommandLine.Parse(args, Console.Out, AspireOptions), build.Method.Module.Assembly, build).Application.RunAsync();
            return Ok;
        }
        var screen = new Screen();
        try
        {
            var command = CommandLine.Parse(args, Console.Out, AspireOptions);
            return command.HelpShown || await RunAsync(command, build, screen) ? Ok : Failed;
        }
        catch (PlanetException wrong)
        {
            screen.ShowWrong(wrong);
            return WrongInput;
        }
    }

    private static async Task<bool> RunAsync(CommandLine command, Action<IDistributedApplicationBuilder, PlanetChoice> build, Screen screen)
    {
        var clock = Stopwatch.StartNew();
        var (application, choice) = Build(command, build.Method.Module.Assembly, (builder, chosen) =>
        {
            builder.Services.AddSingleton(screen);
            // What keeps the application from starting is told here, in one line, and an end that was asked for is no failure.
            builder.Services.AddLogging(logging => logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None));
            build(builder, chosen);
        });
        await using var _ = application;
        if (application.Services.GetService<PlanetRun>() is not { } run)
        {
            await application.RunAsync();
            return true;
        }
        screen.ShowStarting(choice);
        using var watch = LauncherWatch.Start(application.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication);
        return await new TerminalSession(application, run, screen).RunAsync(clock);
    }

    private static (DistributedApplication Application, PlanetChoice Choice) Build(
        CommandLine command, Assembly appHost, Action<IDistributedApplicationBuilder, PlanetChoice> build)
    {
        var builder = Create(new DistributedApplicationOptions
        {
            Args = [.. command.PassedOn, .. DashboardPorts.Of(PortsOf(command, appHost))],
            // Everything of a planet on one machine speaks plain HTTP on loopback.
            TrustDeveloperCertificate = false,
        });
        var choice = PlanetChoice.Of(command, PlanetLoader.Nearest(builder.AppHostDirectory), builder.Configuration);
        build(builder, choice);
        return (builder.Build(), choice);
    }

    // Needed before there is a builder, which would find the file and its configuration by itself.
    private static PlanetPorts PortsOf(CommandLine command, Assembly appHost) => PlanetChoice.Of(
        command, PlanetLoader.Nearest(AppHosts.FolderOf(appHost)), new ConfigurationBuilder().AddEnvironmentVariables().Build()).Planet.Ports;

    private static IDistributedApplicationBuilder Create(DistributedApplicationOptions options)
    {
        try
        {
            return DistributedApplication.CreateBuilder(options);
        }
        catch (DistributedApplicationException wrong)
        {
            // An option of Aspire's with a value that it does not know.
            throw new PlanetException(wrong.Message, wrong);
        }
    }

    private static bool IsUnderTest(Delegate build) => Assembly.GetEntryAssembly() != build.Method.Module.Assembly;
}
