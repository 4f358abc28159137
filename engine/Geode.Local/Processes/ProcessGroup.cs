using Geode.Control.Processes;

namespace Geode.Local.Processes;

/// <summary>All processes of a planet, started and stopped in the right order.</summary>
internal sealed class ProcessGroup(IReadOnlyList<ProcessSpec> specs, Func<ProcessSpec, ManagedProcess> manage, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan RemovalLimit = TimeSpan.FromSeconds(4);

    private readonly Lock _lock = new();
    private volatile IReadOnlyList<ManagedProcess> _all = [.. specs.Select(manage)];

    public IReadOnlyList<ManagedProcess> All => _all;

    /// <summary>Takes more processes in; they do not run yet.</summary>
    public IReadOnlyList<ManagedProcess> Add(IReadOnlyList<ProcessSpec> more)
    {
        ManagedProcess[] made = [.. more.Select(manage)];
        lock (_lock)
            _all = [.. _all, .. made];
        return made;
    }

    /// <summary>Ends processes and forgets them.</summary>
    public async Task RemoveAsync(IReadOnlyList<ManagedProcess> members)
    {
        foreach (var process in members)
            process.ExpectEnd();
        await StopAsync(members, RemovalLimit);
        lock (_lock)
            _all = [.. _all.Except(members)];
        foreach (var process in members)
            process.Dispose();
    }

    /// <summary>Starts what does not run, replicas first, each geode's services as soon as its replica is healthy; returns when all
    /// <paramref name="members"/> that run are healthy.</summary>
    /// <returns>What was started.</returns>
    /// <exception cref="ProcessFailedException">The first that did not get healthy within <paramref name="limit"/>. The others keep running.</exception>
    public async Task<IReadOnlyList<ManagedProcess>> StartAsync(
        IReadOnlyList<ManagedProcess> members, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var started = new List<ManagedProcess>();
        var replicas = members.Where(p => p.Spec.Role == ProcessRole.Backplane).ToList();
        Start(replicas);
        Start(members.Where(p => p.Spec.Region is null));
        var late = new List<ManagedProcess>();
        List<Task> waits = [.. members.Select(p => p.Spec.Region).Distinct().Select(StartRegionAsync)];
        try
        {
            await foreach (var wait in Task.WhenEach(waits))
                await wait;
            if (late.Count > 0)
                throw (late.Find(started.Contains) ?? late[0]).NotHealthyWithin(limit);
        }
        finally
        {
            // After the first failure nothing more may be started.
            await either.CancelAsync();
            await Task.WhenAll(waits).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        return started;

        async Task StartRegionAsync(string? region)
        {
            await HealthyAsync(replicas.Where(p => p.Spec.Region == region));
            var others = members.Except(replicas).Where(p => p.Spec.Region == region).ToList();
            if (IsTimeUp())
            {
                // Not started any more. Who kept them waiting is to be named before them, if anybody is.
                lock (late)
                    late.AddRange(others);
                return;
            }

            either.Token.ThrowIfCancellationRequested();
            Start(others);
            await HealthyAsync(others);
        }

        bool IsTimeUp() => timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested;

        void Start(IEnumerable<ManagedProcess> some)
        {
            foreach (var process in some)
            {
                if (!process.Start())
                    continue;
                lock (started)
                    started.Add(process);
            }
        }

        Task HealthyAsync(IEnumerable<ManagedProcess> some) => Task.WhenAll(some.Select(async process =>
        {
            try
            {
                await process.HealthyAsync(either.Token);
            }
            catch (OperationCanceledException) when (IsTimeUp())
            {
                throw process.NotHealthyWithin(limit);
            }
        }));
    }

    /// <summary>From now on no end of a process is a surprise.</summary>
    public void ExpectEnd()
    {
        foreach (var process in All)
            process.ExpectEnd();
    }

    /// <summary>Services, then replicas, then the router: each asked to end, and killed when it has not by half of what is
    /// left of <paramref name="limit"/>. Afterwards none runs. Can be called again.</summary>
    public Task StopAsync(TimeSpan limit) => OrderedStop.RunAsync(
        limit, time, (roles, within) => StopAsync([.. All.Where(p => roles.Contains(p.Spec.Role))], within));

    public void Dispose()
    {
        foreach (var process in All)
            process.Dispose();
    }

    /// <summary>Asks processes to end, and kills those that have not within <paramref name="limit"/>.</summary>
    public async Task StopAsync(IReadOnlyList<ManagedProcess> members, TimeSpan limit)
    {
        foreach (var process in members)
            process.Terminate();
        var ended = Task.WhenAll(members.Select(p => p.Ended));
        await Task.WhenAny(ended, Task.Delay(limit, time));
        foreach (var process in members)
            process.Kill(ProcessState.Stopped);
        await ended;
    }
}
