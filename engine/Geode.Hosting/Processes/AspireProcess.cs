using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Geode.Control.Events;
using Geode.Control.Processes;

namespace Geode.Hosting.Processes;

/// <summary>One process of the planet that Aspire runs: follows what Aspire says of it and whether it answers, and breaks it for real.</summary>
internal sealed class AspireProcess : IPlanetProcess, IDisposable
{
    // As the dashboard shows it; Aspire keeps the constant to itself.
    private const string PidProperty = "executable.pid";

    private readonly Lock _lock = new();
    private readonly PlanetMember _member;
    private readonly ProcessLife _life;
    private readonly HealthFollower _health;
    private TaskCompletionSource _healthy = New();
    private TaskCompletionSource _ended = New();
    private CancellationTokenSource? _run;
    private OrphanGuard? _guard;
    private ProcessState _ending;
    private int? _pid;
    private bool _final;

    public AspireProcess(ProjectResource resource, PlanetMember member, HealthProbe probe, Timeline timeline, TimeProvider time)
    {
        (Resource, _member) = (resource, member);
        _life = new(member.Name, member.Region?.Name, timeline, time);
        _health = new(member.Health, probe, time);
    }

    public ProjectResource Resource { get; }

    public ProcessRole Role => _member.Role;

    public ProcessSnapshot Snapshot()
    {
        lock (_lock)
            return new(_member.Name, Role, _member.Region?.Name, _life.Runs ? _pid : null, _member.Port, _life.State, _life.Since, $"aspire logs {Resource.Name}");
    }

    /// <summary>Takes in what Aspire says of it.</summary>
    public void Observe(CustomResourceSnapshot seen)
    {
        lock (_lock)
        {
            var state = seen.State?.Text;
            if (state == KnownResourceStates.Stopping && _life.Runs && _ending == ProcessState.Exited)
                _ending = ProcessState.Stopped;
            if (state == KnownResourceStates.Running && PidOf(seen) is { } pid && (!_life.Runs || pid != _pid))
                Started(pid);
            else if (_life.Runs && KnownResourceStates.TerminalStates.Contains(state))
                Ended(seen.ExitCode);
        }
    }

    /// <summary>What the dashboard has to show where Aspire itself would only say that the process runs.</summary>
    public ProcessState State
    {
        get
        {
            lock (_lock)
                return _life.State;
        }
    }

    /// <summary>Completes when the present run, or else the next, is healthy.</summary>
    /// <exception cref="ProcessFailedException">It ended before that.</exception>
    public Task HealthyAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
            return _healthy.Task.WaitAsync(cancellationToken);
    }

    public async Task<bool> KillAsync(CancellationToken cancellationToken)
    {
        Task ended;
        lock (_lock)
        {
            if (!_life.Runs || !Kill())
                return false;
            _ending = ProcessState.Killed;
            ended = _ended.Task;
        }
        await ended.WaitAsync(cancellationToken);
        return true;
    }

    public Task<bool> FreezeAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (!_life.Runs || _life.State == ProcessState.Frozen || !UnixSignal.Stop(_pid!.Value))
                return Task.FromResult(false);
            _guard ??= OrphanGuard.Over(_pid.Value, "KILL");
            _life.Freeze();
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

    public void Dispose()
    {
        lock (_lock)
        {
            _run?.Cancel();
            ReleaseGuard();
        }
    }

    private void Started(int pid)
    {
        // Aspire's own restart may show the new run before the end of the old one.
        if (_life.Runs)
            Ended(code: null);
        _pid = pid;
        _ending = _final ? ProcessState.Stopped : ProcessState.Exited;
        (_healthy, _ended, _run) = (_healthy.Task.IsCompleted ? New() : _healthy, New(), new());
        _life.Start(pid);
        _ = FollowAsync(_healthy, _run.Token);
    }

    private void Ended(int? code)
    {
        _run!.Cancel();
        ReleaseGuard();
        _life.End(_ending, code);
        if (_healthy.TrySetException(new ProcessFailedException(_member.Name, $"exited with code {code?.ToString(CultureInfo.InvariantCulture) ?? "unknown"} before it was healthy", [])))
            _ = _healthy.Task.Exception;
        // Whoever starts it waits for the run that comes.
        _healthy = New();
        _ended.TrySetResult();
    }

    private async Task FollowAsync(TaskCompletionSource healthy, CancellationToken ended) =>
        await _health.FollowAsync(answered => Told(answered, healthy, ended), ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private bool Told(bool answered, TaskCompletionSource healthy, CancellationToken ended)
    {
        lock (_lock)
        {
            if (!ended.IsCancellationRequested && _life.Judge(answered))
                healthy.TrySetResult();
            return _life.State == ProcessState.Starting;
        }
    }

    private bool Kill()
    {
        try
        {
            using var process = Process.GetProcessById(_pid!.Value);
            process.Kill();
            return true;
        }
        catch (ArgumentException)
        {
            // It has ended by itself, and Aspire has not said so yet.
            return false;
        }
    }

    private void ReleaseGuard()
    {
        _guard?.Dispose();
        _guard = null;
    }

    private static int? PidOf(CustomResourceSnapshot seen) =>
        seen.Properties.FirstOrDefault(p => p.Name == PidProperty)?.Value is { } pid ? Convert.ToInt32(pid, CultureInfo.InvariantCulture) : null;

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
