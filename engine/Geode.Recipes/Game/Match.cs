using Geode.Service.Idempotency;

namespace Geode.Recipes.Game;

/// <summary>What a player has won in one match, in <c>matches</c>. It is never changed: whatever is told of a player is added up from these.</summary>
/// <param name="Player">The partition.</param>
/// <param name="Region">Where it was played.</param>
internal sealed record Match(string Id, string Player, string Region, int Points, string At, string? Request, string? Traceparent) : IRepeatable
{
    string IRepeatable.Partition => Player;
}

/// <summary>What is sent.</summary>
internal sealed record Won(int? Points);

/// <summary>A player's place on one board, as one geode sees it; in <c>activity</c>, in that region's partition.</summary>
/// <param name="Board">A region, for what was played there, or <see cref="Planet"/>.</param>
internal sealed record Standing(string Id, string Region, string Kind, string Board, string Player, long Points, int Matches)
{
    public const string OfKind = "standing";

    /// <summary>The board of all regions.</summary>
    public const string Planet = "planet";
}
