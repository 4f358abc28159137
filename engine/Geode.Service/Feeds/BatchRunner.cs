using Microsoft.Azure.Cosmos;

namespace Geode.Service.Feeds;

/// <summary>Runs a batch of changes through a handler: keys side by side, each key's changes in order, every change of the batch
/// before the next batch.</summary>
internal sealed class BatchRunner(Feed feed, DeadLetters deadLetters, FeedStatus status, TimeProvider clock)
{
    public const int Tries = 5;

    private const int KeysAtOnce = 8;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);

    /// <exception cref="CosmosException">The backplane failed; the same batch will be delivered again.</exception>
    public async Task RunAsync(IFeedHandler handler, string lease, IReadOnlyCollection<Change> changes, CancellationToken cancellation)
    {
        status.Received(lease, changes);
        var keyed = new List<(string Key, Change Change)>(changes.Count);
        foreach (var change in changes)
        {
            try
            {
                keyed.Add((handler.KeyOf(change), change));
            }
            catch (FormatException e)
            {
                await deadLetters.PutAsync(feed, change, e, tries: 1, cancellation);
            }
        }

        var options = new ParallelOptions { MaxDegreeOfParallelism = KeysAtOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(keyed.GroupBy(pair => pair.Key, pair => pair.Change), options, async (group, token) =>
            await RunKeyAsync(handler, group.Key, [.. group], token));
        status.Handled(changes);
    }

    private async Task RunKeyAsync(IFeedHandler handler, string key, IReadOnlyList<Change> changes, CancellationToken cancellation)
    {
        if (await TryAsync(handler, key, changes, cancellation) is not { } reason)
            return;
        if (changes.Count == 1)
        {
            await deadLetters.PutAsync(feed, changes[0], reason, Tries, cancellation);
            return;
        }

        // One of them is poison; the others deserve their turn.
        foreach (var change in changes)
        {
            if (await TryAsync(handler, key, [change], cancellation) is { } its)
                await deadLetters.PutAsync(feed, change, its, Tries, cancellation);
        }
    }

    // The reason for giving up, or null when it was handled.
    private async Task<Exception?> TryAsync(IFeedHandler handler, string key, IReadOnlyList<Change> changes, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var span = FeedTrace.Start(feed, key, changes, attempt);
                await handler.HandleAsync(key, changes, cancellation);
                return null;
            }
            catch (Exception e) when (IsPoison(e))
            {
                if (attempt == Tries)
                    return e;
            }

            await Task.Delay(FirstPause * Math.Pow(2, attempt - 1), clock, cancellation);
        }
    }

    // A backplane that cannot be reached says nothing about the document: such changes come again.
    private static bool IsPoison(Exception e) => e is not (CosmosException or HttpRequestException or OperationCanceledException or NotOwnerException);
}
