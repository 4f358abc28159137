using System.Text.Json;
using Geode.Runtime.Health;
using Geode.Service.Backplane;
using Geode.Service.Hosting;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Feeds;

/// <summary>Runs one <see cref="IFeedHandler"/> on the SDK's change feed processor for as long as this process lives.</summary>
internal sealed partial class FeedProcessor(
    Feed feed, IFeedHandler handler, BatchRunner batches, FeedStatus status, BackplaneClients clients, GeodeOptions options, Region region,
    FirstReady ready, TimeProvider clock, ILogger<FeedProcessor> logger) : BackgroundService
{
    // Expiry and the search for expired leases together stay under the 15 s in which a lost region's work must have moved.
    private static readonly TimeSpan Expiration = TimeSpan.FromSeconds(9);
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Acquisition = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan StartRetry = TimeSpan.FromSeconds(1);
    private const int BatchSize = 200;

    private readonly LastReason _reason = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ready.WaitAsync(stoppingToken);
        var plan = LeasePlan.For(feed, region, clients, options);
        var processor = Build(plan);
        while (!await TryStartAsync(plan, processor, stoppingToken))
            await Task.Delay(StartRetry, clock, stoppingToken);

        Started(logger, feed.Name, plan.Prefix);
        try
        {
            await Task.Delay(Timeout.Infinite, stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // Releases the leases, so that another geode need not wait for them to expire.
            await processor.StopAsync();
            status.Released();
        }
    }

    private ChangeFeedProcessor Build(LeasePlan plan) =>
        plan.Feed.GetChangeFeedProcessorBuilder<JsonElement>(plan.Prefix, (context, documents, cancellation) =>
                batches.RunAsync(handler, context.LeaseToken, [.. documents.Select(document => new Change(document))], cancellation))
            .WithInstanceName($"{region.Name}-{Environment.MachineName}-{Environment.ProcessId}-{feed.Name}")
            .WithLeaseContainer(plan.Leases)
            .WithStartTime(DateTime.MinValue.ToUniversalTime())
            .WithPollInterval(Poll)
            .WithMaxItems(BatchSize)
            .WithLeaseConfiguration(Acquisition, Expiration, Renewal)
            .WithLeaseAcquireNotification(async lease =>
            {
                Acquired(logger, feed.Name, lease);
                status.Acquired();
                await handler.AcquiredAsync(CancellationToken.None);
            })
            .WithLeaseReleaseNotification(lease =>
            {
                Lost(logger, feed.Name, lease);
                status.Released();
                handler.Released();
                return Task.CompletedTask;
            })
            .WithErrorNotification((lease, error) =>
            {
                Failed(logger, feed.Name, lease, error);
                return Task.CompletedTask;
            })
            .Build();

    // Until the replica is up and has its containers there is nothing to read.
    private async Task<bool> TryStartAsync(LeasePlan plan, ChangeFeedProcessor processor, CancellationToken cancellation)
    {
        try
        {
            await LeaseMarker.ClaimAsync(plan, feed, region, cancellation);
            await processor.StartAsync();
            return true;
        }
        catch (Exception e) when (BackplaneFault.Is(e))
        {
            if (_reason.News(e) is { } reason)
                Waiting(logger, feed.Name, reason);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Processor {Processor} runs with lease prefix {Prefix}")]
    private static partial void Started(ILogger logger, string processor, string prefix);

    [LoggerMessage(Level = LogLevel.Information, Message = "Processor {Processor} owns lease {Lease}")]
    private static partial void Acquired(ILogger logger, string processor, string lease);

    [LoggerMessage(Level = LogLevel.Information, Message = "Processor {Processor} no longer owns lease {Lease}")]
    private static partial void Lost(ILogger logger, string processor, string lease);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Processor {Processor}, lease {Lease}")]
    private static partial void Failed(ILogger logger, string processor, string lease, Exception error);

    [LoggerMessage(Level = LogLevel.Information, Message = "Processor {Processor} waits for the backplane: {Reason}")]
    private static partial void Waiting(ILogger logger, string processor, string reason);
}
