using Geode.Topology;

namespace Geode.AppHost.Hosting;

/// <summary>Adds the store that <c>geode.json</c> asks for.</summary>
internal static class BackplaneExtensions
{
    // ConnectionStrings__backplane, as PlanetEnvironment.Backplane spells it for processes.
    private const string ConnectionName = "backplane";

    /// <exception cref="PlanetException">The kind does not fit the planet.</exception>
    public static Backplane AddBackplane(this IDistributedApplicationBuilder builder, string name, Planet planet) => new(name, planet, planet.Backplane.Kind switch
    {
        "local" => null,
        "emulator" => builder.AddEmulator(name, planet),
        "azure" => builder.AddConnectionString(name),
        var kind => throw new PlanetException($"backplane.kind: '{kind}' is unknown; allowed are local, emulator, azure."),
    });

    /// <summary>The geode's replica, where the store is made of replicas; otherwise the store itself.</summary>
    public static BackplaneReference AddReplica<TProject>(this IResourceBuilder<GeodeResource> geode, Backplane backplane)
        where TProject : IProjectMetadata, new() =>
        backplane.Shared is { } shared ? new(shared, shared) : new(geode.AddLocalBackplane<TProject>(backplane), null);

    /// <summary>A replica of the local backplane: <c>backplane-westeurope</c>. Its data is where the local planet keeps it too.</summary>
    public static IResourceBuilder<ProjectResource> AddLocalBackplane<TProject>(this IResourceBuilder<GeodeResource> geode, Backplane backplane)
        where TProject : IProjectMetadata, new()
    {
        var (planet, region) = (backplane.Planet, geode.Resource.Region);
        var root = Path.GetDirectoryName(PlanetLoader.Nearest(geode.ApplicationBuilder.AppHostDirectory))!;
        var data = Path.Combine(root, ".geode", "backplane", region.Name);
        return geode.AddMember<TProject>(backplane.Name)
            .WithFixedEndpoint("regional", planet.Ports.BackplaneRegional(region))
            .WithFixedEndpoint("account", planet.Ports.BackplaneAccount(region))
            .WithPlanetEnvironment(PlanetEnvironment.ForBackplane(planet, region, data, geode.ApplicationBuilder.ContainersSource()))
            .WithArgs("--region", region.Name)
            .WithHttpHealthCheck("/_backplane/health", endpointName: "account");
    }

    /// <summary>Gives a service its store, and starts it only when that answers.</summary>
    public static IResourceBuilder<ProjectResource> WithBackplane(this IResourceBuilder<ProjectResource> service, BackplaneReference backplane)
    {
        if (backplane.Connection is { } connection)
            service.WithReference(connection, ConnectionName);
        return service.WaitFor(backplane.Resource);
    }
}
