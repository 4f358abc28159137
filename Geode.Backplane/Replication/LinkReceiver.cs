using System.Threading.Channels;
using Geode.Backplane.Storage;

namespace Geode.Backplane.Replication;

/// <summary>The taking side of one link at work: pulls from the peer again and again, and hands what it got to the replica when the
/// link's delay has passed.</summary>
/// <param name="pauseBetweenPulls">After a pull that brought something.</param>
public sealed partial class LinkReceiver(IPeer peer, LinkCursor cursor, Replica replica, Seeding seeding, Func<TimeSpan> pauseBetweenPulls, ILogger<LinkReceiver> log)
{
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(200);

    private readonly Channel<Delivery> _deliveries = Channel.CreateBounded<Delivery>(new BoundedChannelOptions(256) { SingleReader = true, SingleWriter = true });

    private sealed record Delivery(DateTimeOffset Due, IReadOnlyList<Commit> Commits);

    public LinkCursor Cursor => cursor;

    private LinkState Link => cursor.Link;

    public Task RunAsync(CancellationToken stop) => Task.WhenAll(PullAsync(stop), DeliverAsync(stop));

    private async Task PullAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (Link.Behaviour.IsUp)
                    await PullOnceAsync(stop);
                else
                    await Task.Delay(Retry, replica.Time, stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
            {
                if (Link.Failure is null)
                    LogLost(log, peer.Region.Name, replica.Options.Name, e.Message);
                Link.Failure = e.Message;
                await Task.Delay(Retry, replica.Time, CancellationToken.None);
            }
        }
    }

    private async Task PullOnceAsync(CancellationToken stop)
    {
        var answer = await peer.PullAsync(cursor.NextRequest(), stop);
        var behaviour = Link.Behaviour;
        // The link may have gone down while the peer held the request: then this answer never arrived.
        if (!behaviour.IsUp)
            return;
        if (Link.Failure is not null)
            LogBack(log, peer.Region.Name, replica.Options.Name);
        cursor.Receive(answer);
        if (answer.NeedsSeed)
        {
            await Task.Delay(Transit(behaviour), replica.Time, stop);
            await seeding.SeedAsync(peer, answer.Durable, stop);
            cursor.Lose();
        }

        if (answer.Commits.Count == 0)
            return;
        Link.Flying(answer.Commits.Count);
        await _deliveries.Writer.WriteAsync(new Delivery(replica.Time.GetUtcNow() + Transit(behaviour), answer.Commits), stop);
        if (pauseBetweenPulls() is { Ticks: > 0 } pause)
            await Task.Delay(pause, replica.Time, stop);
    }

    private async Task DeliverAsync(CancellationToken stop)
    {
        try
        {
            await foreach (var delivery in _deliveries.Reader.ReadAllAsync(stop))
            {
                var wait = delivery.Due - replica.Time.GetUtcNow();
                if (wait > TimeSpan.Zero)
                    await Task.Delay(wait, replica.Time, stop);
                Link.Flying(-delivery.Commits.Count);
                if (Link.Behaviour.IsUp)
                    await cursor.DeliverAsync(delivery.Commits);
                else
                    cursor.Lose();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopping: what was under way is pulled again after the start.
        }
    }

    // A lost transmission costs one retransmission time-out: a round trip.
    private static TimeSpan Transit(LinkBehaviour behaviour)
    {
        var ms = behaviour.DelayMs + Random.Shared.NextDouble() * behaviour.JitterMs;
        while (behaviour.Loss > 0 && Random.Shared.NextDouble() < Math.Min(behaviour.Loss, 0.99))
            ms += Math.Max(1, 2 * behaviour.DelayMs);
        return TimeSpan.FromMilliseconds(ms);
    }

    [LoggerMessage(LogLevel.Warning, "{Region} does not reach {Here}: {Reason}")]
    private static partial void LogLost(ILogger log, string region, string here, string reason);

    [LoggerMessage(LogLevel.Information, "{Region} reaches {Here} again")]
    private static partial void LogBack(ILogger log, string region, string here);
}
