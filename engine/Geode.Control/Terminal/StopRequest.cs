using System.Runtime.InteropServices;

namespace Geode.Control.Terminal;

/// <summary>Turns Ctrl-C, SIGTERM, the end of the terminal and the end of <c>dotnet run</c> into one request to stop.</summary>
public sealed class StopRequest : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<string> _reason = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<IDisposable> _sources = [];

    public StopRequest()
    {
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGQUIT, PosixSignal.SIGHUP])
            _sources.Add(PosixSignalRegistration.Create(signal, OnSignal));
        if (LauncherWatch.Start(() => Request("the launching command has ended")) is { } watch)
            _sources.Add(watch);
    }

    /// <summary>Cancelled when somebody wants the planet to stop.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>Why, once somebody does.</summary>
    public Task<string> Requested => _reason.Task;

    public void Dispose()
    {
        foreach (var source in _sources)
            source.Dispose();
        _stop.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        // Stopping in order takes a moment; the default would end us at once.
        context.Cancel = true;
        Request(context.Signal.ToString());
    }

    private void Request(string reason)
    {
        if (_reason.TrySetResult(reason))
            _stop.Cancel();
    }
}
