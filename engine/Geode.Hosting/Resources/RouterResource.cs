using Aspire.Hosting.ApplicationModel;

namespace Geode.Hosting;

/// <summary>The one address clients know: sends each of them to the nearest geode that is well.</summary>
/// <param name="name">Of the resource.</param>
/// <param name="planet">Whose geodes are its origins.</param>
public sealed class RouterResource(string name, PlanetResource planet) : ProjectResource(name)
{
    public PlanetResource Planet { get; } = planet;
}
