using Geode.Backplane.Storage.Log;
using Geode.Backplane.Storage.Snapshots;

namespace Geode.Backplane.Storage;

/// <summary>One region's copy of the store. All changes go through one writer, which applies what has queued up, puts it into the
/// log as one frame and acknowledges it when that is durable (group commit). Reads go straight to the state.</summary>
public sealed class Replica : IAsyncDisposable
{
    // Bytes of log and snapshot whose reading leaves behind so much that it is worth giving back at once.
    private const long MuchToRead = 32 << 20;

    private readonly WriteQueue _queue;
    private readonly ReplicaWriter _writer;
    private readonly CommitLog? _log;
    private readonly HybridClock _clock;
    private readonly List<Commit> _pending = [];
    private volatile TaskCompletionSource _durableChanged = NewSignal();
    private readonly long _firstSequence;
    private GrowingVector _others;
    private long _durableTicket;
    private readonly Compactor? _compactor;

    public Replica(ReplicaOptions options, TimeProvider time)
    {
        Options = options;
        Time = time;
        _queue = new WriteQueue(Write);
        _writer = new ReplicaWriter(this);
        _clock = new HybridClock(time);
        State = new ReplicaState(options);
        if (options.DataFolder is { } folder)
        {
            var (snapshot, segment) = SnapshotFolder.Open(folder, Region);
            if (snapshot is not null)
                Recover(snapshot);
            _log = CommitLog.Open(folder, Region, options.Durability == Durability.Batch, segment, Recover);
            _compactor = new Compactor(_log, folder, Region, options.CompactAfterBytes);
            if (LogBytes + SnapshotBytes > MuchToRead)
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
        }

        WasEmpty = State.Ticket == 0;
        _others = new(State.Applied.Without(Region));
        _firstSequence = FirstSequence(time);
        Durable = State.Applied;
        _durableTicket = State.Ticket;
        History.Add(_pending);
        _pending.Clear();
    }

    public ReplicaOptions Options { get; }

    public TimeProvider Time { get; }

    public RegionId Region => Options.Id;

    public ReplicaState State { get; }

    public OriginHistory History { get; } = new();

    /// <summary>What is applied and on the disk: what reads, session tokens and peers may rely on.</summary>
    public VersionVector Durable { get; private set; }

    /// <summary>Completes at the next growth of <see cref="Durable"/>. Take it before looking, then wait on it.</summary>
    public Task DurableChanged => _durableChanged.Task;

    public long UnixSeconds => Time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>Runs a local write on the writer and completes when it is durable.</summary>
    /// <param name="write">Checks preconditions against the state and commits, or returns without committing.</param>
    public Task<T> WriteAsync<T>(Func<ReplicaWriter, T> write)
    {
        var work = new LocalWork<T>(write);
        return _queue.TryAdd(work) ? work.Done : Task.FromException<T>(new ObjectDisposedException(nameof(Replica)));
    }

    /// <summary>Applies commits of peers; those that are known are passed over, and so are those after a gap.</summary>
    public Task ApplyAsync(IReadOnlyList<Commit> commits) => WriteAsync(writer =>
    {
        foreach (var commit in commits)
            writer.ApplyRemote(commit);
        return true;
    });

    /// <summary>True when there was nothing on the disk at the start: a new region, or one that lost its folder.</summary>
    public bool WasEmpty { get; }

    /// <summary>Bytes of log written since the last snapshot; 0 for a replica in memory.</summary>
    public long LogBytes => _compactor?.LogBytes ?? 0;

    /// <summary>Bytes of the last snapshot; 0 without one.</summary>
    public long SnapshotBytes => _compactor?.SnapshotBytes ?? 0;

    /// <summary>Compacts the log now: completes when a snapshot has taken the place of what was written so far.</summary>
    public async Task CompactAsync()
    {
        if (_compactor is { } compactor)
            await await OnWriterAsync(_ => compactor.Start(State.Save(History)));
    }

    /// <summary>A copy of the whole state, for a region that is to be seeded; without the history, which it has no use for.</summary>
    public Task<Snapshot> SaveAsync() => OnWriterAsync(_ => State.Save(History) with { History = [] });

