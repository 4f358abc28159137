namespace Geode.Router.Forwarding;

/// <summary>Lets the clock of the deadlines sleep while nothing is under way: an idle router is to cost nothing.</summary>
internal sealed class DeadlineGate
{
    private readonly SemaphoreSlim _wake = new(0);
    private int _touched;
    private int _asleep;

    /// <summary>A try begins. A read and a write when the clock runs, which it does under any traffic.</summary>
    public void Touch()
    {
        if (Volatile.Read(ref _touched) == 0)
            Volatile.Write(ref _touched, 1);
        // The write above must be seen by a clock that is about to fall asleep, or its sleep by the read below.
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _asleep) != 0 && Interlocked.Exchange(ref _asleep, 0) != 0)
            _wake.Release();
    }

    /// <summary>Whether a try has begun since the last call.</summary>
    public bool TakeTouched() => Interlocked.Exchange(ref _touched, 0) != 0;

    /// <summary>Returns when a try begins; at once if one has.</summary>
    public async Task SleepAsync(CancellationToken stop)
    {
        Interlocked.Exchange(ref _asleep, 1);
        if (Volatile.Read(ref _touched) != 0 && Interlocked.Exchange(ref _asleep, 0) != 0)
            return;
        await _wake.WaitAsync(stop);
    }
}
