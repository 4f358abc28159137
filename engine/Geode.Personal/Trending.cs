namespace Geode.Personal;

/// <summary>The order that suits everybody a little: what is liked and new.</summary>
public static class Trending
{
    /// <summary>All items, the most liked of the newest first.</summary>
    public static IReadOnlyList<Item> Order(IEnumerable<Item> items, DateTimeOffset now) => throw new NotImplementedException();
}
