namespace Geode.Backplane.Storage;

/// <summary>Something queued for a replica's writer.</summary>
internal interface IReplicaWork
{
    /// <summary>Changes the state; called once, on the writer.</summary>
    void Run(ReplicaWriter writer);

    /// <summary>Called when what <see cref="Run"/> committed is durable.</summary>
    void Complete();
}

internal sealed class LocalWork<T>(Func<ReplicaWriter, T> write) : IReplicaWork
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;
    private Exception? _failure;

    public Task<T> Done => _done.Task;

    public void Run(ReplicaWriter writer)
    {
        try
        {
            _result = write(writer);
        }
        catch (Exception e)
        {
            // A write refuses by throwing before it commits; the caller, not the writer, hears of it.
            _failure = e;
        }
    }

    public void Complete()
    {
        if (_failure is null)
            _done.SetResult(_result!);
        else
            _done.SetException(_failure);
    }
}

/// <summary>What a write may do while it has the writer to itself.</summary>
public sealed class ReplicaWriter
{
    private readonly Replica _replica;

    internal ReplicaWriter(Replica replica) => _replica = replica;

    public ReplicaState State => _replica.State;

    public Replica Replica => _replica;

    /// <summary>The identity that the next <see cref="Commit"/> will have.</summary>
    public Dot NextDot => _replica.NextDot;

    /// <summary>A clock stamp for the next commit; later than all before.</summary>
    public long NextStamp() => _replica.NextStamp();

    public Commit Commit(long stamp, params IReadOnlyList<Operation> operations) => _replica.Commit(stamp, State.KeepingConflicts(operations));

    internal void ApplyRemote(Commit commit) => _replica.ApplyRemote(commit);
}
