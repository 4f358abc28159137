using Geode.Service.Backplane;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Worker.Feeds;

/// <summary>Where a processor's leases live and what they are called. This decides who shares the work.</summary>
/// <param name="Prefix">Processors with the same prefix share one set of leases.</param>
/// <param name="Feed">The container read from.</param>
/// <param name="Leases">The container the leases are in.</param>
public sealed record LeasePlan(string Prefix, FeedScope Scope, Container Feed, Container Leases)
{
    /// <summary>Local: the prefix holds the region and the leases live in the region's own replica, so no other geode can take
    /// them. Global: the prefix is the same everywhere, and all geodes look for the leases in the same replica.</summary>
    public static LeasePlan For(IFeedHandler handler, Region region, BackplaneClients clients) => handler.Scope switch
    {
        FeedScope.Local => new(
            $"local-{handler.Name}-{region.Name}-",
            FeedScope.Local,
            clients.OwnReplica.GetContainer(handler.Source),
            clients.OwnReplica.GetContainer("leases-local")),
        FeedScope.Global => new(
            $"global-{handler.Name}-",
            FeedScope.Global,
            clients.OwnFeed.GetContainer(handler.Source),
            clients.MeetingPoint.GetContainer("leases")),
        _ => throw new ArgumentOutOfRangeException(nameof(handler), handler.Scope, null),
    };
}
