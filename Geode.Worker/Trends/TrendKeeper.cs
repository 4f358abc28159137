using System.Text.Json;
using Geode.Service.Backplane;
using Geode.Service.Feeds;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.Worker.Trends;

/// <summary>Keeps this geode's own view of what is asked about. Local: every geode does it for itself, from its own replica's feed,
/// and so has its view also while it is cut off from the rest.</summary>
internal sealed class TrendKeeper(FeedContext feed, TimeProvider clock) : IFeedHandler
{
    private readonly Container _questions = feed.Container("questions");
    private readonly Container _activity = feed.Container("activity");

    public string KeyOf(Change change) => change.Partition("questionId");

    // Counted anew rather than added to: a change that is delivered twice must not count twice.
    public async Task HandleAsync(string key, IReadOnlyList<Change> changes, CancellationToken cancellation)
    {
        foreach (var tag in changes.SelectMany(Tags).Distinct())
        {
            var query = new QueryDefinition("SELECT VALUE COUNT(1) FROM c WHERE c.kind = 'question' AND ARRAY_CONTAINS(c.tags, @tag)")
                .WithParameter("@tag", tag);
            var counts = await _questions.ReadAllAsync<int>(query, options: null, cancellation);
            var view = new TrendView
            {
                Id = TrendView.IdFor(tag),
                Region = feed.Region.Name,
                Kind = "trend",
                Tag = tag,
                Questions = counts.Sum(),
                At = clock.GetUtcNow(),
                Traceparent = Trace.Parent,
            };
            await _activity.UpsertItemAsync(view, new PartitionKey(feed.Region.Name), cancellationToken: cancellation);
        }
    }

    private static IEnumerable<string> Tags(Change change) =>
        change.Document.TryGetProperty("tags", out var tags) && tags.ValueKind is JsonValueKind.Array
            ? tags.EnumerateArray().Select(tag => tag.ValueKind is JsonValueKind.String ? tag.GetString()! : throw new FormatException($"Document '{change.Id}' has a tag that is no text."))
            : [];
}
