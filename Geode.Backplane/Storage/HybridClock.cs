namespace Geode.Backplane.Storage;

/// <summary>A hybrid logical clock (Kulkarni et al., 2014): milliseconds since the Unix epoch in the upper 48 bits, a counter in
/// the lower 16. It never goes back, and it is above everything this replica has seen, whatever the peers' clocks say.</summary>
public sealed class HybridClock(TimeProvider time)
{
    private long _last;

    /// <summary>A stamp above every one given or observed so far. Not thread-safe: the replica's writer owns it.</summary>
    public long Next()
    {
        var physical = time.GetUtcNow().ToUnixTimeMilliseconds() << 16;
        return _last = Math.Max(physical, _last + 1);
    }

    public void Observe(long stamp) => _last = Math.Max(_last, stamp);

    /// <summary>A stamp's time as Cosmos DB's <c>_ts</c>: whole seconds since the Unix epoch.</summary>
    public static long Seconds(long stamp) => (stamp >> 16) / 1000;

    public static long Milliseconds(long stamp) => stamp >> 16;
}
