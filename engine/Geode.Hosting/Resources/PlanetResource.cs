using Aspire.Hosting.ApplicationModel;
using Geode.Control.Processes;
using Geode.Control.Terminal;
using Geode.Hosting.Backplane;
using Geode.Topology;

namespace Geode.Hosting;

/// <summary>The whole system: a geode in each of its regions and the router in front of them.</summary>
/// <param name="name">Of the resource.</param>
/// <param name="choice">Which planet, and where it keeps what it stores.</param>
public sealed class PlanetResource(string name, PlanetChoice choice) : Resource(name)
{
    private readonly List<GeodeResource> _geodes = [];
    private readonly List<(ProjectResource Resource, PlanetMember Member)> _members = [];

    public PlanetChoice Choice { get; } = choice;

    public Planet Planet => Choice.Planet;

    /// <summary>One per region, in the planet's order.</summary>
    public IReadOnlyList<GeodeResource> Geodes => _geodes;

    /// <summary>What runs, in the order in which it is shown.</summary>
    internal IReadOnlyList<(ProjectResource Resource, PlanetMember Member)> Members => _members;

    /// <summary>The stores that geodes share; null where each has its replica.</summary>
    internal SharedBackplane? Backplane { get; set; }

    internal void Add(GeodeResource geode) => _geodes.Add(geode);

    internal void Add(ProjectResource resource, PlanetMember member) => _members.Add((resource, member));
}
