using Geode.Service.Backplane;
using Geode.Worker.Feeds;
using Microsoft.Azure.Cosmos;

namespace Geode.Worker.Scores;

/// <summary>While this process owns the scores: recounts what an earlier owner, or one on the far side of a partition, has counted.
/// Two owners' results for one question can cross in such a way that neither had seen all votes and no further vote comes to
/// correct them; the present owner then finds a score that is not its own.</summary>
internal sealed partial class ScoreReconciler(
    ScoreBoard board, Fence fence, Processor<ScoreKeeper> processor, BackplaneClients clients, TimeProvider clock,
    ILogger<ScoreReconciler> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly LastReason _reason = new();
    private readonly Container _votes = clients.OwnFeed.GetContainer("votes");
    private readonly Container _scores = clients.OwnFeed.GetContainer("scores");

    // The epoch under which everything voted on has been looked at once.
    private long _surveyed;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (processor.Status.Owned == 0 || fence.Current == 0)
                continue;
            try
            {
                try
                {
                    await ReconcileAsync(stoppingToken);
                    _reason.Forget();
                }
                catch (NotOwnerException) when (processor.Status.Owned > 0)
                {
                    // Another owner has written, and the lease is ours again or still: go on above it.
                    await fence.RaiseAsync(stoppingToken);
                }
            }
            catch (Exception e) when (BackplaneFault.Is(e) || e is NotOwnerException)
            {
                if (_reason.News(e) is { } reason)
                    Postponed(logger, reason);
            }
        }
    }

    private async Task ReconcileAsync(CancellationToken cancellation)
    {
        var epoch = fence.Current;
        if (_surveyed != epoch)
        {
            // Votes that the former owner's place in the feed had passed, but whose count it never stored.
            await RecountAsync(_votes, new("SELECT DISTINCT VALUE c.questionId FROM c"), cancellation);
            _surveyed = epoch;
        }

        var foreign = new QueryDefinition("SELECT DISTINCT VALUE c.questionId FROM c WHERE c.fence != @fence OR c.writer != @writer")
            .WithParameter("@fence", epoch).WithParameter("@writer", board.Writer);
        await RecountAsync(_scores, foreign, cancellation);
    }

    private async Task RecountAsync(Container container, QueryDefinition query, CancellationToken cancellation)
    {
        var count = 0;
        using var pages = container.GetItemQueryIterator<string>(query);
        while (pages.HasMoreResults)
        {
            foreach (var questionId in (await pages.ReadNextAsync(cancellation)).Distinct())
            {
                await board.RecountAsync(questionId, cancellation);
                count++;
            }
        }

        if (count > 0)
            Recounted(logger, count, container.Id);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Recounted {Count} questions found in {Container}")]
    private static partial void Recounted(ILogger logger, int count, string container);

    [LoggerMessage(Level = LogLevel.Information, Message = "Reconciliation of scores postponed: {Reason}")]
    private static partial void Postponed(ILogger logger, string reason);
}
