namespace Geode.Service.Feeds;

/// <summary>Some changes of one feed range, in order, and the place after them.</summary>
/// <param name="Changes">None: all that exists has been read.</param>
/// <param name="Continuation">The SDK's own; valid in every region.</param>
internal sealed record FeedPage(IReadOnlyList<Change> Changes, string Continuation);
