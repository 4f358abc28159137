namespace Geode.Service.Feeds;

/// <summary>A processor of this process: its feed, what handles it, and how it is doing.</summary>
internal sealed class Processor(FeedContext context, IFeedHandler handler, TimeProvider clock)
{
    public Feed Feed => context.Feed;

    public FeedContext Context => context;

    public IFeedHandler Handler => handler;

    public FeedStatus Status { get; } = new(clock);

    public bool IsOwner => Status.Owned > 0;

    public FeedProcessor Host(IServiceProvider provider)
    {
        var letters = ActivatorUtilities.CreateInstance<DeadLetters>(provider, Status);
        var batches = ActivatorUtilities.CreateInstance<BatchRunner>(provider, Feed, letters, Status);
        return ActivatorUtilities.CreateInstance<FeedProcessor>(provider, Feed, Handler, batches, Status);
    }
}
