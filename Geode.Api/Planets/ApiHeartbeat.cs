using Geode.Runtime.Health;
using Geode.Service.Backplane;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Api.Planets;

/// <summary>Writes this Api's sign of life once a second, to its own replica and no other.</summary>
internal sealed class ApiHeartbeat(
    TrafficMeter traffic, BackplaneClients clients, Region region, FirstReady ready, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private const int TimeToLiveSeconds = 60;

    private readonly Container _activity = clients.OwnReplica.GetContainer("activity");
    private readonly string _id = $"api:{Environment.MachineName}-{Environment.ProcessId}";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ready.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var beat = new Beat(_id, region.Name, SignOfLife.ApiKind, clock.GetUtcNow(), traffic.View(), TimeToLiveSeconds);
                await _activity.UpsertItemAsync(beat, new PartitionKey(region.Name), cancellationToken: stoppingToken);
            }
            catch (Exception e) when (BackplaneFault.Is(e))
            {
                // A replica that is down is what the silence says.
            }
        }
    }

    private sealed record Beat(string Id, string Region, string Kind, DateTimeOffset At, TrafficView Traffic, int Ttl);
}
