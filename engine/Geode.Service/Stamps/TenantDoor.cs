namespace Geode.Service.Stamps;

/// <summary>One tenant in one process: who is in, and what the stamp's charter says of those who want to come in. Both are looked at in one step, so
/// that a charter that stops requests is known to be kept once those that were in before have left.</summary>
internal sealed class TenantDoor
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = New();
    private Charter? _charter;
    private int _reads;
    private int _writes;

    /// <summary>Null: the stamp has none.</summary>
    public Charter? Charter
    {
        get
        {
            lock (_lock)
                return _charter;
        }
    }

    /// <summary>Completes when the charter is another than it is now.</summary>
    public Task Changed
    {
        get
        {
            lock (_lock)
                return _changed.Task;
        }
    }

    /// <summary>The revision up to which this process does as its charter says; null: someone who came before it is still in.</summary>
    public long? Kept
    {
        get
        {
            lock (_lock)
            {
                if (_charter is null)
                    return null;
                var isKept = (_charter.Serves(writes: true) || _writes == 0) && (_charter.Serves(writes: false) || _reads == 0);
                return isKept ? _charter.Revision : null;
            }
        }
    }

    /// <summary>Takes in what a replica says.</summary>
    /// <returns>Whether it is news.</returns>
    public bool Apply(Charter charter)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            if (_charter is not null && charter.Revision <= _charter.Revision)
                return false;
            (_charter, changed, _changed) = (charter, _changed, New());
        }

        changed.TrySetResult();
        return true;
    }

    /// <summary>Lets a request in if the charter has it served here.</summary>
    public bool TryEnter(bool writes)
    {
        lock (_lock)
        {
            if (_charter?.Serves(writes) is not true)
                return false;
            _ = writes ? _writes++ : _reads++;
            return true;
        }
    }

    /// <summary>A request that was let in is answered.</summary>
    public void Leave(bool writes)
    {
        lock (_lock)
            _ = writes ? _writes-- : _reads--;
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
