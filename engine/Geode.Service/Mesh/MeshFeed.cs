using System.Collections.Immutable;
using System.Threading.Channels;
using Geode.Runtime.Health;
using Geode.Service.Backplane;
using Geode.Service.Feeds;
using Microsoft.Azure.Cosmos;

namespace Geode.Service.Mesh;

/// <summary>Follows this region's own change feed once for everyone who is connected here. What happens in another region shows
/// up when it has replicated; no geode talks to another.</summary>
internal sealed class MeshFeed(MeshOptions options, BackplaneClients clients, FirstReady ready, TimeProvider clock) : BackgroundService
{
    /// <summary>Pages a listener may be behind; past it, it is cut off and resumes from its cursor.</summary>
    private const int Buffer = 512;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(75);
    private static readonly TimeSpan StartRetry = TimeSpan.FromMilliseconds(500);

    private readonly TaskCompletionSource<ImmutableArray<MeshSource>> _sources = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private ImmutableArray<Channel<MeshPage>> _listeners = [];

    /// <summary>The feeds, once the backplane is there to name them.</summary>
    public Task<ImmutableArray<MeshSource>> SourcesAsync(CancellationToken cancellation) => _sources.Task.WaitAsync(cancellation);

    /// <summary>All pages from this call on, and the places they follow on.</summary>
    public Listener Listen(ImmutableArray<MeshSource> sources)
    {
        var channel = Channel.CreateBounded<MeshPage>(new BoundedChannelOptions(Buffer) { SingleReader = true, SingleWriter = false });
        lock (_lock)
        {
            _listeners = _listeners.Add(channel);
            return new(this, channel, [.. sources.Select(source => source.Continuation)]);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ready.SoonAsync(stoppingToken);
        var sources = await DiscoverAsync(stoppingToken);
        var following = sources.Select((source, index) => FollowAsync(source, index, stoppingToken)).ToList();
        // A place to start from must be known before anyone is told of the feeds.
        await Task.WhenAll(sources.Select(source => source.FirstRead)).WaitAsync(stoppingToken);
        _sources.TrySetResult(sources);
        await Task.WhenAll(following);
    }

    private async Task FollowAsync(MeshSource source, int index, CancellationToken cancellation)
    {
        await foreach (var page in FeedReader.FollowAsync(source.Container, ChangeFeedStartFrom.Now(source.Range), Poll, clock, cancellation))
        {
            // Published and remembered as one, so that whoever starts listening gets a page either way but not both.
            lock (_lock)
            {
                if (page.Changes.Count > 0)
                    Publish(new(index, page));
                source.Reached(page);
            }
        }
    }

    private void Publish(MeshPage page)
    {
        foreach (var listener in _listeners)
        {
            if (listener.Writer.TryWrite(page))
                continue;
            listener.Writer.TryComplete();
            _listeners = _listeners.Remove(listener);
        }
    }

    private async Task<ImmutableArray<MeshSource>> DiscoverAsync(CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                var found = ImmutableArray.CreateBuilder<MeshSource>();
                foreach (var name in options.Containers)
                {
                    var container = clients.OwnReplica.GetContainer(name);
                    foreach (var range in await container.GetFeedRangesAsync(cancellation))
                        found.Add(new(container, range));
                }

                return found.ToImmutable();
            }
            catch (Exception e) when (BackplaneFault.Is(e))
            {
                await Task.Delay(StartRetry, clock, cancellation);
            }
        }
    }

    /// <summary>One listener's pages; dispose to stop listening.</summary>
    internal sealed class Listener(MeshFeed feed, Channel<MeshPage> channel, IReadOnlyList<string> places) : IDisposable
    {
        public IReadOnlyList<string> Places => places;

        public ChannelReader<MeshPage> Pages => channel.Reader;

        public void Dispose()
        {
            lock (feed._lock)
                feed._listeners = feed._listeners.Remove(channel);
        }
    }
}

/// <summary>A page, and which of the feeds it is from.</summary>
internal sealed record MeshPage(int Source, FeedPage Page);
