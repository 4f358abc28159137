using Geode.Router.Configuration;

namespace Geode.Router.Health;

/// <summary>The share of its traffic that an origin gets after it recovered: from a trickle to all, in a straight line.</summary>
internal sealed class SlowStart(HealthOptions options, TimeProvider time)
{
    private long _start;

    public void Begin() => Volatile.Write(ref _start, Math.Max(1, time.GetTimestamp()));

    /// <summary>0 to 1.</summary>
    public double Share
    {
        get
        {
            var start = Volatile.Read(ref _start);
            if (start == 0)
                return 1;
            var elapsed = time.GetElapsedTime(start).TotalMilliseconds;
            if (elapsed < options.SlowStartMs)
                return options.SlowStartFloor + (1 - options.SlowStartFloor) * elapsed / options.SlowStartMs;
            Volatile.Write(ref _start, 0);
            return 1;
        }
    }
}
