using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Geode.Topology;

namespace Geode.Hosting.Backplane;

/// <summary>A store that all geodes share, in place of a replica each.</summary>
internal static class SharedBackplane
{
    private const string Name = "backplane";

    /// <returns>Null: <c>backplane.kind</c> is <c>local</c>.</returns>
    /// <exception cref="PlanetException">The kind is unknown, or does not fit the planet.</exception>
    public static IResourceWithConnectionString? Add(IResourceBuilder<PlanetResource> planet) => planet.Resource.Planet.Backplane.Kind switch
    {
        "local" => null,
        "emulator" => Emulator.Add(planet, Name).Resource,
        "azure" => planet.ApplicationBuilder.AddConnectionString(Name).Resource,
        var kind => throw new PlanetException($"backplane.kind: '{kind}' is unknown; allowed are local, emulator, azure."),
    };
}
