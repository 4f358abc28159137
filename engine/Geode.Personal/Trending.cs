namespace Geode.Personal;

/// <summary>The order that suits everybody a little: what is liked and new.</summary>
public static class Trending
{
    /// <summary>In this time an item must be liked by twice as many to keep its place.</summary>
    public static TimeSpan HalfLife { get; } = TimeSpan.FromDays(7);

    /// <summary>All items, the most liked of the newest first; of equals the one whose id comes first.</summary>
    public static IReadOnlyList<Item> Order(IEnumerable<Item> items, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(items);
        Item[] ordered = [.. items];
        var keys = Array.ConvertAll(ordered, item => (-Weight(item, now), item.Id));
        Array.Sort(keys, ordered, Ascending);
        return ordered;
    }

    /// <summary>The binary logarithm of its score (plus one), less one for each <see cref="HalfLife"/> of its age.</summary>
    internal static double Weight(Item item, DateTimeOffset now)
    {
        var score = double.IsFinite(item.Score) ? item.Score : 0;
        var age = Math.Max(0, (now - item.At) / HalfLife);
        return Math.Sign(score) * Math.Log2(1 + Math.Abs(score)) - age;
    }

    private static readonly Comparer<(double, string)> Ascending = Comparer<(double Weight, string Id)>.Create((a, b) =>
        a.Weight.CompareTo(b.Weight) is not 0 and var byWeight ? byWeight : string.CompareOrdinal(a.Id, b.Id));
}
