using Geode.Router.Origins;

namespace Geode.Router.Health;

/// <summary>Finds the origin that accepts and never answers: other origins answered requests that it had first, it has
/// answered nothing at all since the first of them, and that has lasted.</summary>
internal sealed class SilencePolicy(TimeProvider time)
{
    /// <summary>Fewer lost requests can be slow pages.</summary>
    private const int Minimum = 3;

    private readonly Lock _lock = new();
    private long _since;
    private long _from;
    private int _lost;

    /// <summary>It is back: what it lost before says nothing about how it is now.</summary>
    public void Reset()
    {
        lock (_lock)
            (_lost, _since, _from) = (0, long.MaxValue, time.GetTimestamp());
    }

    /// <summary>A request sent here at <paramref name="started"/> (a timestamp) was answered by another origin.</summary>
    /// <param name="limit">Silence an origin of this speed may be allowed.</param>
    /// <returns>Why the origin is out now, or null.</returns>
    public string? Lost(long started, OriginLatency latency, TimeSpan limit)
    {
        lock (_lock)
        {
            if (latency.LastAnswer >= _since)
                (_lost, _since) = (0, long.MaxValue);
            if (latency.LastAnswer >= started || started < _from)
                return null;
            _since = Math.Min(_since, started);
            _lost++;
            var silent = time.GetElapsedTime(_since);
            return _lost >= Minimum && silent >= limit
                ? FormattableString.Invariant($"silent for {silent.TotalMilliseconds:0} ms while others answered")
                : null;
        }
    }
}
