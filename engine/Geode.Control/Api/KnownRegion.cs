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

    /// <returns>The name as the planet writes it, and whether it is a zone's.</returns>
    /// <exception cref="ControlException">404 with the known names.</exception>
    public static (string Name, bool IsZone) RequireGeode(this Planet planet, string name) => planet.FindGeode(name) switch
    {
        ({ } region, { } zone) => (region.GeodeOf(zone), true),
        ({ } region, null) => (region.Name, false),
        null => throw new ControlException(404, $"Unknown region '{name}'.", planet.GeodeNames()),
    };
}
