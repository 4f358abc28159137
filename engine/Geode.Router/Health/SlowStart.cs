using Geode.Router.Configuration;

namespace Geode.Router.Health;

/// <summary>The share of its traffic that an origin gets after it recovered: from a trickle to all, in a straight line.</summary>
internal sealed class SlowStart(Live<HealthOptions> options, TimeProvider time)
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
            if (elapsed < options.Value.SlowStartMs)
                return options.Value.SlowStartFloor + (1 - options.Value.SlowStartFloor) * elapsed / options.Value.SlowStartMs;
            Volatile.Write(ref _start, 0);
            return 1;
        }
    }
}
