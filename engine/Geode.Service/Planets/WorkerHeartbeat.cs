using Geode.Runtime.Health;
using Geode.Service.Backplane;
using Geode.Service.Feeds;
using Geode.Service.Hosting;
using Geode.Service.Steward;
using Geode.Topology;

namespace Geode.Service.Planets;

/// <summary>The sign of life of a process that processes feeds.</summary>
internal sealed class WorkerHeartbeat(
    IEnumerable<Processor> processors, FeedBacklog backlog, StewardPlace place, BackplaneClients clients, GeodeOptions options, Region region, FirstReady ready,
    TimeProvider clock) : Heartbeat(SignOfLife.WorkerKind, clients, options, region, ready, clock)
{
    private readonly LimitsView _limits = LimitsView.Of(place.LimitsOf(region));

    private readonly HashSet<string> _ofActivity = [.. processors.Select(processor => processor.Feed).Where(feed => feed.Container == options.Activity).Select(feed => feed.Name)];

    protected override ProcessSigns State() => new(Processors: [.. processors.Select(View)], Limits: _limits);

    // A sign of life is a change in its container, and that it was handled would be the next thing to tell.
    protected override ProcessSigns Telling(ProcessSigns state) => state with
    {
        Processors = [.. state.Processors!.Select(of => _ofActivity.Contains(of.Name) ? of with { Handled = 0, LagMs = 0, Pending = 0 } : of)],
    };

    private ProcessorView View(Processor processor)
    {
        var (feed, status) = (processor.Feed, processor.Status);
        return new(
            feed.Name, feed.Scope.ToString().ToLowerInvariant(), processor.IsOwner, status.HandledCount, status.Redelivered, status.PutAsideCount,
            status.Lag.TotalMilliseconds, backlog.Of(feed));
    }
}
