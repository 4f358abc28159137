using Aspire.Hosting.ApplicationModel;
using Geode.Hosting;
using Geode.Hosting.Drills;

namespace Aspire.Hosting;

/// <summary>Commands that break and heal a planet.</summary>
public static class DrillExtensions
{
    /// <summary>Adds them to the planet (partition, heal, load, stop-load, steward, undo) and to each of its geodes (kill, freeze, thaw, revive, drain,
    /// undrain, outage, scale). They do what the control API does.</summary>
    public static IResourceBuilder<PlanetResource> WithDrillCommands(this IResourceBuilder<PlanetResource> planet)
    {
        ArgumentNullException.ThrowIfNull(planet);
        if (!planet.ApplicationBuilder.ExecutionContext.IsRunMode)
            return planet;
        PlanetCommands.AddTo(planet);
        foreach (var geode in planet.Resource.Geodes)
            GeodeCommands.AddTo(planet.ApplicationBuilder.CreateResourceBuilder(geode));
        return planet;
    }
}
