using Geode.Topology;

namespace Geode.Control.Steward;

/// <summary>Where a planet's Workers can be told something.</summary>
internal static class WorkerAddresses
{
    /// <summary>One in each zone of each region, without a slash at the end; none of the edge, whose link may be down for hours.</summary>
    public static IEnumerable<string> Of(Planet planet) =>
        planet.Core.SelectMany(region => region.ZoneNumbers.Select(zone => PlanetPorts.Loopback(planet.Ports.Worker(region, zone))));
}
