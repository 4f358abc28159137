using Geode.Topology;

namespace Geode.Control.Api;

/// <summary>Names of regions in addresses.</summary>
internal static class KnownRegion
{
    /// <returns>The name as the planet writes it.</returns>
    /// <exception cref="ControlException">404 with the known names.</exception>
    public static string RequireRegion(this Planet planet, string name) =>
        planet.RegionNames.FirstOrDefault(known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ControlException(404, $"Unknown region '{name}'.", planet.RegionNames);
}
