using Geode.Router.Origins;

namespace Geode.Router.Forwarding;

/// <summary>Wakes requests whose try is overdue. One clock for all of them, because a timer each would cost more than the requests.</summary>
internal sealed class DeadlineWatch(RouterState state, DeadlineGate gate, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(5);

    /// <summary>Ticks without a new try after which the clock sleeps, if none is under way.</summary>
    private const int Calm = 100;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, time);
        var calm = 0;
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                calm = Wake(time.GetTimestamp()) || gate.TakeTouched() ? 0 : calm + 1;
                if (calm < Calm)
                    continue;
                timer.Period = Timeout.InfiniteTimeSpan;
                await gate.SleepAsync(stoppingToken);
                timer.Period = Tick;
                calm = 0;
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The router stops.
        }
    }

    private bool Wake(long now)
    {
        var any = false;
        foreach (var origin in state.Current.Origins)
        {
            foreach (var instance in origin.Instances)
                any |= Wake(instance, now);
        }

        foreach (var instance in state.Leaving)
            any |= Wake(instance, now);
        return any;
    }

    private static bool Wake(OriginInstance instance, long now)
    {
        if (!instance.InFlight.Any)
            return false;
        instance.InFlight.WakeOverdue(now);
        return true;
    }
}
