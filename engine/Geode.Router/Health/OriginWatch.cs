using Geode.Router.Configuration;
using Geode.Router.Origins;

namespace Geode.Router.Health;

/// <summary>Keeps what is known about the origins current: probes each instance, ten times a second folds in what requests saw, and sees
/// to it that instances that leave are left.</summary>
internal sealed class OriginWatch(RouterState state, TimeProvider time, OriginEvents events, SelfDoubt doubt) : BackgroundService
{
    /// <summary>A slice longer than this was held up here: the machine had no time for the router, and so none for its answers.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(130);

    private readonly Dictionary<OriginInstance, (Task Task, CancellationTokenSource Stop)> _probes = [];

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
                state.Steering.Look(state.Current);
                var late = time.GetElapsedTime(last) > Late;
                last = time.GetTimestamp();
                foreach (var origin in state.Current.Origins)
                    Fold(origin, late, stoppingToken);
                foreach (var instance in state.Leaving)
                    Leave(instance, late, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await Task.WhenAll(_probes.Values.Select(p => p.Task));
        }
    }

    private StreamOptions Streams => state.Current.Setup.Options.Streams;

    private void Probe(CancellationToken stop)
    {
        var listed = 0;
        foreach (var origin in state.Current.Origins)
        {
            foreach (var instance in origin.Instances)
            {
                listed++;
                if (_probes.ContainsKey(instance))
                    continue;
                var own = CancellationTokenSource.CreateLinkedTokenSource(stop);
                _probes[instance] = (new ActiveProber(instance, state, time, events, doubt).RunAsync(own.Token), own);
            }
        }

        if (_probes.Count == listed)
            return;
        foreach (var gone in _probes.Keys.Except(state.Current.Origins.SelectMany(o => o.Instances)).ToList())
        {
            _probes.Remove(gone, out var probe);
            probe.Stop.Cancel();
        }
    }

    private void Fold(Origin origin, bool late, CancellationToken stop)
    {
        foreach (var instance in origin.Instances)
        {
            var before = instance.Health.State;
            if (instance.Fold(late))
                instance.InFlight.Evacuate();
            events.Report(instance, before);
            instance.Departure.Check(origin.Draining || instance.Health.State == OriginState.Unhealthy, Streams, stop);
        }

        origin.Average();
    }

    private void Leave(OriginInstance instance, bool late, CancellationToken stop)
    {
        if (instance.Fold(late))
            instance.InFlight.Evacuate();
        instance.Departure.Check(true, Streams, stop);
        if (instance.IsIdle)
            state.Forget(instance);
    }
}
