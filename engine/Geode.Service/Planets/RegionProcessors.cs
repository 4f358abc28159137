namespace Geode.Service.Planets;

/// <summary>What a region's processors do, put together from what each of its Workers says of its own.</summary>
internal static class RegionProcessors
{
    /// <summary>Of the Workers that speak still; each processor once.</summary>
    /// <param name="signs">Of one region, the newest first, one of each process.</param>
    public static IReadOnlyList<ProcessorView> Of(IReadOnlyList<SignOfLife> signs) =>
        [.. SignOfLife.Speaking([.. signs.Where(s => s.Processors is not null)]).SelectMany(s => s.Processors!).GroupBy(p => p.Name).Select(of => Together([.. of]))];

    // Who stands by is not late: lag and what is pending are those of who does the work.
    private static ProcessorView Together(IReadOnlyList<ProcessorView> workers)
    {
        if (workers is [var only])
            return only;
        List<ProcessorView> owners = [.. workers.Where(p => p.Owner)];
        var doing = owners.Count > 0 ? owners : workers;
        return workers[0] with
        {
            Owner = owners.Count > 0,
            Handled = Sum(p => p.Handled),
            Redelivered = Sum(p => p.Redelivered),
            PutAside = Sum(p => p.PutAside),
            LagMs = doing.Max(p => p.LagMs),
            Pending = doing.Max(p => p.Pending),
        };

        // Whatever anybody wrote, a sum is none that ends who reads it.
        long Sum(Func<ProcessorView, long> value) => (long)Math.Clamp(workers.Sum(p => (decimal)value(p)), long.MinValue, long.MaxValue);
    }
}
