using Aspire.Hosting.ApplicationModel;
using Geode.Topology;

namespace Geode.Hosting;

/// <summary>Everything that runs in one region: the parent of its replica and of its services.</summary>
/// <param name="name"><c>geode-westeurope</c>.</param>
/// <param name="planet">It belongs to.</param>
/// <param name="region">It is in.</param>
public sealed class GeodeResource(string name, PlanetResource planet, Region region) : Resource(name)
{
    public PlanetResource Planet { get; } = planet;

    public Region Region { get; } = region;
}
