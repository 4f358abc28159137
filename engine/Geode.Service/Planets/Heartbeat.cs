using System.Text.Json;
using Geode.Runtime.Health;
using Geode.Service.Backplane;
using Geode.Service.Hosting;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Planets;

/// <summary>Writes a sign of life to this region's own replica and no other: once a second while what it says changes, else every five. It
/// replicates to all; when it arrives elsewhere tells how far this region lags.</summary>
internal abstract class Heartbeat(
    string kind, BackplaneClients clients, GeodeOptions options, Region region, FirstReady ready, TimeProvider clock) : BackgroundService
{
    private const int TimeToLiveSeconds = 60;

    private readonly Container _activity = clients.OwnReplica.GetContainer(options.Activity);
    private readonly Cadence _cadence = new(clock);
    private readonly string _id = $"{kind}:{Environment.MachineName}-{Environment.ProcessId}";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ready.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(Cadence.Shortest, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var state = State();
            var words = JsonSerializer.Serialize(Telling(state));
            if (_cadence.Due(words) is not { } every)
                continue;
            try
            {
                var beat = new Beat(
                    _id, region.Name, kind, clock.GetUtcNow(), (int)every.TotalSeconds, state.Traffic, state.Processors, state.Limits, state.Publications, TimeToLiveSeconds);
                await _activity.UpsertItemAsync(beat, new PartitionKey(region.Name), cancellationToken: stoppingToken);
                _cadence.Said(words, every);
            }
            catch (Exception e) when (BackplaneFault.Is(e))
            {
                // A replica that is down is what the silence says.
            }
        }
    }

    /// <summary>How this process is.</summary>
    protected abstract ProcessSigns State();

    /// <summary>What of it is worth to be told at once.</summary>
    protected virtual ProcessSigns Telling(ProcessSigns state) => state;

    /// <param name="Region">The partition.</param>
    /// <param name="Every">Seconds: the next comes no later.</param>
    /// <param name="Ttl">Seconds until it is forgotten.</param>
    private sealed record Beat(
        string Id, string Region, string Kind, DateTimeOffset At, int Every, TrafficView? Traffic, IReadOnlyList<ProcessorView>? Processors,
        LimitsView? Limits, IReadOnlyDictionary<string, string>? Publications, int Ttl);
}

/// <summary>What a process says of itself; each role has its own part.</summary>
internal sealed record ProcessSigns(
    TrafficView? Traffic = null, IReadOnlyList<ProcessorView>? Processors = null, LimitsView? Limits = null,
    IReadOnlyDictionary<string, string>? Publications = null);
