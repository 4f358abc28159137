namespace Geode.Personal;

/// <summary>Items in the order that suits one visitor.</summary>
public static class ForYou
{
    /// <summary>All candidates, the most suitable first.</summary>
    /// <param name="model">Null: there is none. The order is then <see cref="Trending"/> mixed with variety, as it is without a history.</param>
    /// <param name="history">What the visitor did, in any order; items of it that are no candidates are given by <paramref name="known"/>.</param>
    /// <param name="candidates">What may be shown.</param>
    /// <param name="known">Items of the history, as far as they are still known.</param>
    /// <param name="now">The time by which ages are measured.</param>
    public static IReadOnlyList<Ranked> Rank(
        TasteModel? model, IReadOnlyList<Deed> history, IReadOnlyList<Item> candidates, IReadOnlyDictionary<string, Item> known, DateTimeOffset now) =>
        throw new NotImplementedException();
}

/// <param name="Item">The item.</param>
/// <param name="Score">Comparable within one ranking only.</param>
/// <param name="Because">The tag of the visitor's that speaks most for it; null: none does.</param>
public sealed record Ranked(Item Item, double Score, string? Because);
