namespace Geode.Backplane.Storage;

/// <summary>What waits for a replica's writer, which takes everything there is at once: the longer the disk takes, the larger the next
/// group. The writer is whichever thread of the pool comes to it, one at a time, behind all else that is ready to run by then: on a
/// busy machine that makes one flush out of several, and a hundred replicas in one process need no hundred threads.</summary>
/// <param name="write">Writes a group; never runs twice at the same time, and sees what its last run left.</param>
internal sealed class WriteQueue(Action<List<IReplicaWork>> write) : IThreadPoolWorkItem
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private List<IReplicaWork> _waiting = [];
    private bool _active;
    private bool _closed;

    /// <summary>False when the queue is closed.</summary>
    public bool TryAdd(IReplicaWork work)
    {
        lock (_gate)
        {
            if (_closed)
                return false;
            _waiting.Add(work);
            if (_active)
                return true;
            _active = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        return true;
    }

    /// <summary>Takes nothing more. Completes when what has been added is written.</summary>
    public Task CloseAsync()
    {
        lock (_gate)
        {
            _closed = true;
            if (!_active)
                _ended.TrySetResult();
        }

        return _ended.Task;
    }

    void IThreadPoolWorkItem.Execute()
    {
        List<IReplicaWork> group;
        lock (_gate)
            (group, _waiting) = (_waiting, []);
        write(group);
        lock (_gate)
        {
            if (_waiting.Count == 0)
            {
                _active = false;
                if (_closed)
                    _ended.TrySetResult();
                return;
            }
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }
}
