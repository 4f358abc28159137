using Geode.Topology;

namespace Geode.AppHost.Hosting;

/// <summary>From <c>geode.json</c> to the app model.</summary>
internal static class PlanetExtensions
{
    private const int FewestToPublish = 2;

    /// <summary>The planet of the nearest <c>geode.json</c>, overridden by the app host's configuration (<c>Geode:*</c>).</summary>
    /// <exception cref="PlanetException">It is not valid, or has too few regions to be published.</exception>
    public static Planet LoadPlanet(this IDistributedApplicationBuilder builder)
    {
        var planet = PlanetLoader.Load(PlanetLoader.Nearest(builder.AppHostDirectory), builder.Configuration);
        if (builder.ExecutionContext.IsPublishMode && planet.Regions.Count < FewestToPublish)
            throw new PlanetException($"{PlanetLoader.FileName}: a planet with one region has no other to turn to; publishing takes at least {FewestToPublish}.");
        return planet;
    }

    /// <summary>Where the planet's containers are listed: beside <c>geode.json</c>, unless configuration says another place.</summary>
    public static string? ContainersSource(this IDistributedApplicationBuilder builder) =>
        ContainerSource.Of(builder.Configuration, PlanetLoader.Nearest(builder.AppHostDirectory));

    /// <summary>Sets what a process of the planet is started with, and nothing that Aspire derives from endpoints.</summary>
    public static IResourceBuilder<ProjectResource> WithPlanetEnvironment(
        this IResourceBuilder<ProjectResource> project, IReadOnlyDictionary<string, string> environment)
    {
        foreach (var (name, value) in environment)
            project.WithEnvironment(name, value);
        return project.WithEndpointsInEnvironment(_ => false);
    }

    /// <summary>An endpoint on exactly that port. A proxy in front of it would accept connections for a process that is gone, and
    /// let them hang instead of being refused.</summary>
    public static IResourceBuilder<ProjectResource> WithFixedEndpoint(this IResourceBuilder<ProjectResource> project, string name, int port) =>
        project.WithHttpEndpoint(port: port, name: name, isProxied: false);
}
