using System.Collections.Concurrent;
using Geode.Runtime.Health;
using Geode.Service.Backplane;
using Geode.Service.Hosting;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Feeds;

/// <summary>Asks the SDK's estimator how many changes each processor has not yet processed.</summary>
internal sealed class FeedBacklog(
    IEnumerable<Processor> processors, BackplaneClients clients, GeodeOptions options, Region region, FirstReady ready, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<Feed, long> _pending = new();

    /// <summary>Null while unknown.</summary>
    public long? Of(Feed feed) => _pending.TryGetValue(feed, out var pending) ? pending : null;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ready.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var processor in processors)
                await EstimateAsync(processor.Feed, stoppingToken);
        }
    }

    private async Task EstimateAsync(Feed feed, CancellationToken cancellation)
    {
        try
        {
            var plan = LeasePlan.For(feed, region, clients, options);
            using var states = plan.Feed.GetChangeFeedEstimator(plan.Prefix, plan.Leases).GetCurrentStateIterator();
            long pending = 0;
            while (states.HasMoreResults)
                pending += (await states.ReadNextAsync(cancellation)).Sum(state => state.EstimatedLag);
            _pending[feed] = pending;
        }
        catch (Exception e) when (BackplaneFault.Is(e))
        {
            _pending.TryRemove(feed, out _);
        }
    }
}
