namespace Geode.Backplane.Storage;

/// <summary>A hybrid logical clock (Kulkarni et al., 2014): milliseconds since the Unix epoch in the upper 48 bits; in the lower 16 the
/// part of the millisecond, or a counter where that is not enough. It never goes back, and it is above everything this replica has
/// seen, whatever the peers' clocks say.</summary>
/// <remarks>With whole milliseconds a write could lose to one that was acknowledged before it began, in another region of the same
/// machine.</remarks>
public sealed class HybridClock(TimeProvider time)
{
    // A millisecond's 10,000 ticks, spread over 16 bits.
    private const int PerTick = (1 << 16) / (int)TimeSpan.TicksPerMillisecond;

    private long _last;

    /// <summary>A stamp above every one given or observed so far. Not thread-safe: the replica's writer owns it.</summary>
    public long Next()
    {
        var now = time.GetUtcNow();
        var physical = (now.ToUnixTimeMilliseconds() << 16) + now.Ticks % TimeSpan.TicksPerMillisecond * PerTick;
        return _last = Math.Max(physical, _last + 1);
    }

    public void Observe(long stamp) => _last = Math.Max(_last, stamp);

    /// <summary>A stamp's time as Cosmos DB's <c>_ts</c>: whole seconds since the Unix epoch.</summary>
    public static long Seconds(long stamp) => (stamp >> 16) / 1000;

    public static long Milliseconds(long stamp) => stamp >> 16;
}
