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

    protected override IReadOnlyList<ProcessorView> Processors() => [.. processors.Select(View)];

    protected override LimitsView Limits() => _limits;

    private ProcessorView View(Processor processor)
    {
        var (feed, status) = (processor.Feed, processor.Status);
        return new(
            feed.Name, feed.Scope.ToString().ToLowerInvariant(), processor.IsOwner, status.HandledCount, status.Redelivered, status.PutAsideCount,
            status.Lag.TotalMilliseconds, backlog.Of(feed));
    }
}
