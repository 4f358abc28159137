using Geode.Service.Backplane;
using Geode.Service.Hosting;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Feeds;

/// <summary>Where a processor's leases live and what they are called. This decides who shares the work.</summary>
/// <param name="Prefix">Processors with the same prefix share one set of leases.</param>
/// <param name="Scope">Who processes a change.</param>
/// <param name="Feed">The container read from.</param>
/// <param name="Leases">The container the leases are in.</param>
internal sealed record LeasePlan(string Prefix, FeedScope Scope, Container Feed, Container Leases)
{
    /// <summary>Local: the prefix holds the region and the leases live in the region's own replica, so no other geode can take
    /// them. Global: the prefix is the same everywhere, and all geodes look for the leases in the same replica.</summary>
    public static LeasePlan For(Feed feed, Region region, BackplaneClients clients, GeodeOptions options) => feed.Scope switch
    {
        FeedScope.Local => new(
            $"local-{feed.Name}-{region.Name}-",
            FeedScope.Local,
            clients.OwnReplica.GetContainer(feed.Container),
            clients.OwnReplica.GetContainer(options.LocalLeases)),
        FeedScope.Global => new(
            $"global-{feed.Name}-",
            FeedScope.Global,
            clients.OwnFeed.GetContainer(feed.Container),
            clients.MeetingPoint.GetContainer(options.Leases)),
        _ => throw new ArgumentOutOfRangeException(nameof(feed), feed.Scope, null),
    };
}
