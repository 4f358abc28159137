using Geode.Control.Events;
using Geode.Control.Processes;

namespace Geode.Control.Tests;

/// <summary>A process that is nothing but its state.</summary>
internal sealed class FakeProcess(string name, ProcessRole role, string? region, int port, Timeline timeline, int instance = 1) : IPlanetProcess
{
    private static int _lastPid = 1_000_000;

    private ProcessSnapshot _now = new(name, role, region, null, port, ProcessState.Stopped, DateTimeOffset.UtcNow, "nowhere", instance);

    public ProcessSnapshot Snapshot() => _now;

    public bool Start() => !Runs && Enter(ProcessState.Healthy, Interlocked.Increment(ref _lastPid));

    /// <summary>It ends by itself.</summary>
    public bool Exit() => Enter(ProcessState.Exited, null);

    public bool Stop() => Enter(ProcessState.Stopped, null);

    public Task<bool> KillAsync(CancellationToken cancellationToken) => Task.FromResult(Runs && Enter(ProcessState.Killed, null));

    public Task<bool> FreezeAsync(CancellationToken cancellationToken) =>
        Task.FromResult(Runs && _now.State != ProcessState.Frozen && Enter(ProcessState.Frozen, _now.Pid));

    public Task<bool> ThawAsync(CancellationToken cancellationToken) =>
        Task.FromResult(_now.State == ProcessState.Frozen && Enter(ProcessState.Healthy, _now.Pid));

    private bool Runs => _now.Pid is not null;

    private bool Enter(ProcessState state, int? pid)
    {
        var word = state.ToString().ToLowerInvariant();
        // Before anybody hears of it.
        _now = _now with { State = state, Pid = pid };
        _now = _now with { Since = timeline.Add("process", region, name, word, $"{name} {word}").At };
        return true;
    }
}
