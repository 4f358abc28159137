namespace Geode.Topology;

/// <summary>How much of a region its geode covers, and so what takes a geode with it when it is lost.</summary>
public static class RegionFootprints
{
    /// <summary>One geode for the region. Whether its processes and its data are spread over zones is <see cref="Region.ZoneRedundant"/>'s to say.</summary>
    public const string Regional = "regional";

    /// <summary>A geode in each zone, all of them on the region's replica: who loses a zone loses a geode and not the region.</summary>
    public const string Zonal = "zonal";

    /// <summary>One geode, in one zone, and its replica with it.</summary>
    public const string Zone = "zone";

    /// <summary>Azure's regions that have zones have three, as its documentation says.</summary>
    public const int ZonesOfARegion = 3;

    public static IReadOnlyList<string> All { get; } = [Regional, Zonal, Zone];
}
