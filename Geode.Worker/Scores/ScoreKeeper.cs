using Geode.Worker.Feeds;

namespace Geode.Worker.Scores;

/// <summary>Keeps the score of everything that is voted on. Global: one owner for the planet, and its results replicate to all.</summary>
internal sealed class ScoreKeeper(ScoreBoard board, Fence fence) : IFeedHandler
{
    public string Name => "scores";

    public string Source => "votes";

    public FeedScope Scope => FeedScope.Global;

    public string KeyOf(Change change) =>
        change.QuestionId ?? throw new FormatException($"Document '{change.Id}' in 'votes' has no questionId.");

    public Task AcquiredAsync(CancellationToken cancellation) => fence.RaiseAsync(cancellation);

    public void Released() => fence.Drop();

    public async Task HandleAsync(string key, IReadOnlyList<Change> changes, CancellationToken cancellation)
    {
        // The lease came while the fence could not be taken.
        if (fence.Current == 0)
            await fence.RaiseAsync(cancellation);
        await board.RecountAsync(key, cancellation);
    }
}
