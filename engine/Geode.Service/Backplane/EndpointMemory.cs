using System.Collections.Concurrent;

namespace Geode.Service.Backplane;

/// <summary>Remembers how endpoints did a moment ago: while one is known to be gone, only one request at a time finds out whether
/// it is back, and all others fail over without waiting.</summary>
internal sealed class EndpointMemory(TimeProvider clock)
{
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<string, State> _states = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>False while the endpoint is known bad. The one caller that is let through postpones the others.</summary>
    public bool MayTry(string endpoint)
    {
        if (!_states.TryGetValue(endpoint, out var state))
            return true;
        var now = clock.GetTimestamp();
        var due = Interlocked.Read(ref state.NextTry);
        return now >= due && (due == 0 || Interlocked.CompareExchange(ref state.NextTry, Later(now), due) == due);
    }

    public void Failed(string endpoint) => Interlocked.Exchange(ref Of(endpoint).NextTry, Later(clock.GetTimestamp()));

    public void Answered(string endpoint)
    {
        var state = Of(endpoint);
        Interlocked.Exchange(ref state.LastAnswer, clock.GetTimestamp());
        Interlocked.Exchange(ref state.NextTry, 0);
    }

    /// <summary>Whether it has answered anyone since then: it is slow, and not gone.</summary>
    public bool AnsweredSince(string endpoint, long timestamp) =>
        _states.TryGetValue(endpoint, out var state) && Interlocked.Read(ref state.LastAnswer) > timestamp;

    private State Of(string endpoint) => _states.GetOrAdd(endpoint, static _ => new());

    private long Later(long now) => now + (long)(TryAgainAfter.TotalSeconds * clock.TimestampFrequency);

    private sealed class State
    {
        // 0: not known bad.
        public long NextTry;
        public long LastAnswer;
    }
}
