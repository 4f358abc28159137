using Geode.Topology;

namespace Geode.AppHost.Hosting;

/// <summary>Adds the global router.</summary>
internal static class RouterExtensions
{
    /// <summary>The router with its public port and its admin port. It waits for nobody: a geode that is not there yet is one that is
    /// not healthy.</summary>
    public static IResourceBuilder<ProjectResource> AddGlobalRouter<TProject>(this IDistributedApplicationBuilder builder, string name, Planet planet)
        where TProject : IProjectMetadata, new() =>
        builder.AddProject<TProject>(name, launchProfileName: null)
            .WithFixedEndpoint("http", planet.Ports.Router)
            .WithFixedEndpoint("admin", planet.Ports.RouterAdmin)
            .WithPlanetEnvironment(PlanetEnvironment.ForRouter(planet))
            .WithHttpHealthCheck("/health/ready", endpointName: "admin")
            .WithUrlForEndpoint("http", endpoint => new() { Url = $"{endpoint.Url}/", DisplayText = "Page" });
}
