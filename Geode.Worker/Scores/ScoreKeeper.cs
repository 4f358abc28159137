using Geode.Service.Feeds;

namespace Geode.Worker.Scores;

/// <summary>Keeps the score of everything that is voted on. Global: one owner for the planet, and its results replicate to all.</summary>
internal sealed class ScoreKeeper(FeedContext feed) : Recount<Ballot, Score>(feed, into: "scores", partitionKey: "questionId")
{
    protected override IEnumerable<Score> Count(string partition, IReadOnlyList<Ballot> documents) => ScoreCount.Of(partition, documents);
}
