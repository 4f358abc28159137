using Geode.Control.Events;
using Geode.Control.Processes;
using Geode.Local.Processes;

namespace Geode.Local.Tests;

/// <summary>Keeps what a planet reports, and lets a test wait for it.</summary>
internal sealed class Recorder
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private readonly List<PlanetEvent> _events = [];
    private readonly List<LogLine> _lines = [];
    private string? _onState;
    private Action _onAction = () => { };
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<PlanetEvent> Events
    {
        get
        {
            lock (_lock)
                return [.. _events];
        }
    }

    public IReadOnlyList<LogLine> Lines
    {
        get
        {
            lock (_lock)
                return [.. _lines];
        }
    }

    /// <summary>Does that when the planet reports the state, while it reports it.</summary>
    public void On(string state, Action action) => (_onState, _onAction) = (state, action);

    public void Add(PlanetEvent happened)
    {
        if (happened.State == _onState)
            _onAction();
        Change(() => _events.Add(happened));
    }

    public void Add(LogLine line) => Change(() => _lines.Add(line));

    public async Task<PlanetEvent> EventAsync(string process, string state)
    {
        await UntilAsync(() => Events.Any(Matches));
        return Events.First(Matches);

        bool Matches(PlanetEvent e) => e.Process == process && e.State == state;
    }

    public async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            Task changed;
            lock (_lock)
                changed = _changed.Task;
            if (condition())
                return;
            await changed.WaitAsync(patience.Token);
        }
    }

    private void Change(Action change)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            change();
            changed = _changed;
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        changed.SetResult();
    }
}
