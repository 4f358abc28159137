namespace Geode.Router.Forwarding;

/// <summary>Extra tries as a share of requests: every request pays in a fraction of a try, every extra try takes a whole one
/// out. So extra tries can never melt origins that are in trouble already.</summary>
/// <param name="share">Extra tries per request, in the long run.</param>
/// <param name="reserve">Extra tries that may be saved up; the budget starts full.</param>
internal sealed class TryBudget(double share, int reserve)
{
    private const long One = 1_000;

    private readonly long _perRequest = (long)(share * One);
    private readonly long _full = share > 0 ? Math.Max(reserve, 1) * One : 0;
    private long _saved = share > 0 ? Math.Max(reserve, 1) * One : 0;

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
        if (Volatile.Read(ref _saved) < One)
            return false;
        if (Interlocked.Add(ref _saved, -One) >= 0)
            return true;
        Interlocked.Add(ref _saved, One);
        return false;
    }
}
