using Geode.Service.Backplane;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Feeds;

/// <summary>While this process owns a feed that counts: recounts what an earlier owner, or one on the far side of a partition, has
/// counted. Two owners' results for one partition can cross in such a way that neither had seen all documents and no further change
/// comes to correct them; the present owner then finds a result that is not its own.</summary>
internal sealed partial class RecountSurvey(Processor processor, TimeProvider clock, ILogger<RecountSurvey> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly LastReason _reason = new();
    private readonly FeedContext _feed = processor.Context;
    private readonly IRecount _recount = (IRecount)processor.Handler;

    // The epoch under which everything has been looked at once.
    private long _surveyed;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (!processor.IsOwner || _feed.Fence.Current == 0)
                continue;
            try
            {
                try
                {
                    await SurveyAsync(stoppingToken);
                    _reason.Forget();
                }
                catch (NotOwnerException) when (processor.IsOwner)
                {
                    // Another owner has written, and the lease is ours again or still: go on above it.
                    await _feed.Fence.RaiseAsync(stoppingToken);
                }
            }
            catch (Exception e) when (BackplaneFault.Is(e) || e is NotOwnerException)
            {
                if (_reason.News(e) is { } reason)
                    Postponed(logger, processor.Feed.Name, reason);
            }
        }
    }

    private async Task SurveyAsync(CancellationToken cancellation)
    {
        var epoch = _feed.Fence.Current;
        var partitions = $"SELECT DISTINCT VALUE c.{_recount.PartitionKey} FROM c";
        if (_surveyed != epoch)
        {
            // Changes that the former owner's place in the feed had passed, but whose count it never stored.
            await RecountAsync(_recount.Documents, new(partitions), cancellation);
            _surveyed = epoch;
        }

        var foreign = new QueryDefinition($"{partitions} WHERE c.fence != @fence OR c.writer != @writer")
            .WithParameter("@fence", epoch).WithParameter("@writer", _feed.Writer);
        await RecountAsync(_recount.Results, foreign, cancellation);
    }

    private async Task RecountAsync(Container container, QueryDefinition query, CancellationToken cancellation)
    {
        var count = 0;
        using var pages = container.GetItemQueryIterator<string>(query);
        while (pages.HasMoreResults)
        {
            foreach (var partition in (await pages.ReadNextAsync(cancellation)).Distinct())
            {
                await _recount.RecountAsync(partition, cancellation);
                count++;
            }
        }

        if (count > 0)
            Recounted(logger, processor.Feed.Name, count, container.Id);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Processor {Processor} recounted {Count} partitions found in {Container}")]
    private static partial void Recounted(ILogger logger, string processor, int count, string container);

    [LoggerMessage(Level = LogLevel.Information, Message = "Processor {Processor} postponed its survey: {Reason}")]
    private static partial void Postponed(ILogger logger, string processor, string reason);
}
