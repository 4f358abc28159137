using Geode.Router.Origins;

namespace Geode.Router.Health;

/// <summary>Keeps what is known about the origins current: probes each, ten times a second folds in what requests saw, and sees
/// to it that origins that leave are left.</summary>
internal sealed class OriginWatch(RouterState state, TimeProvider time, OriginEvents events, SelfDoubt doubt) : BackgroundService
{
    /// <summary>A slice longer than this was held up here: the machine had no time for the router, and so none for its answers.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(130);

    private readonly Dictionary<Origin, (Task Task, CancellationTokenSource Stop)> _probes = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Probe(stoppingToken);
        using var timer = new PeriodicTimer(SelfDoubt.Tick, time);
        try
        {
            for (var last = time.GetTimestamp(); await timer.WaitForNextTickAsync(stoppingToken);)
            {
                doubt.Ticked();
                Probe(stoppingToken);
                var late = time.GetElapsedTime(last) > Late;
                last = time.GetTimestamp();
                foreach (var origin in state.Current.Origins)
                    Fold(origin, late, stoppingToken);
                foreach (var origin in state.Leaving)
                    Leave(origin, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await Task.WhenAll(_probes.Values.Select(p => p.Task));
        }
    }

    private void Probe(CancellationToken stop)
    {
        var origins = state.Current.Origins;
        foreach (var origin in origins)
        {
            if (_probes.ContainsKey(origin))
                continue;
            var own = CancellationTokenSource.CreateLinkedTokenSource(stop);
            _probes[origin] = (new ActiveProber(origin, state, time, events, doubt).RunAsync(own.Token), own);
        }

        if (_probes.Count == origins.Length)
            return;
        foreach (var gone in _probes.Keys.Except(origins).ToList())
        {
            _probes.Remove(gone, out var probe);
            probe.Stop.Cancel();
        }
    }

    private void Fold(Origin origin, bool late, CancellationToken stop)
    {
        var before = origin.Health.State;
        if (origin.Fold(late))
            origin.InFlight.Evacuate();
        events.Report(origin, before);
        origin.Departure.Check(origin.Draining || origin.Health.State == OriginState.Unhealthy, state.Current.Setup.Options.Streams, stop);
    }

    private void Leave(Origin origin, CancellationToken stop)
    {
        origin.Departure.Check(true, state.Current.Setup.Options.Streams, stop);
        if (origin.InFlight.Requests == 0 && origin.Streams.Count == 0)
            state.Forget(origin);
    }
}
