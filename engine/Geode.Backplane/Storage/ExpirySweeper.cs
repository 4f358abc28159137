namespace Geode.Backplane.Storage;

/// <summary>Turns items whose time is up into deletions, once a second. Reads hide such items from the moment they expire; the sweep
/// puts it into the change feed and gives the indexes room.
/// <para>An expiry names the one version that expired. It replicates, and changes nothing where another version stands: a write
/// that another region accepted at the same time survives, and all regions still end alike.</para></summary>
public sealed class ExpirySweeper(Replica replica)
{
    private const int MostPerCommit = 500;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public async Task RunAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Interval, replica.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping))
                await SweepAsync();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The end of the process.
        }
    }

    /// <summary>Expires everything that is due now; returns how many items.</summary>
    public async Task<int> SweepAsync()
    {
        var total = 0;
        foreach (var container in replica.State.Catalog.Containers.Where(c => c.Settings.DefaultTtl is not null))
        {
            int swept;
            do
            {
                swept = await replica.WriteAsync(writer => Sweep(writer, container));
                total += swept;
            }
            while (swept == MostPerCommit);
        }

        return total;
    }

    private static int Sweep(ReplicaWriter writer, Container container)
    {
        if (!writer.State.Catalog.IsCurrent(container))
            return 0;
        var due = container.Expiry.TakeDue(writer.Replica.UnixSeconds, writer.Replica.Region, MostPerCommit);
        if (due.Count > 0)
            writer.Commit(writer.NextStamp(), [.. due.Select(d => Expire(container, d))]);
        return due.Count;
    }

    private static Operation Expire(Container container, Document document) => new(
        OperationKind.ExpireDocument, container.Number, document.Rid, document.Id, document.PartitionKey, System.Text.Encoding.ASCII.GetBytes(document.ETag));
}
