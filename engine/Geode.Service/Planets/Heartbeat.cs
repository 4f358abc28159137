using Geode.Runtime.Health;
using Geode.Service.Backplane;
using Geode.Service.Hosting;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Planets;

/// <summary>Writes a sign of life once a second, to this region's own replica and no other. It replicates to all; when it arrives elsewhere
/// tells how far this region lags.</summary>
internal abstract class Heartbeat(
    string kind, BackplaneClients clients, GeodeOptions options, Region region, FirstReady ready, TimeProvider clock) : BackgroundService
{
    private const int TimeToLiveSeconds = 60;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Container _activity = clients.OwnReplica.GetContainer(options.Activity);
    private readonly string _id = $"{kind}:{Environment.MachineName}-{Environment.ProcessId}";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ready.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var beat = new Beat(_id, region.Name, kind, clock.GetUtcNow(), Traffic(), Processors(), Limits(), Publications(), TimeToLiveSeconds);
                await _activity.UpsertItemAsync(beat, new PartitionKey(region.Name), cancellationToken: stoppingToken);
            }
            catch (Exception e) when (BackplaneFault.Is(e))
            {
                // A replica that is down is what the silence says.
            }
        }
    }

    protected virtual TrafficView? Traffic() => null;

    protected virtual IReadOnlyList<ProcessorView>? Processors() => null;

    protected virtual LimitsView? Limits() => null;

    protected virtual IReadOnlyDictionary<string, string>? Publications() => null;

    /// <param name="Region">The partition.</param>
    /// <param name="Ttl">Seconds until it is forgotten.</param>
    private sealed record Beat(
        string Id, string Region, string Kind, DateTimeOffset At, TrafficView? Traffic, IReadOnlyList<ProcessorView>? Processors, LimitsView? Limits,
        IReadOnlyDictionary<string, string>? Publications, int Ttl);
}
