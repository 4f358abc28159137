namespace Geode.Router.Forwarding;

/// <summary>Extra tries as a share of requests: every request pays in a fraction of a try, every extra try takes a whole one
/// out. So extra tries can never melt origins that are in trouble already. A router that rests saves up too.</summary>
/// <param name="share">Extra tries per request, in the long run.</param>
/// <param name="reserve">Extra tries that may be saved up; the budget starts full.</param>
internal sealed class TryBudget(double share, int reserve, TimeProvider time)
{
    private const long One = 1_000;

    /// <summary>In which an empty budget fills by itself, so that who is rarely asked is not without one for long.</summary>
    private static readonly TimeSpan Fills = TimeSpan.FromSeconds(10);

    private readonly long _perRequest = (long)(share * One);
    private readonly long _full = share > 0 ? Math.Max(reserve, 1) * One : 0;
    private long _saved = share > 0 ? Math.Max(reserve, 1) * One : 0;
    private long _filledAt = time.GetTimestamp();

    /// <summary>False when it never allows anything.</summary>
    public bool Exists => _full > 0;

    public void Request()
    {
        // Usually full, and then a read is all it costs.
        if (Volatile.Read(ref _saved) < _full)
            Interlocked.Add(ref _saved, _perRequest);
    }

    public bool TryTake()
    {
        Fill();
        if (Volatile.Read(ref _saved) < One)
            return false;
        if (Interlocked.Add(ref _saved, -One) >= 0)
            return true;
        Interlocked.Add(ref _saved, One);
        return false;
    }

    /// <summary>Adds what time has saved since the last extra try was asked for.</summary>
    private void Fill()
    {
        var before = Volatile.Read(ref _filledAt);
        var now = time.GetTimestamp();
        var room = _full - Volatile.Read(ref _saved);
        var more = (long)(_full * Math.Min(1, time.GetElapsedTime(before, now) / Fills));
        if (more > 0 && Interlocked.CompareExchange(ref _filledAt, now, before) == before)
            Interlocked.Add(ref _saved, Math.Clamp(room, 0, more));
    }
}
