namespace Geode.Topology;

/// <summary>Every public Azure region: Azure's name, its display name and the published place of its data centres.</summary>
public static class AzureRegions
{
    public static IReadOnlyList<AzureRegion> All { get; } =
    [
        new("westeurope", "West Europe", 52.3667, 4.9),
        new("eastus", "East US", 37.3719, -79.8164),
        new("southeastasia", "Southeast Asia", 1.283, 103.833),
    ];

    /// <summary>The region of that name, or null.</summary>
    public static AzureRegion? Find(string name) =>
        All.FirstOrDefault(r => string.Equals(r.Name, name, StringComparison.OrdinalIgnoreCase));
}

/// <summary>A row of <see cref="AzureRegions"/>. Degrees; north and east positive.</summary>
public sealed record AzureRegion(string Name, string DisplayName, double Latitude, double Longitude);
