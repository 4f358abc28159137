namespace Geode.Topology;

/// <summary>Named places of clients (<c>amsterdam</c>, <c>singapore</c>): the cities of a table, and every Azure region's name.
/// A place's number n owns the loopback block 127.0.n.0/24 for simulated clients; block 0 is nobody's.</summary>
public static class Places
{
    public static IReadOnlyList<Place> All { get; } =
    [
        new(1, "amsterdam", "Amsterdam", new(52.37, 4.90)),
        new(2, "singapore", "Singapore", new(1.35, 103.82)),
        new(3, "newyork", "New York", new(40.71, -74.01)),
    ];

    /// <summary>The place of that name (a city of the table or an Azure region), or null.</summary>
    public static Place? Find(string name) => All.FirstOrDefault(p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase));
}

/// <param name="Number">1 to 254, or 0 when the place has no loopback block.</param>
public sealed record Place(int Number, string Name, string DisplayName, GeoPoint Location);
