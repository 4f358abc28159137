namespace Geode.Router.Forwarding;

/// <summary>Wakes requests whose try is overdue. One clock for all of them, because a timer each would cost more than the requests.</summary>
internal sealed class DeadlineWatch(RouterState state, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Busy = TimeSpan.FromMilliseconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Busy, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                var now = time.GetTimestamp();
                foreach (var origin in state.Current.Origins)
                {
                    if (origin.InFlight.Any)
                        origin.InFlight.WakeOverdue(now);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The router stops.
        }
    }
}
