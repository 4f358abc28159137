namespace Geode.ServiceDefaults.Health;

/// <summary>The moment from which others count on this process: it has said for the first time that it is ready. What nobody waits
/// for starts then, so that many processes on one machine are ready sooner.</summary>
public sealed class FirstReady(TimeProvider clock)
{
    /// <summary>Also where nobody asks.</summary>
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(3);

    private readonly TaskCompletionSource _said = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <exception cref="OperationCanceledException">The process ends before that.</exception>
    public async Task WaitAsync(CancellationToken cancellation)
    {
        await Task.WhenAny(_said.Task, Task.Delay(AtMost, clock, cancellation));
        cancellation.ThrowIfCancellationRequested();
    }

    internal void Said() => _said.TrySetResult();
}
