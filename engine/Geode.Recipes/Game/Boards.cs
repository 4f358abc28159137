using Geode.Service.Backplane;
using Geode.Service.Feeds;
using Microsoft.Azure.Cosmos;

namespace Geode.Recipes.Game;

/// <summary>Keeps this geode's own boards: it has them also while it is cut off, and they agree with all others when it is not.</summary>
internal sealed class Boards(FeedContext feed) : IFeedHandler
{
    private static readonly QueryDefinition All = new("SELECT * FROM c");

    private readonly Container _matches = feed.Container("matches");
    private readonly Container _activity = feed.Container("activity");

    public string KeyOf(Change change) => change.Partition("player");

    // Added up anew rather than added to: a change that is delivered twice must not count twice.
    public async Task HandleAsync(string player, IReadOnlyList<Change> changes, CancellationToken cancellation)
    {
        var played = await _matches.ReadAllAsync<Match>(All, new() { PartitionKey = new(player) }, cancellation);
        var boards = played.GroupBy(match => match.Region).Select(region => Of(region.Key, player, [.. region])).Append(Of(Standing.Planet, player, played));
        foreach (var standing in boards)
            await _activity.UpsertItemAsync(standing, new PartitionKey(feed.Region.Name), cancellationToken: cancellation);
    }

    private Standing Of(string board, string player, IReadOnlyList<Match> played) => new(
        $"{Standing.OfKind}:{board}:{player}", feed.Region.Name, Standing.OfKind, board, player, played.Sum(match => (long)match.Points), played.Count);
}
