namespace Geode.Backplane.Storage;

/// <summary>What waits for a replica's writer, which takes everything there is at once: the longer the disk takes, the larger the
/// next group. The writer has a thread of its own, because it spends much of its time waiting for the disk.</summary>
internal sealed class WriteQueue
{
    private readonly Lock _gate = new();
    private readonly ManualResetEventSlim _filled = new(initialState: false, spinCount: 0);
    private List<IReplicaWork> _waiting = [];
    private bool _closed;

    /// <summary>False when the queue is closed.</summary>
    public bool TryAdd(IReplicaWork work)
    {
        bool wasEmpty;
        lock (_gate)
        {
            if (_closed)
                return false;
            wasEmpty = _waiting.Count == 0;
            _waiting.Add(work);
        }

        if (wasEmpty)
            _filled.Set();
        return true;
    }

    /// <summary>Takes nothing more; what has been added is still handed out.</summary>
    public void Close()
    {
        lock (_gate)
            _closed = true;
        _filled.Set();
    }

    /// <summary>Waits for work and exchanges the lists.</summary>
    /// <param name="taken">An empty list, which becomes the queue's own; afterwards what was waiting.</param>
    /// <returns>False when the queue is closed and empty.</returns>
    public bool Take(ref List<IReplicaWork> taken)
    {
        while (true)
        {
            lock (_gate)
            {
                if (_waiting.Count > 0)
                {
                    (taken, _waiting) = (_waiting, taken);
                    return true;
                }

                if (_closed)
                    return false;
                _filled.Reset();
            }

            _filled.Wait();
            // Whoever is ready to run brings more: on a busy machine that makes one flush out of several.
            Thread.Yield();
        }
    }
}
