using System.Threading.Channels;
using Geode.Backplane.Storage;

namespace Geode.Backplane.Replication;

/// <summary>The taking side of one link: pulls from the peer without pause, and hands what it got to the replica when the link's delay
/// has passed. What is lost on the way (a restart, a link that goes down) is pulled again.</summary>
public sealed partial class LinkReceiver(IPeer peer, LinkState link, Replica replica, Func<IReadOnlyList<RegionId>> wantedOrigins, ILogger<LinkReceiver> log)
{
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(200);

    private readonly Dictionary<RegionId, long> _received = [];
    private readonly Channel<Delivery> _deliveries = Channel.CreateBounded<Delivery>(new BoundedChannelOptions(256) { SingleReader = true, SingleWriter = true });
    private int _resync;

    private sealed record Delivery(DateTimeOffset Due, IReadOnlyList<Commit> Commits);

    public Task RunAsync(CancellationToken stop) => Task.WhenAll(PullAsync(stop), DeliverAsync(stop));

    private async Task PullAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (link.Behaviour.IsUp)
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
                if (link.Failure is null)
                    LogLost(log, peer.Region.Name, replica.Options.Name, e.Message);
                link.Failure = e.Message;
                await Task.Delay(Retry, replica.Time, CancellationToken.None);
            }
        }
    }

    private async Task PullOnceAsync(CancellationToken stop)
    {
        if (Interlocked.Exchange(ref _resync, 0) == 1)
            _received.Clear();
        var applied = replica.Durable;
        var origins = wantedOrigins();
        var after = VersionVector.Of(origins.Select(o => new Dot(o, Math.Max(applied[o], _received.GetValueOrDefault(o)))));
        var answer = await peer.PullAsync(new PullRequest(replica.Region, applied, after, origins), stop);
        var behaviour = link.Behaviour;
        // The link may have gone down while the peer held the request: then this answer never arrived.
        if (!behaviour.IsUp)
            return;
        if (link.Failure is not null)
            LogBack(log, peer.Region.Name, replica.Options.Name);
        (link.Failure, link.LastContact, link.PeerHas) = (null, replica.Time.GetUtcNow(), answer.Durable);
        if (answer.Commits.Count == 0)
            return;
        foreach (var commit in answer.Commits)
            _received[commit.Dot.Region] = Math.Max(_received.GetValueOrDefault(commit.Dot.Region), commit.Dot.Sequence);
        link.Flying(answer.Commits.Count);
        await _deliveries.Writer.WriteAsync(new Delivery(replica.Time.GetUtcNow() + Transit(behaviour), answer.Commits), stop);
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
                link.Flying(-delivery.Commits.Count);
                if (!link.Behaviour.IsUp)
                {
                    Volatile.Write(ref _resync, 1);
                    continue;
                }

                await replica.ApplyAsync(delivery.Commits);
                var applied = replica.Durable;
                if (delivery.Commits.Any(c => applied[c.Dot.Region] < c.Dot.Sequence))
                    Volatile.Write(ref _resync, 1);
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
