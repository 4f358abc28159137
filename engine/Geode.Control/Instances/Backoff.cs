namespace Geode.Control.Instances;

/// <summary>How long to wait before what failed is tried again: nothing at first, then 1 s, twice as long each time, at most a minute, as
/// a container that crashes in a loop is treated. What has gone well for two minutes begins anew.</summary>
internal sealed class Backoff(TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(2);

    private long _last;
    private int _failures;

    public TimeSpan Next()
    {
        if (_failures > 0 && time.GetElapsedTime(_last) > Forgotten)
            _failures = 0;
        _last = time.GetTimestamp();
        var wait = _failures == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min(Longest.TotalSeconds, Math.Pow(2, _failures - 1)));
        _failures = Math.Min(_failures + 1, 10);
        return wait;
    }
}
