using System.Collections.Concurrent;

namespace Geode.Router.Limits;

/// <summary>Lets something be logged once per subject and minute, so that who attacks cannot fill the log.</summary>
internal sealed class OnceLog(TimeProvider time)
{
    private const int Most = 1_000;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, long> _last = new();

    public bool First(string subject)
    {
        var now = time.GetTimestamp();
        if (_last.TryGetValue(subject, out var last) && time.GetElapsedTime(last, now) < Pause)
            return false;
        if (_last.Count >= Most)
            return false;
        _last[subject] = now;
        foreach (var (key, at) in _last)
        {
            if (time.GetElapsedTime(at, now) >= Pause)
                _last.TryRemove(key, out _);
        }

        return true;
    }
}
