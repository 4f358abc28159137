using System.Globalization;
using Geode.Topology;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Geode.Runtime.Hosting;

/// <summary>The time between "stop sending me requests" and "no longer listening". While it runs the process is not ready but
/// answers, so that a router notices before a connection is refused.</summary>
public sealed class Drain(TimeSpan period, IHostApplicationLifetime lifetime, TimeProvider clock) : IHostedLifecycleService
{
    private readonly TaskCompletionSource _skipped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Set from the moment the end was asked for.</summary>
    public bool IsDraining => lifetime.ApplicationStopping.IsCancellationRequested;

    /// <summary>Ends the wait: nobody is left who could send requests.</summary>
    public void Skip() => _skipped.TrySetResult();

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        var waited = Task.Delay(period, clock, cancellationToken);
        await Task.WhenAny(waited, _skipped.Task);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>Registration of <see cref="Drain"/>.</summary>
public static class DrainExtensions
{
    /// <summary>Two probes of the router at 500 ms, its time-out and a margin.</summary>
    public static readonly TimeSpan DefaultPeriod = TimeSpan.FromMilliseconds(1500);

    /// <summary>What requests in flight have after the drain, before they are cut.</summary>
    public static readonly TimeSpan InFlight = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>Reads <c>Geode:DrainMs</c> (0 to 60,000; default 1,500).</summary>
    /// <remarks>A value out of range ends the start with a <see cref="PlanetException"/>.</remarks>
    public static TBuilder AddDrain<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        // Read when the host is built, so that a process can set another default after this call.
        TimeSpan FromConfiguration() => Period(builder.Configuration["Geode:DrainMs"]);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(services => ActivatorUtilities.CreateInstance<Drain>(services, FromConfiguration()));
        builder.Services.AddHostedService(services => services.GetRequiredService<Drain>());
        builder.Services.Configure<HostOptions>(options =>
        {
            options.ShutdownTimeout = FromConfiguration() + InFlight;
            // One slow end must not eat up the time of the others.
            options.ServicesStopConcurrently = true;
        });
        return builder;
    }

    private static TimeSpan Period(string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
            return DefaultPeriod;
        return double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var ms)
            && ms >= 0 && ms <= Longest.TotalMilliseconds
            ? TimeSpan.FromMilliseconds(ms)
            : throw new PlanetException($"Geode:DrainMs: '{value}' is not a number of milliseconds from 0 to 60000.");
    }
}
