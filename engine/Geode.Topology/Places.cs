using System.Collections.Frozen;
using System.Net;
using System.Net.Sockets;

namespace Geode.Topology;

/// <summary>Named places of clients (<c>amsterdam</c>, <c>singapore</c>): the cities of a table, and every Azure region's name.
/// A place's number n owns the loopback block 127.0.n.0/24 for simulated clients; block 0 is nobody's.</summary>
public static partial class Places
{
    /// <summary>The cities, by number.</summary>
    public static IReadOnlyList<Place> All { get; } = [.. Cities()];

    private static readonly FrozenDictionary<string, Place> NamedPlaces = ByNameWithRegions();

    private static readonly Place?[] NumberedPlaces = ByNumber();

    /// <summary>The place of that name (a city of the table or an Azure region), or null. Case, spaces and hyphens do not
    /// matter, and a display name will do: <c>newyork</c>, <c>New York</c>, <c>São Paulo</c>, <c>West Europe</c>.</summary>
    public static Place? Find(string name) => NamedPlaces.GetValueOrDefault(Plain(name));

    /// <summary>The city that owns the loopback address (127.0.n.x, also as an IPv4-mapped IPv6 address), or null.</summary>
    public static Place? ByLoopback(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetwork)
            return null;
        Span<byte> bytes = stackalloc byte[4];
        return address.TryWriteBytes(bytes, out _) && bytes is [127, 0, var number, _] ? NumberedPlaces[number] : null;
    }

    private static FrozenDictionary<string, Place> ByNameWithRegions()
    {
        var places = new Dictionary<string, Place>(StringComparer.OrdinalIgnoreCase);
        foreach (var region in AzureRegions.All)
            places[region.Name] = places[Plain(region.DisplayName)] = new(0, region.Name, region.DisplayName, region.Location);
        foreach (var city in All)
            places[city.Name] = places[Plain(city.DisplayName)] = city;
        return places.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    private static Place?[] ByNumber()
    {
        var places = new Place?[256];
        foreach (var city in All)
            places[city.Number] = city;
        return places;
    }

    private static string Plain(string name) => name.AsSpan().IndexOfAny(" -'") < 0
        ? name
        : string.Concat(name.Where(c => c is not (' ' or '-' or '\'')));
}

/// <param name="Number">1 to 254, or 0 when the place has no loopback block.</param>
public sealed record Place(int Number, string Name, string DisplayName, GeoPoint Location);
