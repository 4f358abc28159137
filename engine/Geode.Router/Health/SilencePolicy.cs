using Geode.Router.Origins;

namespace Geode.Router.Health;

/// <summary>Finds the origin that accepts and never answers: other origins answered requests that it had first, as several
/// witnesses saw, it has answered nothing at all since the first of them, and that has lasted.</summary>
internal sealed class SilencePolicy(TimeProvider time)
{
    /// <summary>Fewer lost requests can be slow pages.</summary>
    private const int Minimum = 3;

    private readonly Lock _lock = new();
    private long _since;
    private long _from;
    private readonly HashSet<Witness> _lost = [];

    /// <summary>It is back: what it lost before says nothing about how it is now.</summary>
    public void Reset()
    {
        lock (_lock)
            Forget(time.GetTimestamp());
    }

    /// <summary>A request sent here at <paramref name="started"/> (a timestamp) was answered by another origin.</summary>
    /// <param name="limit">Silence an origin of this speed may be allowed.</param>
    /// <returns>Why the origin is out now, or null.</returns>
    public string? Lost(long started, OriginLatency latency, TimeSpan limit, Witness witness)
    {
        lock (_lock)
        {
            if (latency.LastAnswer >= _since)
                Forget(_from);
            if (latency.LastAnswer >= started || started < _from)
                return null;
            _since = Math.Min(_since, started);
            if (_lost.Count < Minimum)
                _lost.Add(witness);
            var silent = time.GetElapsedTime(_since);
            return _lost.Count >= Minimum && silent >= limit
                ? FormattableString.Invariant($"silent for {silent.TotalMilliseconds:0} ms while others answered")
                : null;
        }
    }

    private void Forget(long from)
    {
        _lost.Clear();
        (_since, _from) = (long.MaxValue, from);
    }
}
