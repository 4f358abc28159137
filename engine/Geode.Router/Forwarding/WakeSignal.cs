using System.Threading.Tasks.Sources;

namespace Geode.Router.Forwarding;

/// <summary>Lets one waiter sleep until something has happened, whatever it is; what has happened it sees for itself.
/// Awaiting allocates nothing.</summary>
internal sealed class WakeSignal : IValueTaskSource
{
    private const int Idle = 0;
    private const int Waiting = 1;
    private const int Signalled = 2;

    private ManualResetValueTaskSourceCore<bool> _core;
    private int _state;

    /// <summary>Wakes the waiter, or lets the next wait return at once.</summary>
    /// <param name="inline">Go on with the waiter on this thread; never with a lock held.</param>
    public void Wake(bool inline)
    {
        if (Interlocked.Exchange(ref _state, Signalled) != Waiting)
            return;
        _core.RunContinuationsAsynchronously = !inline;
        _core.SetResult(true);
    }

    /// <summary>Only one wait at a time.</summary>
    public ValueTask WaitAsync()
    {
        _core.Reset();
        if (Interlocked.CompareExchange(ref _state, Waiting, Idle) == Idle)
            return new ValueTask(this, _core.Version);
        Interlocked.Exchange(ref _state, Idle);
        return default;
    }

    void IValueTaskSource.GetResult(short token)
    {
        // Before the waiter looks around, so that nothing that happens from here on is missed.
        Interlocked.Exchange(ref _state, Idle);
        _core.GetResult(token);
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
