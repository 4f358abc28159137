using Geode.Router.Origins;

namespace Geode.Router.Health;

/// <summary>Keeps what is known about the origins current: probes each, and ten times a second folds in what requests saw.</summary>
internal sealed class OriginWatch(RouterState state, TimeProvider time, OriginEvents events) : BackgroundService
{
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(100);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var options = state.Current.Setup.Options.Health;
        var probes = state.Current.Origins.Select(o => new ActiveProber(o, options, time, events).RunAsync(stoppingToken)).ToList();
        using var timer = new PeriodicTimer(Slice, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                foreach (var origin in state.Current.Origins)
                    Fold(origin);
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(probes);
        }
    }

    private void Fold(Origin origin)
    {
        var before = origin.Health.State;
        if (origin.Health.Fold(origin.Latency))
            origin.InFlight.Evacuate();
        events.Report(origin, before);
    }
}
