using System.Diagnostics;
using System.Text.Json;
using Geode.Service.Backplane;
using Geode.Topology;
using Geode.Worker.Feeds;
using Microsoft.Azure.Cosmos;

namespace Geode.Worker.Trends;

/// <summary>Keeps this geode's own view of what is asked about. Local: every geode does it for itself, from its own replica's feed,
/// and so has its view also while it is cut off from the rest.</summary>
internal sealed class TrendKeeper(BackplaneClients clients, Region region, TimeProvider clock) : IFeedHandler
{
    private readonly Container _questions = clients.OwnReplica.GetContainer("questions");
    private readonly Container _activity = clients.OwnReplica.GetContainer("activity");

    public string Name => "trends";

    public string Source => "questions";

    public FeedScope Scope => FeedScope.Local;

    public string KeyOf(Change change) => change.QuestionId ?? throw new FormatException($"Document '{change.Id}' in 'questions' has no questionId.");

    // Counted anew rather than added to: a change that is delivered twice must not count twice.
    public async Task HandleAsync(string key, IReadOnlyList<Change> changes, CancellationToken cancellation)
    {
        foreach (var tag in changes.SelectMany(Tags).Distinct())
        {
            var query = new QueryDefinition("SELECT VALUE COUNT(1) FROM c WHERE c.kind = 'question' AND ARRAY_CONTAINS(c.tags, @tag)")
                .WithParameter("@tag", tag);
            using var pages = _questions.GetItemQueryIterator<int>(query);
            var count = 0;
            while (pages.HasMoreResults)
                count += (await pages.ReadNextAsync(cancellation)).Sum();

            var view = new TrendView
            {
                Id = TrendView.IdFor(tag),
                Region = region.Name,
                Kind = "trend",
                Tag = tag,
                Questions = count,
                At = clock.GetUtcNow(),
                Traceparent = Activity.Current?.Id,
            };
            await _activity.UpsertItemAsync(view, new PartitionKey(region.Name), cancellationToken: cancellation);
        }
    }

    private static IEnumerable<string> Tags(Change change) =>
        change.Document.TryGetProperty("tags", out var tags) && tags.ValueKind is JsonValueKind.Array
            ? tags.EnumerateArray().Select(tag => tag.ValueKind is JsonValueKind.String ? tag.GetString()! : throw new FormatException($"Document '{change.Id}' has a tag that is no text."))
            : [];
}
