using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Geode.Control.Processes;

namespace Geode.Hosting.Processes;

// What Aspire says of a process, which may come late, twice, or between the news of its next run.
internal sealed partial class AspireProcess
{
    // How long Aspire may go on telling of the run before, when the next begins.
    private static readonly TimeSpan OldNews = TimeSpan.FromSeconds(10);

    /// <summary>Takes in what Aspire says of it.</summary>
    public void Observe(AspireNews seen)
    {
        lock (_lock)
        {
            _seen = seen;
            if (seen.State == KnownResourceStates.Stopping && _life.Runs && _ending == ProcessState.Exited)
                _ending = ProcessState.Stopped;
            if (seen.State == KnownResourceStates.Running && seen.Pid is { } pid && IsNew(pid))
                Started(pid);
            else if (seen.State == KnownResourceStates.Starting && !_life.Runs)
                _starts = true;
            else if (seen.IsEnd && _life.Runs && (seen.Pid ?? _pid) == _pid)
                Ended(seen.ExitCode);
            else if (seen.IsTerminal && _starts)
                EndedUnseen(seen);
        }
    }

    // While a run begins Aspire may still show the one before. What is not in the system's table does not run, whatever is said of it;
    // but one that has another number may have ended just now.
    private bool IsNew(int pid) => ProcessTable.Exists(pid) ? pid != _pid || !_life.Runs : pid != _pid && !_life.Runs;

    private void Started(int pid)
    {
        // Aspire's own restart may show the new run before the end of the old one.
        if (_life.Runs)
            Ended(code: null);
        (_pid, _goneSince, _unsaid, _starts) = (pid, null, false, false);
        _ending = _final ? ProcessState.Stopped : ProcessState.Exited;
        (_ended, _run) = (New(), new());
        _life.Start(pid);
        _ = FollowAsync(_run.Token);
    }

    private void Ended(int? code)
    {
        var how = _life.Runs ? _ending : ProcessState.Exited;
        _starts = false;
        _run?.Cancel();
        ReleaseGuard();
        _life.End(how, code);
        if (_healthy.TrySetException(new ProcessFailedException(_member.Name, $"exited with code {code?.ToString(CultureInfo.InvariantCulture) ?? "unknown"} before it was healthy", [])))
            _ = _healthy.Task.Exception;
        WaitAnew();
        _ended.TrySetResult();
    }

    // It ended before anybody saw it run, or it never ran: its program is gone. Or this is told of the run before: that one had its own
    // number or, if it never ran either, was made at another time. Those made within one second look the same.
    private void EndedUnseen(AspireNews seen)
    {
        if (seen.Pid is { } pid ? pid == _pid : seen.Created == _neverRan)
            _ = ConfirmAsync(seen);
        else
            NeverRan(seen);
    }

    private async Task ConfirmAsync(AspireNews seen)
    {
        await Task.Delay(OldNews, _time).ConfigureAwait(false);
        lock (_lock)
        {
            if (!_life.Runs && _starts && _seen.IsTerminal)
                NeverRan(seen);
        }
    }

    private void NeverRan(AspireNews seen)
    {
        (_pid, _neverRan) = (seen.Pid ?? _pid, seen.Created);
        Ended(seen.ExitCode);
    }
}
