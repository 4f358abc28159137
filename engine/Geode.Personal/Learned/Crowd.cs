namespace Geode.Personal.Learned;

/// <summary>What all visitors together did until some time.</summary>
/// <param name="Items">By the item's index.</param>
/// <param name="TagTrends">By the tag's index: the trend of its items' deeds, 0 to 1 (the most popular).</param>
internal sealed record Crowd(ItemStanding[] Items, float[] TagTrends);

/// <param name="Popularity">Logarithm of how many visitors did something with it, 0 to 1 (the most popular).</param>
/// <param name="Trend">The same with newer deeds weighing more.</param>
/// <param name="Liking">The mean value of the deeds, −1 to 1, near the mean of all items where there are few.</param>
internal readonly record struct ItemStanding(float Popularity, float Trend, float Liking);
