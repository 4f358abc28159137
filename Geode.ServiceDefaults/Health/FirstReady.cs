namespace Geode.ServiceDefaults.Health;

/// <summary>A little after the moment from which others count on this process: it has said for the first time that it is ready. What
/// nobody waits for starts then, so that the many processes that one machine starts together are ready sooner.</summary>
public sealed class FirstReady(TimeProvider clock)
{
    /// <summary>The others are to be ready too: their turn at the processor comes first.</summary>
    internal static readonly TimeSpan Pause = TimeSpan.FromSeconds(1.5);

    /// <summary>Where nobody asks it starts all the same.</summary>
    internal static readonly TimeSpan AtMost = TimeSpan.FromSeconds(6);

    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes at that moment itself: for what the first visitor would wait for.</summary>
    /// <exception cref="OperationCanceledException">The process ends before that.</exception>
    public Task AtOnceAsync(CancellationToken cancellation) => FirstOf(_ready.Task, cancellation);

    /// <exception cref="OperationCanceledException">The process ends before that.</exception>
    public Task WaitAsync(CancellationToken cancellation) => FirstOf(_over.Task, cancellation);

    internal void Said()
    {
        if (_ready.TrySetResult())
            _ = Task.Delay(Pause, clock).ContinueWith(_ => _over.TrySetResult(), TaskScheduler.Default);
    }

    private async Task FirstOf(Task moment, CancellationToken cancellation)
    {
        await Task.WhenAny(moment, Task.Delay(AtMost, clock, cancellation));
        cancellation.ThrowIfCancellationRequested();
    }
}
