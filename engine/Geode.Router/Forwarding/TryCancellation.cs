using System.Collections.Concurrent;

namespace Geode.Router.Forwarding;

/// <summary>Cancels one try, alone or with its request. Rented, because almost none is ever cancelled.</summary>
internal sealed class TryCancellation : CancellationTokenSource
{
    private const int MostKept = 1024;
    private static readonly ConcurrentQueue<TryCancellation> Pool = new();
    private static int _kept;

    private CancellationTokenRegistration _link;

    public static TryCancellation Rent(CancellationToken request)
    {
        if (Pool.TryDequeue(out var source))
            Interlocked.Decrement(ref _kept);
        else
            source = new();
        source._link = request.UnsafeRegister(static s => ((TryCancellation)s!).Cancel(), source);
        return source;
    }

    /// <param name="reusable">Nothing that was given the token can still be listening to it.</param>
    public void Return(bool reusable)
    {
        _link.Dispose();
        _link = default;
        if (!reusable || !TryReset())
            return;
        if (Interlocked.Increment(ref _kept) <= MostKept)
            Pool.Enqueue(this);
        else
            Interlocked.Decrement(ref _kept);
    }
}
