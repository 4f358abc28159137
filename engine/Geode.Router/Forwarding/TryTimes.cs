using Geode.Router.Configuration;
using Geode.Router.Origins;

namespace Geode.Router.Forwarding;

/// <summary>How long a try may be silent, from what the origin usually takes.</summary>
internal sealed class TryTimes(TryOptions options)
{
    /// <summary>After this any try has been silent for too long.</summary>
    public TimeSpan Longest { get; } = TimeSpan.FromMilliseconds(options.TimeoutMaxMs);

    /// <summary>After this a safe request is hedged: the origin's p95; where that is not known, <see cref="Longest"/>.</summary>
    public TimeSpan HedgeAfter(OriginLatency latency) => latency.IsKnown
        ? TimeSpan.FromMilliseconds(Math.Clamp(latency.P95Ms, options.HedgeMinMs, options.TimeoutMaxMs))
        : Longest;

    /// <summary>After this a repeatable request is also given to another origin: a multiple of the origin's p99. The first try
    /// goes on; whichever answers first wins, so that a request that is slow everywhere is answered all the same.</summary>
    public TimeSpan TimeoutAfter(OriginLatency latency) => latency.IsKnown
        ? TimeSpan.FromMilliseconds(Math.Clamp(latency.P99Ms * options.TimeoutFactor, options.TimeoutMinMs, options.TimeoutMaxMs))
        : Longest;
}
