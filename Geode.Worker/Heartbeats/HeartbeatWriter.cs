using Geode.Runtime.Health;
using Geode.Service.Backplane;
using Geode.Topology;
using Geode.Worker.Feeds;
using Microsoft.Azure.Cosmos;

namespace Geode.Worker.Heartbeats;

/// <summary>Writes this Worker's <see cref="Heartbeat"/> once a second, to its own replica and no other.</summary>
internal sealed class HeartbeatWriter(
    IEnumerable<IProcessor> processors, FeedBacklog backlog, BackplaneClients clients, Region region, FirstReady ready, TimeProvider clock)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Container _activity = clients.OwnReplica.GetContainer("activity");
    private readonly string _id = $"worker:{Environment.MachineName}-{Environment.ProcessId}";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ready.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await _activity.UpsertItemAsync(Now(), new PartitionKey(region.Name), cancellationToken: stoppingToken);
            }
            catch (Exception e) when (BackplaneFault.Is(e))
            {
                // A replica that is down is what the absence of heartbeats says.
            }
        }
    }

    private Heartbeat Now() => new()
    {
        Id = _id,
        Region = region.Name,
        Kind = "worker",
        At = clock.GetUtcNow(),
        Processors = [.. processors.Select(Report)],
    };

    private ProcessorReport Report(IProcessor processor)
    {
        var status = processor.Status;
        return new(
            processor.Handler.Name, processor.Handler.Scope.ToString().ToLowerInvariant(), status.Owned > 0, status.HandledCount,
            status.Redelivered, status.PutAsideCount, status.Lag.TotalMilliseconds, backlog.Of(processor.Handler));
    }
}
