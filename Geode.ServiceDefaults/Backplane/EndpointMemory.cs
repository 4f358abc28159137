using System.Collections.Concurrent;

namespace Geode.ServiceDefaults.Backplane;

/// <summary>Remembers which endpoints failed a moment ago, so that only one request at a time finds out whether they are back
/// while all others fail over without waiting.</summary>
internal sealed class EndpointMemory(TimeProvider clock)
{
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<string, long> _nextTry = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>False while the endpoint is known bad. The one caller that is let through postpones the others.</summary>
    public bool MayTry(string endpoint)
    {
        if (!_nextTry.TryGetValue(endpoint, out var due))
            return true;
        var now = clock.GetTimestamp();
        return now >= due && _nextTry.TryUpdate(endpoint, Later(now), due);
    }

    public void Failed(string endpoint) => _nextTry[endpoint] = Later(clock.GetTimestamp());

    public void Answered(string endpoint)
    {
        if (!_nextTry.IsEmpty)
            _nextTry.TryRemove(endpoint, out _);
    }

    private long Later(long now) => now + (long)(TryAgainAfter.TotalSeconds * clock.TimestampFrequency);
}
