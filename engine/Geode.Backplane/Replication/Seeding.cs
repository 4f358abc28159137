using Geode.Backplane.Storage;

namespace Geode.Backplane.Replication;

/// <summary>Fetches a peer's whole state when its commits are no longer kept one by one: for a new region, one that lost its folder,
/// and one that was away for longer than its peers were told to wait. One at a time, however many peers offer it.</summary>
public sealed partial class Seeding(Replica replica, ILogger<Seeding> log)
{
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Takes in the peer's state, unless what this replica lacked has come meanwhile.</summary>
    /// <param name="lacked">What the peer had when it said that this replica needs a seed.</param>
    public async Task SeedAsync(IPeer peer, VersionVector lacked, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            if (replica.Durable.Covers(lacked))
                return;
            await replica.SeedAsync(await peer.SaveAsync(cancellation));
            LogSeeded(log, replica.Options.Name, peer.Region.Name, replica.State.Ticket);
        }
        finally
        {
            _turn.Release();
        }
    }

    [LoggerMessage(LogLevel.Information, "{Here} was seeded with the state of {Region}, commits so far: {Commits}")]
    private static partial void LogSeeded(ILogger log, string here, string region, long commits);
}
