using Geode.Control.Events;

namespace Geode.Control.Processes;

/// <summary>The state of one process over all its runs, and the events it makes of them. Whoever runs the process says what it sees, one
/// call at a time.</summary>
public sealed class ProcessLife(string name, string? region, Timeline timeline, TimeProvider time)
{
    private const int FailuresToUnhealthy = 2;

    private ProcessState _beforeFreeze;
    private int _failedProbes;

    public ProcessState State { get; private set; } = ProcessState.Stopped;

    /// <summary>When it entered <see cref="State"/>.</summary>
    public DateTimeOffset Since { get; private set; } = time.GetUtcNow();

    public bool Runs => State is not (ProcessState.Stopped or ProcessState.Killed or ProcessState.Exited);

    public void Start(int pid)
    {
        _failedProbes = 0;
        Enter(ProcessState.Starting, $"started, pid {pid}");
    }

    /// <summary>It was asked whether it is well.</summary>
    /// <returns>Whether it is well now and was not before.</returns>
    public bool Judge(bool answered)
    {
        _failedProbes = answered ? 0 : _failedProbes + 1;
        if (State is ProcessState.Starting or ProcessState.Unhealthy && answered)
        {
            Enter(ProcessState.Healthy, "healthy");
            return true;
        }
        if (State == ProcessState.Healthy && _failedProbes >= FailuresToUnhealthy)
            Enter(ProcessState.Unhealthy, "unhealthy");
        return false;
    }

    public void Freeze()
    {
        _beforeFreeze = State;
        Enter(ProcessState.Frozen, "frozen");
    }

    public void Thaw()
    {
        // What was asked while it stood still is no sign of how it is now.
        _failedProbes = 0;
        Enter(_beforeFreeze, "thawed");
    }

    /// <param name="how"><see cref="ProcessState.Stopped"/>, <see cref="ProcessState.Killed"/> or <see cref="ProcessState.Exited"/>.</param>
    /// <param name="code">Its exit code, where known.</param>
    public void End(ProcessState how, int? code) => Enter(how, how == ProcessState.Exited ? $"exited with code {code?.ToString() ?? "unknown"}" : Name(how));

    private void Enter(ProcessState state, string what)
    {
        State = state;
        Since = timeline.Add("process", region, name, Name(state), $"{name} {what}").At;
    }

    private static string Name(ProcessState state) => state.ToString().ToLowerInvariant();
}