    /// <summary>Takes in everything that another replica holds. Completes when it is durable.</summary>
    public Task SeedAsync(Snapshot seed) => OnWriterAsync(_ =>
    {
        State.Join(seed);
        foreach (var commit in seed.Containers.SelectMany(c => c.Partitions).SelectMany(p => p.Documents).Select(d => d.Commit))
            _clock.Observe(commit.Stamp);
        foreach (var entry in seed.Catalog)
            _clock.Observe(entry.Commit.Stamp);
        History.StartAfter(seed.Applied);
        _others = new(State.Applied.Without(Region));
        // The log does not have it: only a snapshot makes it last.
        _compactor?.Start(State.Save(History)).GetAwaiter().GetResult();
        Publish();
        return true;
    });

    /// <summary>Forgets deleted items and closed conflicts for good; see <see cref="ReplicaState.Forget"/>.</summary>
    public Task<int> ForgetAsync(VersionVector stable) => OnWriterAsync(_ => State.Forget(stable));

    /// <summary>True when a crash cannot undo that commit any more.</summary>
    public bool IsDurable(long ticket) => Volatile.Read(ref _durableTicket) >= ticket;

    /// <summary>Completes when everything up to that ticket is durable, so that no reader sees what a crash could undo.</summary>
    public async ValueTask WaitDurableAsync(long ticket, CancellationToken cancellation)
    {
        while (!IsDurable(ticket))
        {
            var changed = DurableChanged;
            if (!IsDurable(ticket))
                await changed.WaitAsync(cancellation);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _queue.CloseAsync();
        if (_compactor is not null)
            await _compactor.Idle.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _log?.Dispose();
    }

    internal Dot NextDot => new(Region, Math.Max(State.AppliedOf(Region) + 1, _firstSequence));

    internal Commit Commit(long stamp, IReadOnlyList<Operation> operations)
    {
        var commit = new Commit(NextDot, State.AppliedOf(Region), stamp, _others.Take(), operations);
        Accept(commit);
        return commit;
    }

    internal long NextStamp() => _clock.Next();

    internal void ApplyRemote(Commit commit)
    {
        if (!State.IsNext(commit))
            return;
        _clock.Observe(commit.Stamp);
        Accept(commit);
        if (commit.Dot.Region != Region)
            _others.Add(commit.Dot);
    }

    private void Accept(Commit commit)
    {
        State.Apply(commit);
        _pending.Add(commit);
    }

    // On the writer, when everything applied so far is in the log.
    private Task<T> OnWriterAsync<T>(Func<ReplicaWriter, T> work) => WriteAsync(writer =>
    {
        if (_pending.Count > 0)
            MakeDurable();
        return work(writer);
    });

    private void Recover(Snapshot snapshot)
    {
        State.Load(snapshot);
        foreach (var commit in snapshot.Containers.SelectMany(c => c.Partitions).SelectMany(p => p.Documents).Select(d => d.Commit))
            _clock.Observe(commit.Stamp);
        foreach (var entry in snapshot.Catalog)
            _clock.Observe(entry.Commit.Stamp);
        History.StartAfter(snapshot.Floor);
        History.Add([.. snapshot.History]);
    }

    private void Recover(Commit commit)
    {
        _clock.Observe(commit.Stamp);
        Accept(commit);
    }

    private void Write(List<IReplicaWork> group)
    {
        foreach (var work in group)
            work.Run(_writer);
        if (_pending.Count > 0)
            MakeDurable();
        foreach (var work in group)
            work.Complete();
    }

    private void MakeDurable()
    {
        try
        {
            _log?.Append(_pending);
        }
        catch (IOException e)
        {
            // Nothing that follows could be kept either, and what was applied must not be seen: stop here.
            Environment.FailFast($"The backplane of {Options.Name} cannot write its log: {e.Message}", e);
        }

        History.Add(_pending);
        _pending.Clear();
        Publish();
        if (_compactor is { IsDue: true })
            _ = _compactor.Start(State.Save(History));
    }

    private void Publish()
    {
        Durable = State.Applied;
        Volatile.Write(ref _durableTicket, State.Ticket);
        Interlocked.Exchange(ref _durableChanged, NewSignal()).SetResult();
    }

    // A region that lost its data starts above every number it can have given before, so that its peers do not take
    // its new commits for old ones: seconds since 2023-11-14, a million commits each.
    private long FirstSequence(TimeProvider time) =>
        State.Applied[Region] > 0 ? 1 : Math.Max(1, (time.GetUtcNow().ToUnixTimeSeconds() - 1_700_000_000) << 20);

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
