using Geode.Control.Processes;
using Geode.Topology;

namespace Geode.Control.Api;

/// <summary>The geode of one zone, where a region has one in each.</summary>
/// <param name="Name"><c>westeurope-2</c>: what it is killed, frozen, thawed and revived by.</param>
/// <param name="State">Of its processes, see <see cref="RegionView"/>; the replica is the region's and not among them.</param>
public sealed record ZoneView(string Name, string State)
{
    /// <summary>Null where the region has one geode.</summary>
    /// <param name="region">Whose zones.</param>
    /// <param name="processes">All of the region's.</param>
    internal static IReadOnlyList<ZoneView>? Of(Region region, IReadOnlyList<ProcessSnapshot> processes) => region.Zones == 1
        ? null
        : [.. region.ZoneNumbers.Select(zone => new ZoneView(
            region.GeodeOf(zone),
            RegionView.StateOf([.. processes.Where(p => p.Role != ProcessRole.Backplane && region.ZoneOf(p.Instance) == zone)])))];
}
