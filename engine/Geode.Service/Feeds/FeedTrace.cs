using System.Diagnostics;

namespace Geode.Service.Feeds;

/// <summary>Continues the trace of the request that made a change, in whatever region and however much later it is processed.</summary>
internal static class FeedTrace
{
    public static readonly ActivitySource Source = new("Geode.Service");

    /// <summary>A span in the trace of the newest change, linked to those of the others.</summary>
    public static Activity? Start(Feed feed, string key, IReadOnlyList<Change> changes, int attempt)
    {
        if (!Source.HasListeners())
            return null;
        var contexts = changes.Select(c => ActivityContext.TryParse(c.Traceparent, null, isRemote: true, out var context) ? context : default)
            .Where(context => context != default).ToList();
        var parent = contexts.LastOrDefault();
        var links = contexts.SkipLast(1).Distinct().Select(context => new ActivityLink(context));
        // The polling loop's own span, if any, is not what caused this.
        Activity.Current = null;
        var span = Source.StartActivity($"process {feed.Name}", ActivityKind.Consumer, parent, links: links);
        span?.SetTag("geode.processor", feed.Name);
        span?.SetTag("geode.key", key);
        span?.SetTag("geode.attempt", attempt);
        span?.SetTag("messaging.batch.message_count", changes.Count);
        return span;
    }
}
