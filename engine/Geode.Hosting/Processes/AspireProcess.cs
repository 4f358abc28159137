using Aspire.Hosting.ApplicationModel;
using Geode.Control.Events;
using Geode.Control.Processes;

namespace Geode.Hosting.Processes;

/// <summary>One process of the planet that Aspire runs: follows what Aspire says of it and whether it answers, and breaks it for real.</summary>
internal sealed partial class AspireProcess : IPlanetProcess, IDisposable
{
    // How long Aspire may take to say that a process has ended which is gone.
    private static readonly TimeSpan SayLimit = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly PlanetMember _member;
    private readonly ProcessLife _life;
    private readonly HealthFollower _health;
    private TaskCompletionSource _healthy = New();
    private TaskCompletionSource _ended = New();
    private CancellationTokenSource? _run;
    private OrphanGuard? _guard;
    private ProcessState _ending;
    private AspireNews _seen;
    private int? _pid;
    private DateTime? _neverRan;
    private long? _goneSince;
    private bool _unsaid;
    private bool _starts;
    private bool _claimed;
    private bool _final;

    public AspireProcess(ProjectResource resource, PlanetMember member, HealthProbe probe, Timeline timeline, TimeProvider time)
    {
        (Resource, _member, _time) = (resource, member, time);
        _life = new(member.Name, member.Region?.Name, timeline, time);
        _health = new(member.Health, probe, time);
    }

    public ProjectResource Resource { get; }

    public ProcessRole Role => _member.Role;

    /// <summary>Its region; null for the router.</summary>
    public string? Region => _member.Region?.Name;

    /// <summary>Whether it is one that is started only when its geode needs more instances.</summary>
    public bool IsFurther => !_member.IsFirst;

    /// <summary>Its number among its geode's.</summary>
    public int Instance => _member.Instance;

    public ProcessState State
    {
        get
        {
            lock (_lock)
                return _life.State;
        }
    }

    /// <summary>Whoever asks first, of one that does not run, is to start it. Told to start twice, Aspire would end the first run.</summary>
    /// <returns>False: it runs, or somebody is starting it.</returns>
    public bool ClaimStart()
    {
        lock (_lock)
        {
            if (_claimed || _life.Runs || !(_unsaid || _seen.IsEnd || _seen.State == KnownResourceStates.NotStarted))
                return false;
            return _claimed = true;
        }
    }

    /// <summary>Whoever claimed its start waits for it no more.</summary>
    public void ReleaseStart()
    {
        lock (_lock)
            _claimed = false;
    }

    public ProcessSnapshot Snapshot()
    {
        lock (_lock)
            return new(_member.Name, Role, _member.Region?.Name, _life.Runs ? _pid : null, _member.Port, _life.State, _life.Since, $"aspire logs {Resource.Name}", _member.Instance);
    }

    /// <summary>Completes when the present run is healthy; of one that does not run, the next.</summary>
    /// <exception cref="ProcessFailedException">It ended before that.</exception>
    public Task HealthyAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
            return _healthy.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Completes when of a process that is gone it is known that it is.</summary>
    public Task NoticedAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
            return _life.Runs && !ProcessTable.Exists(_pid!.Value) ? _ended.Task.WaitAsync(cancellationToken) : Task.CompletedTask;
    }

    public async Task<bool> KillAsync(CancellationToken cancellationToken)
    {
        Task ended;
        lock (_lock)
        {
            if (!_life.Runs || !ProcessTable.Kill(_pid!.Value))
                return false;
            _ending = _final ? ProcessState.Stopped : ProcessState.Killed;
            ended = _ended.Task;
        }
        await ended.WaitAsync(cancellationToken);
        return true;
    }

    public Task<bool> FreezeAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (!_life.Runs || _life.State == ProcessState.Frozen)
                return Task.FromResult(false);
            _guard ??= OrphanGuard.Over(_pid!.Value, "KILL");
            if (!UnixSignal.Stop(_pid!.Value))
            {
                ReleaseGuard();
                return Task.FromResult(false);
            }
            _life.Freeze();
            WaitAnew();
            return Task.FromResult(true);
        }
    }

    public Task<bool> ThawAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_life.State != ProcessState.Frozen || !UnixSignal.Continue(_pid!.Value))
                return Task.FromResult(false);
            ReleaseGuard();
            _life.Thaw();
            return Task.FromResult(true);
        }
    }

    /// <summary>From now on its end is no surprise.</summary>
    public void ExpectEnd()
    {
        lock (_lock)
            (_ending, _final) = (ProcessState.Stopped, true);
    }

    /// <summary>Asks it to end; what is frozen, and cannot hear it, is ended. Nothing on Windows, which has no signal for it: there
    /// Aspire ends it.</summary>
    /// <returns>Completes when it has ended.</returns>
    public Task TerminateAsync()
    {
        lock (_lock)
        {
            if (!_life.Runs || !UnixSignal.Available)
                return Task.CompletedTask;
            _ = _life.State == ProcessState.Frozen ? UnixSignal.Kill(_pid!.Value) : UnixSignal.Terminate(_pid!.Value);
            return _ended.Task;
        }
    }

    /// <summary>Asks it to end for now: that is no surprise, and it can be started again.</summary>
    /// <returns>Completes when it has ended.</returns>
    public Task EndAsync()
    {
        lock (_lock)
            _ending = ProcessState.Stopped;
        return TerminateAsync();
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _run?.Cancel();
            ReleaseGuard();
        }
    }

    private async Task FollowAsync(CancellationToken ended) =>
        await _health.FollowAsync(answered => Told(answered, ended), ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private bool Told(bool answered, CancellationToken ended)
    {
        lock (_lock)
        {
            if (ended.IsCancellationRequested || EndsUnsaid())
                return false;
            _life.Judge(answered);
            if (_life.State == ProcessState.Unhealthy)
                WaitAnew();
            else if (answered && _life.State == ProcessState.Healthy)
                _healthy.TrySetResult();
            return _life.State == ProcessState.Starting;
        }
    }

    // Aspire says that a process has ended when nobody holds its output any more, which may be long after, and may never be. Whoever
    // broke it, or has to start it again, cannot wait for that.
    private bool EndsUnsaid()
    {
        if (ProcessTable.Exists(_pid!.Value))
            return false;
        _goneSince ??= _time.GetTimestamp();
        if (_time.GetElapsedTime(_goneSince.Value) < SayLimit)
            return false;
        _unsaid = true;
        Ended(code: null);
        return true;
    }

    // Whoever waits from now on waits for its next good answer.
    private void WaitAnew()
    {
        if (_healthy.Task.IsCompleted)
            _healthy = New();
    }

    private void ReleaseGuard()
    {
        _guard?.Dispose();
        _guard = null;
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
