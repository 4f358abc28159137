using System.Diagnostics;
using System.Globalization;
using Geode.Bench.Page;
using Geode.Control.Events;
using Geode.Control.Load;
using Geode.Topology;

namespace Geode.Bench.Drills;

/// <summary>A planet of three regions with calm load; then one city asks many times as much within ten seconds, and with
/// <c>killSteward</c> whoever plans is killed in the middle of it.</summary>
internal static class SurgeDrill
{
    private const string City = "amsterdam";
    private const string Nearest = "westeurope";

    private static readonly string[] Regions = [Nearest, "eastus", "southeastasia"];
    private static readonly string[] Cities = [City, "newyork", "singapore"];
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    // So little is work for one instance that this machine can bring what three have to do.
    private static readonly ScaleSettings Scale = new(ConcurrentRequests: 10, PollSeconds: 15, CooldownSeconds: 60, LocalMost: 3);

    /// <param name="Mode">The steward's.</param>
    /// <param name="Killed">The process that was killed in the middle; null: none.</param>
    /// <param name="Instances">Of the geode next to the city that asked more.</param>
    /// <param name="Applied">Plans that a region applied, each region counted.</param>
    /// <param name="Before">Whoever planned when the surge began; <paramref name="After"/> at the end.</param>
    /// <param name="AppliedFence">The highest of a plan that was applied; 0: none was.</param>
    public sealed record Result(
        string Mode, string? Killed, SurgeAnswers.Phase Quiet, SurgeAnswers.Phase During, SurgeAnswers.Phase Later,
        IReadOnlyList<SurgeWatch.Change> Instances, int Applied, long AppliedFence, SurgeWatch.Steward? Before, SurgeWatch.Steward? After);

    /// <param name="mode">The steward's.</param>
    /// <param name="requests">Per second of all three cities together, before.</param>
    public static async Task<Result> RunAsync(string mode, bool killSteward, double factor, TimeSpan length, double requests, CancellationToken stop)
    {
        await using var planet = await BenchPlanet.StartAsync(
            Regions, stop, planet => planet with { Scale = Scale, Steward = planet.Steward with { Mode = mode } });
        var (answers, watch) = (new SurgeAnswers(), new SurgeWatch(planet.Control));
        await using var load = new ClientLoad(
            planet.Router, new Timeline(TimeProvider.System), TimeProvider.System, (_, region, took) => answers.Add(region is not null, took));
        var clients = (int)Math.Ceiling(requests);
        await load.StartAsync(new LoadRequest(Math.Max(clients, Cities.Length), requests, WriteShare: null, Cities).Complete());
        await PlannedAsync(watch, stop);
        // What a process does for the first time is slow, and is no calm.
        await Task.Delay(WarmUp, stop);

        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var watching = watch.RunAsync(Nearest, end.Token);
        var calm = Stopwatch.GetTimestamp();
        await Task.Delay(Calm, stop);
        var before = await watch.StewardAsync(stop);
        var surge = Stopwatch.GetTimestamp();
        await load.SurgeAsync(new(City, factor, length.TotalSeconds));
        await Task.Delay(length / 2, stop);
        var killed = killSteward ? await KillAsync(planet, watch, stop) : null;
        await Task.Delay(Rest(length, surge), stop);
        var over = Stopwatch.GetTimestamp();
        await Task.Delay(Calm, stop);
        var last = Stopwatch.GetTimestamp();
        await load.StopAsync();
        var after = await watch.StewardAsync(stop);
        await end.CancelAsync();
        await watching;
        return new(
            mode, killed, answers.Between(calm, surge), answers.Between(surge, over), answers.Between(over, last), watch.Since(surge), watch.Applied,
            watch.HighestFence, before, after);
    }

    private static async Task PlannedAsync(SurgeWatch watch, CancellationToken stop)
    {
        var began = Stopwatch.GetTimestamp();
        while (await watch.StewardAsync(stop) is null)
        {
            if (Stopwatch.GetElapsedTime(began) > Patience)
                throw new BenchException(string.Create(CultureInfo.InvariantCulture, $"There was no plan {Patience.TotalMinutes:0} minutes after the planet was healthy."));
            await Task.Delay(TimeSpan.FromMilliseconds(500), stop);
        }
    }

    private static async Task<string> KillAsync(BenchPlanet planet, SurgeWatch watch, CancellationToken stop)
    {
        var steward = await watch.StewardAsync(stop) ?? throw new BenchException("No Worker says who the steward is, so it cannot be killed.");
        var worker = $"worker-{steward.Region}";
        await planet.OrderAsync(HttpMethod.Post, $"/planet/processes/{worker}/kill", new { }, stop);
        return worker;
    }

    private static TimeSpan Rest(TimeSpan length, long since)
    {
        var rest = length - Stopwatch.GetElapsedTime(since);
        return rest > TimeSpan.Zero ? rest : TimeSpan.Zero;
    }
}
