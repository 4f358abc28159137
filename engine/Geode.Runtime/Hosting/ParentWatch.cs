using System.Diagnostics;
using System.Globalization;
using Geode.Topology;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Geode.Runtime.Hosting;

/// <summary>Ends this process when the one that started it is gone, however that one ended: its end of our standard input
/// closes, or its pid disappears.</summary>
internal sealed partial class ParentWatch(
    int parent, IHostApplicationLifetime lifetime, Drain drain, TimeProvider clock, ILogger<ParentWatch> logger) : BackgroundService
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(4);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await await Task.WhenAny(EndOfInput(stoppingToken), EndOfParent(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return;
        }

        ParentGone(logger, parent);
        drain.Skip();
        lifetime.StopApplication();
        // Whatever hangs in a graceful stop must not outlive its planet.
        await Task.Delay(Grace, clock, CancellationToken.None);
        Environment.Exit(GeodeHost.Ok);
    }

    // A blocking read cannot be cancelled, hence its own background thread, which dies with the process.
    private static Task EndOfInput(CancellationToken stoppingToken)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        stoppingToken.Register(() => ended.TrySetCanceled(stoppingToken));
        new Thread(() =>
        {
            try
            {
                using var input = Console.OpenStandardInput();
                Span<byte> ignored = stackalloc byte[64];
                while (input.Read(ignored) > 0)
                {
                }
            }
            catch (IOException)
            {
                // A broken pipe is an end of input too.
            }

            ended.TrySetResult();
        })
        { IsBackground = true, Name = nameof(ParentWatch) }.Start();
        return ended.Task;
    }

    private async Task EndOfParent(CancellationToken stoppingToken)
    {
        var started = StartTime(parent);
        using var timer = new PeriodicTimer(PollInterval, clock);
        // A pid that was given to another process since has another start time.
        while (started is not null && StartTime(parent) == started)
            await timer.WaitForNextTickAsync(stoppingToken);
    }

    private static DateTime? StartTime(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return process.StartTime;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The parent process {Parent} is gone; stopping")]
    private static partial void ParentGone(ILogger logger, int parent);
}

/// <summary>Registration of <see cref="ParentWatch"/>.</summary>
public static class ParentWatchExtensions
{
    /// <summary>Watches the pid in <c>Geode__Parent</c>; when that is not set, standard input is never read.</summary>
    /// <exception cref="PlanetException">The value is not a pid.</exception>
    public static TBuilder AddParentWatch<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        if (Parent(builder.Configuration) is not { } parent)
            return builder;
        builder.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<ParentWatch>(services, parent));
        return builder;
    }

    internal static int? Parent(IConfiguration configuration)
    {
        var value = configuration["Geode:Parent"];
        if (string.IsNullOrWhiteSpace(value))
            return null;
        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var pid) && pid > 0
            ? pid
            : throw new PlanetException($"{PlanetEnvironment.Parent}: '{value}' is not a process id; give a number above 0, or nothing.");
    }
}
