using System.Collections.Concurrent;

namespace Geode.Backplane.Storage.Vectors;

/// <summary>Work that nobody waits for, in turns of some milliseconds: of all that there is in this process no more runs at a time
/// than on half of the processors, and requests that are ready come first.</summary>
internal sealed class BackgroundTurns(int most) : IThreadPoolWorkItem
{
    private readonly ConcurrentQueue<IBackgroundWork> _waiting = new();
    private int _running;

    public static BackgroundTurns Shared { get; } = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>Gives the work turns until it says that it is done. Not to be added again before.</summary>
    public void Add(IBackgroundWork work)
    {
        _waiting.Enqueue(work);
        TryStart();
    }

    void IThreadPoolWorkItem.Execute()
    {
        if (_waiting.TryDequeue(out var work))
        {
            if (work.TakeTurn())
                _waiting.Enqueue(work);
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            return;
        }

        Interlocked.Decrement(ref _running);
        if (!_waiting.IsEmpty)
            TryStart();
    }

    private void TryStart()
    {
        if (Interlocked.Increment(ref _running) <= most)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        else
            Interlocked.Decrement(ref _running);
    }
}

internal interface IBackgroundWork
{
    /// <summary>Works for some milliseconds.</summary>
    /// <returns>Whether there is more to do.</returns>
    bool TakeTurn();
}
