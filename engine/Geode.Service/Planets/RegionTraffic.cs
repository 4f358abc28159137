namespace Geode.Service.Planets;

/// <summary>A region's traffic, put together from what each of its instances says of its own.</summary>
internal static class RegionTraffic
{
    /// <summary>That of the instances that speak still. Null: nobody says anything.</summary>
    /// <param name="signs">Of one region, the newest first, one of each process.</param>
    public static TrafficView? Of(IReadOnlyList<SignOfLife> signs) =>
        Together([.. SignOfLife.Speaking([.. signs.Where(s => s.Traffic is not null)]).Select(s => s.Traffic!)]);

    /// <summary>Requests add up; shares and medians count by requests, and of the slowest there is only one. Null: there are none.</summary>
    public static TrafficView? Together(IReadOnlyList<TrafficView> instances)
    {
        if (instances.Count <= 1)
            return instances.FirstOrDefault();
        var requests = instances.Sum(t => t.RequestsPerSecond);
        return instances[0] with
        {
            RequestsPerSecond = requests,
            P50Ms = Mean(t => t.P50Ms),
            P99Ms = instances.Max(t => t.P99Ms),
            ErrorRate = Mean(t => t.ErrorRate),
            // Whatever anybody wrote, a sum is none that ends who reads it.
            InFlight = (int)Math.Min(int.MaxValue, instances.Sum(t => (long)t.InFlight)),
        };

        double Mean(Func<TrafficView, double> value) =>
            requests > 0 ? instances.Sum(t => value(t) * t.RequestsPerSecond) / requests : instances.Average(value);
    }
}
