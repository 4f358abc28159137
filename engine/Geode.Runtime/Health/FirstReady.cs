namespace Geode.Runtime.Health;

/// <summary>A little after the moment from which others count on this process: it has said for the first time that it is ready. What
/// nobody waits for starts then, so that the many processes that one machine starts together are ready sooner.</summary>
public sealed class FirstReady(TimeProvider clock)
{
    /// <summary>For what the first visitor would wait for: those that started together are ready within half a second of each other.</summary>
    internal static readonly TimeSpan Breath = TimeSpan.FromSeconds(0.5);

    /// <summary>The others are to be ready too: their turn at the processor comes first.</summary>
    internal static readonly TimeSpan Pause = TimeSpan.FromSeconds(1.5);

    /// <summary>Where nobody asks it starts all the same.</summary>
    internal static readonly TimeSpan AtMost = TimeSpan.FromSeconds(6);

    private readonly TaskCompletionSource _soon = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _said;

    /// <summary>Completes after a <see cref="Breath"/>: for what the first visitor would wait for.</summary>
    /// <exception cref="OperationCanceledException">The process ends before that.</exception>
    public Task SoonAsync(CancellationToken cancellation) => FirstOf(_soon.Task, cancellation);

    /// <summary>Completes after a <see cref="Pause"/>: for what nobody waits for.</summary>
    /// <exception cref="OperationCanceledException">The process ends before that.</exception>
    public Task WaitAsync(CancellationToken cancellation) => FirstOf(_over.Task, cancellation);

    internal void Said()
    {
        if (Interlocked.Exchange(ref _said, 1) != 0)
            return;
        After(Breath, _soon);
        After(Pause, _over);
    }

    private void After(TimeSpan rest, TaskCompletionSource moment) =>
        _ = Task.Delay(rest, clock).ContinueWith(_ => moment.TrySetResult(), TaskScheduler.Default);

    private async Task FirstOf(Task moment, CancellationToken cancellation)
    {
        await Task.WhenAny(moment, Task.Delay(AtMost, clock, cancellation));
        cancellation.ThrowIfCancellationRequested();
    }
}
