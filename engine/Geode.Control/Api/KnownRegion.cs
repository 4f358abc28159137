using Geode.Topology;

namespace Geode.Control.Api;

/// <summary>Names of regions in addresses.</summary>
internal static class KnownRegion
{
    /// <returns>The name as the planet writes it.</returns>
    /// <exception cref="ControlException">404 with the known names.</exception>
    public static string RequireRegion(this Planet planet, string name) =>
        planet.RegionNames.FirstOrDefault(known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase))
        ?? throw (planet.FindGeode(name) is ({ } whole, { } zone)
            ? new ControlException(409, $"{whole.GeodeOf(zone)} is a zone; this is for all of {whole.Name}. One zone can be killed, frozen, thawed and revived.", planet.RegionNames)
            : new ControlException(404, $"Unknown region '{name}'.", planet.RegionNames));

    /// <returns>The region, and the zone of it that is meant; null: all of it.</returns>
    /// <exception cref="ControlException">404 with the known names.</exception>
    public static (Region Region, int? Zone) RequireGeode(this Planet planet, string name) =>
        planet.FindGeode(name) ?? throw new ControlException(404, $"Unknown region '{name}'.", planet.GeodeNames());
}
