using System.Diagnostics.CodeAnalysis;
using Geode.Control.Events;
using Geode.Control.Processes;

namespace Geode.Local.Processes;

/// <summary>One process of the planet over all its runs: starts it, follows its health, knows why it ended.</summary>
internal sealed class ManagedProcess(
    ProcessSpec spec, ProcessLog log, HealthProbe probe, Timeline timeline, TimeProvider time, Action<LogLine>? onLog) : IPlanetProcess, IDisposable
{
    private readonly Lock _lock = new();
    private readonly ProcessLife _life = new(spec.Name, spec.Region, timeline, time);
    private readonly HealthFollower _health = new(spec.Health, probe, time);
    private TaskCompletionSource _healthy = new();
    private ChildProcess? _child;
    private OrphanGuard? _guard;
    private ProcessState _ending;
    private bool _final;

    public ProcessSpec Spec { get; } = spec;

    /// <summary>Completes when the present run has ended and its end is on the timeline.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    public ProcessSnapshot Snapshot()
    {
        lock (_lock)
            return new(Spec.Name, Spec.Role, Spec.Region, Runs ? _child.Id : null, Spec.Port, _life.State, _life.Since, log.Path, Spec.Instance);
    }

    /// <summary>False: it runs already, or the planet ends.</summary>
    /// <exception cref="ProcessFailedException">The executable cannot be started.</exception>
    public bool Start()
    {
        lock (_lock)
        {
            if (Runs || _final)
                return false;
            var child = ChildProcess.Start(Spec, OnLine);
            _child = child;
            _ending = ProcessState.Exited;
            _healthy = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _life.Start(child.Id);
            Ended = WatchAsync(child, _healthy);
            return true;
        }
    }

    /// <summary>Completes when the present run is healthy for the first time.</summary>
    /// <exception cref="ProcessFailedException">It ended before that.</exception>
    public Task HealthyAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
            return _healthy.Task.WaitAsync(cancellationToken);
    }

    /// <summary>SIGKILL. False: it does not run.</summary>
    public bool Kill(ProcessState ending = ProcessState.Killed)
    {
        lock (_lock)
        {
            if (!Runs)
                return false;
            _ending = ending;
            return _child.Kill();
        }
    }

    public async Task<bool> KillAsync(CancellationToken cancellationToken)
    {
        if (!Kill())
            return false;
        await Ended.WaitAsync(cancellationToken);
        return true;
    }

    /// <summary>From now on its end is no surprise (a terminal's Ctrl-C reaches it as well as us), and it is not started again.</summary>
    public void ExpectEnd()
    {
        lock (_lock)
        {
            _ending = ProcessState.Stopped;
            _final = true;
        }
    }

    /// <summary>SIGTERM, or SIGKILL when it is frozen and could not hear it. False: it does not run.</summary>
    public bool Terminate()
    {
        lock (_lock)
        {
            if (!Runs)
                return false;
            _ending = ProcessState.Stopped;
            return _life.State == ProcessState.Frozen ? _child.Kill() : _child.Terminate();
        }
    }

    /// <summary>SIGSTOP. False: it does not run, or is frozen already.</summary>
    public bool Freeze()
    {
        lock (_lock)
        {
            if (!Runs || _life.State == ProcessState.Frozen || !_child.Freeze())
                return false;
            _guard ??= OrphanGuard.Over(_child.Id, "KILL");
            _life.Freeze();
            return true;
        }
    }

    public Task<bool> FreezeAsync(CancellationToken cancellationToken) => Task.FromResult(Freeze());

    /// <summary>SIGCONT. False: it is not frozen.</summary>
    public bool Thaw()
    {
        lock (_lock)
        {
            if (_life.State != ProcessState.Frozen || !Runs || !_child.Thaw())
                return false;
            ReleaseGuard();
            _life.Thaw();
            return true;
        }
    }

    public Task<bool> ThawAsync(CancellationToken cancellationToken) => Task.FromResult(Thaw());

    /// <summary>What to say when the present run took too long.</summary>
    public ProcessFailedException NotHealthyWithin(TimeSpan limit) =>
        new(Spec.Name, $"was not healthy within {limit.TotalSeconds:0} s ({Spec.Health}; log: {log.Path})", log.LastLines());

    public void Dispose()
    {
        ReleaseGuard();
        log.Dispose();
    }

    [MemberNotNullWhen(true, nameof(_child))]
    private bool Runs => _child is not null && _life.Runs;

    private void OnLine(string line, bool fromStandardError)
    {
        log.Write(line);
        if (onLog is not null)
            onLog(LogLine.Parse(Spec.Name, line, fromStandardError));
    }

    private async Task WatchAsync(ChildProcess child, TaskCompletionSource healthy)
    {
        using var ended = new CancellationTokenSource();
        var health = _health.FollowAsync(answered => Told(answered, healthy), ended.Token);
        var code = await child.Exit;
        await ended.CancelAsync();
        await health.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_lock)
        {
            ReleaseGuard();
            _life.End(_ending, code);
        }
        if (healthy.TrySetException(new ProcessFailedException(Spec.Name, $"exited with code {code} before it was healthy", log.LastLines())))
            _ = healthy.Task.Exception;
    }

    private bool Told(bool answered, TaskCompletionSource healthy)
    {
        lock (_lock)
        {
            if (_life.Judge(answered))
                healthy.TrySetResult();
            return _life.State == ProcessState.Starting;
        }
    }

    private void ReleaseGuard()
    {
        _guard?.Dispose();
        _guard = null;
    }
}
