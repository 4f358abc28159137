namespace Geode.Backplane.Storage.Ranges;

/// <summary>Looks once a second for ranges that have grown too large, and splits them.</summary>
public sealed class RangeSplitter(Replica replica)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public async Task RunAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Interval, replica.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping))
                await SplitAsync();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The end of the process.
        }
    }

    /// <summary>Splits what is too large now, until nothing is; returns how many ranges were split.</summary>
    public async Task<int> SplitAsync()
    {
        var total = 0;
        foreach (var container in replica.State.Catalog.Containers.Where(IsTooLarge))
        {
            int split;
            do
            {
                split = await replica.WriteAsync(writer => RangeSplits.BySize(writer, container));
                total += split;
            }
            while (split > 0);
        }

        return total;
    }

    private bool IsTooLarge(Container container) => container.Partitions.Any(p => p.Bytes > replica.Options.RangeBytes);
}
