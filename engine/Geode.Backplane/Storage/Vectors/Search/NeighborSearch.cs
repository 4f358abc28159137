using Geode.Backplane.Storage.Indexes;

namespace Geode.Backplane.Storage.Vectors.Search;

/// <summary>A search, which may be asked for more.</summary>
internal abstract class NeighborSearch
{
    /// <summary>Items to be looked at one by one, whatever the search finds.</summary>
    public abstract IReadOnlyList<IDocument> Apart { get; }

    /// <summary>The nearest of those that are not apart: at least so many when there are.</summary>
    public abstract VectorMatches Nearest(int count);
}

/// <param name="Least">Not above the item's sort value; see <see cref="VectorTarget.Least"/>.</param>
internal readonly record struct VectorMatch(float Least, IDocument Document);

/// <param name="Items">By <see cref="VectorMatch.Least"/>, ascending, but for items that have changed meanwhile.</param>
/// <param name="Rest">None of the others is nearer than that; infinite where the search does not promise it.</param>
/// <param name="HasMore">There are others.</param>
internal sealed record VectorMatches(List<VectorMatch> Items, float Rest, bool HasMore);
