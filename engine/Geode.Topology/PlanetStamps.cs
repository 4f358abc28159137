namespace Geode.Topology;

/// <summary>A planet's stamps, and the planets that each of them and their common directory are by themselves.</summary>
public static class PlanetStamps
{
    /// <summary>Regions are numbered from here in the directory, which has ports and session tokens of its own.</summary>
    public const int FirstOfDirectory = 100;

    /// <summary>The stamp of that name (case-insensitive), or null.</summary>
    public static Stamp? FindStamp(this Planet planet, string name) =>
        planet.Stamps.FirstOrDefault(s => string.Equals(s.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The stamp that the region is in; null on a planet without stamps.</summary>
    public static Stamp? StampOf(this Planet planet, Region region) => planet.Stamps.FirstOrDefault(s => s.Regions.Contains(region.Name));

    /// <summary>Whether what is written in one region gets to the other: on a planet with stamps, in the same of them only.</summary>
    public static bool ShareData(this Planet planet, string one, string other) =>
        planet.Stamps.Count == 0 || planet.Stamps.Any(s => s.Regions.Contains(one) && s.Regions.Contains(other));

    /// <summary>The planets that each keep their data to themselves: one for each stamp; the planet itself where there are no stamps.</summary>
    public static IReadOnlyList<Planet> Parts(this Planet planet) => planet.Stamps.Count == 0 ? [planet] : [.. planet.Stamps.Select(planet.OfStamp)];

    /// <summary>The planet that a region's services and replica know: that of its stamp, or all of it where there are no stamps. Regions keep their
    /// numbers, and with them their ports.</summary>
    public static Planet AsSeenFrom(this Planet planet, Region region) => planet.StampOf(region) is { } stamp ? planet.OfStamp(stamp) : planet;

    /// <summary>The stamp as a planet of its own.</summary>
    public static Planet OfStamp(this Planet planet, Stamp stamp) => planet with
    {
        Regions = [.. planet.Regions.Where(r => stamp.Regions.Contains(r.Name))],
        Links = [.. planet.Links.Where(l => stamp.Regions.Contains(l.From) && stamp.Regions.Contains(l.To))],
        Stamps = [],
        Tenants = null,
        // Plans of several stewards would be in each other's way.
        Steward = planet.Steward with { Mode = planet.Steward.Mode ?? "advise" },
    };

    /// <summary>The directory of tenants as a planet of its own: in every region, one of which takes its writes, so that no two stamps get the same
    /// tenant. It never fails over by itself: two who both take writes for a moment are one too many.</summary>
    public static Planet Directory(this Planet planet) => planet with
    {
        Regions = [.. planet.Regions.Select(r => r.InDirectory())],
        Stamps = [],
        Tenants = null,
        Attachments = null,
        Backplane = planet.Backplane with { Database = "directory", Consistency = ConsistencyLevels.Session, WriteRegions = "single", OfflineAfterMs = 0 },
    };

    /// <summary>The region as the directory knows it.</summary>
    public static Region InDirectory(this Region region) => region with { Index = region.Index + FirstOfDirectory, Pair = null };
}
