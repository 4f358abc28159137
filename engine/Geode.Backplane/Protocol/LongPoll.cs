using System.Globalization;
using Geode.Backplane.Faults;
using Geode.Backplane.Protocol.Codecs;
using Geode.Backplane.Storage;

namespace Geode.Backplane.Protocol;

/// <summary>Holds back the answer "nothing new" for as long as the client prefers to wait (RFC 7240: <c>Prefer: wait=seconds</c>): it
/// hears of a change at once, and an idle feed costs next to nothing. Cosmos DB has no such thing; who does not ask for it sees none of it.</summary>
internal static class LongPoll
{
    /// <summary>Well below the time after which clients take a server for dead.</summary>
    internal static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>Reads until there is something, or the client's patience is over.</summary>
    /// <param name="read">Reads from one and the same place of the partition's feed.</param>
    /// <param name="isEmpty">Nothing has been found, nor passed over: then the client had better ask from where the page ends.</param>
    /// <exception cref="OperationCanceledException">The client went away.</exception>
    /// <exception cref="ProtocolException">The region failed meanwhile, in the way it was told to.</exception>
    public static async ValueTask<T> ReadAsync<T>(BackplaneRequest request, Partition partition, Func<T> read, Func<T, bool> isEmpty)
    {
        var first = read();
        if (!isEmpty(first) || partition.IsSplit || Patience(request) is not { } patience)
            return first;
        var replica = request.Node.Replica;
        var stopping = request.Http.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(request.Aborted, stopping);
        var over = Task.Delay(patience, replica.Time, ended.Token);
        try
        {
            while (true)
            {
                var changed = partition.NextChange;
                // What has been applied by now can be shown when this completes; what comes later completes the other.
                await replica.WaitDurableAsync(replica.State.Ticket, request.Aborted);
                var page = read();
                if (!isEmpty(page) || partition.IsSplit || over.IsCompleted)
                {
                    await OutageBehaviour.ApplyAsync(request.Http, request.Node.Outage.Mode);
                    return page;
                }

                await Task.WhenAny(changed, over);
                request.Aborted.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            await ended.CancelAsync();
        }
    }

    // A preference that cannot be understood is as good as none. Who has no place in the feed yet wants one first.
    private static TimeSpan? Patience(BackplaneRequest request)
    {
        if (request.Header(CosmosHeaders.IfNoneMatch) is null or "*")
            return null;
        foreach (var preference in (request.Header(CosmosHeaders.Prefer) ?? "").Split(',', StringSplitOptions.TrimEntries))
        {
            if (preference.StartsWith("wait=", StringComparison.OrdinalIgnoreCase)
                && int.TryParse(preference.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0)
                return TimeSpan.FromSeconds(Math.Min(seconds, Longest.TotalSeconds));
        }

        return null;
    }
}
