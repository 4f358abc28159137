using Geode.Backplane.Storage;
using Geode.Topology;

namespace Geode.Backplane.Replication;

/// <summary>The taking side of one link at work: pulls from the peer again and again, and lets what it got arrive when the link's delay
/// has passed.</summary>
/// <param name="rest">After a pull that brought something.</param>
internal sealed partial class LinkReceiver(
    IPeer peer, LinkCursor cursor, Replica replica, Arrivals arrivals, Seeding seeding, Func<Task> rest, ILogger<LinkReceiver> log)
{
    private const int MostUnderWay = 256;
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(200);

    private readonly SemaphoreSlim _room = new(MostUnderWay);
    private TimeSpan _due;

    public LinkCursor Cursor => cursor;

    private LinkState Link => cursor.Link;

    /// <summary>Pulls until told to stop.</summary>
    public async Task RunAsync(CancellationToken stop)
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
            catch (Exception e) when (ConnectionFailure.Is(e) || e is OperationCanceledException)
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
            await Task.Delay(behaviour.Transit(), replica.Time, stop);
            await seeding.SeedAsync(peer, answer.Durable, stop);
            cursor.Lose();
        }

        if (answer.Commits.Count == 0)
            return;
        await _room.WaitAsync(stop);
        var due = arrivals.Now + behaviour.Transit();
        // However long the one before takes, it is not overtaken.
        _due = due > _due ? due : _due;
        arrivals.Add(new Arrival(cursor, answer.Commits, _room, stop), _due);
        await rest();
    }

    [LoggerMessage(LogLevel.Warning, "{Region} does not reach {Here}: {Reason}")]
    private static partial void LogLost(ILogger log, string region, string here, string reason);

    [LoggerMessage(LogLevel.Information, "{Region} reaches {Here} again")]
    private static partial void LogBack(ILogger log, string region, string here);
}
