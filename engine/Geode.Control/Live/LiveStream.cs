using System.Runtime.CompilerServices;
using Geode.Control.Events;

namespace Geode.Control.Live;

/// <summary>Looks at the planet once a second while anyone watches, for all who do.</summary>
internal sealed class LiveStream(PlanetObserver observer, Timeline timeline, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _end = new();
    private readonly OriginWatch _origins = new(observer, timeline, time);
    private TaskCompletionSource<LiveView> _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _watchers;
    private Task _looking = Task.CompletedTask;

    /// <summary>The planet now, then every second until it ends.</summary>
    public async IAsyncEnumerable<LiveView> FollowAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Join();
        try
        {
            yield return await observer.LookAsync(cancellationToken);
            while (await NextAsync(cancellationToken) is { } view)
                yield return view;
        }
        finally
        {
            lock (_lock)
                _watchers--;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _looking;
        _end.Dispose();
    }

    // Null: the planet stops.
    private async Task<LiveView?> NextAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _end.Token);
        try
        {
            return await _next.Task.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private void Join()
    {
        lock (_lock)
        {
            if (_watchers++ == 0 && _looking.IsCompleted)
                _looking = LookAsync();
        }
    }

    private bool IsWatched()
    {
        lock (_lock)
            return _watchers > 0;
    }

    private async Task LookAsync()
    {
        using var timer = new PeriodicTimer(Interval, time);
        var watching = _origins.RunAsync(IsWatched, _end.Token);
        try
        {
            while (IsWatched() && await timer.WaitForNextTickAsync(_end.Token))
            {
                var view = await observer.LookAsync(_end.Token);
                var told = _next;
                _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
                told.SetResult(view);
            }
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // The planet stops.
        }
        await watching;
    }
}
