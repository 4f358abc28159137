using Geode.Control.Events;

namespace Geode.Control.Live;

/// <summary>Puts into the timeline what the router thinks of the geodes, at the moment it began to think so.</summary>
internal sealed class OriginWatch(PlanetObserver observer, Timeline timeline, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private Dictionary<string, LiveOrigin> _known = [];

    public async Task RunAsync(Func<bool> wanted, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (wanted())
            {
                Compare(await observer.OriginsAsync(cancellationToken));
                await timer.WaitForNextTickAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The planet stops.
        }
    }

    private void Compare(IReadOnlyDictionary<string, LiveOrigin> now)
    {
        foreach (var (region, origin) in now)
        {
            // Draining is told by whoever asked for it; the first look has nothing to compare with.
            if (!_known.TryGetValue(region, out var before) || before.State == origin.State || origin.State == "draining" || before.State == "draining")
                continue;
            timeline.Add("router", region, null, origin.State, $"router: {region} {origin.State}{(origin.Why.Length > 0 ? $", {origin.Why}" : "")}", at: origin.Since);
        }
        if (now.Count > 0)
            _known = new(now);
    }
}
