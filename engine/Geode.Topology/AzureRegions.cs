using System.Collections.Frozen;

namespace Geode.Topology;

/// <summary>Every public Azure region: Azure's name, the display name Cosmos DB knows it by, and its place on the globe.</summary>
/// <remarks>Coordinates are those Azure itself publishes (<c>az account list-locations</c>). Exceptions: regions that publish
/// none take their city's, and two rows that Azure publishes wrongly say so beside the figure.</remarks>
public static partial class AzureRegions
{
    /// <summary>In a fixed order: Americas, Europe, Middle East and Africa, Asia and Pacific; by name within each.</summary>
    public static IReadOnlyList<AzureRegion> All { get; } = [.. Americas(), .. Europe(), .. MiddleEastAndAfrica(), .. AsiaPacific()];

    private static readonly FrozenDictionary<string, AzureRegion> ByName =
        All.ToFrozenDictionary(r => r.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The region of that name (case-insensitive), or null.</summary>
    public static AzureRegion? Find(string name) => ByName.GetValueOrDefault(name);
}

/// <summary>A row of <see cref="AzureRegions"/>. Degrees; north and east positive.</summary>
public sealed record AzureRegion(string Name, string DisplayName, double Latitude, double Longitude)
{
    public GeoPoint Location => new(Latitude, Longitude);
}
