using Geode.Service.Backplane;
using Geode.Service.Hosting;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Feeds;

/// <summary>What a handler can know of the feed it handles.</summary>
public sealed class FeedContext(Feed feed, BackplaneClients clients, Region region, GeodeOptions options)
{
    /// <summary>The feed.</summary>
    public Feed Feed => feed;

    /// <summary>This geode's region.</summary>
    public Region Region => region;

    /// <summary>Who this process is in what it writes.</summary>
    public string Writer { get; } = $"{region.Name}-{Environment.MachineName}-{Environment.ProcessId}";

    /// <summary>Of a global feed: this owner's number among its owners.</summary>
    public Fence Fence { get; } = new(feed.Name, clients, options, region);

    /// <summary>A container by the client that reads the feed: its session holds what the feed showed, so a read cannot miss the change that
    /// caused it. It asks this region's own replica and no other.</summary>
    public Container Container(string name) => (feed.Scope is FeedScope.Global ? clients.OwnFeed : clients.OwnReplica).GetContainer(name);
}
