using Aspire.Hosting.ApplicationModel;
using Geode.Control.Processes;
using Geode.Hosting;
using Geode.Hosting.Processes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

#pragma warning disable ASPIREPROJECTS001 // What AddProject does to a project, for projects that are resources of their own kind.
#pragma warning disable ASPIRECERTIFICATES001 // No certificate: everything is plain HTTP on loopback.

namespace Aspire.Hosting;

/// <summary>Adds what belongs to a geode, and the router in front of all.</summary>
public static class GeodeExtensions
{
    /// <summary>Adds the region's replica of the store: <c>backplane-westeurope</c>. Its data stays where every planet on this machine keeps
    /// it, unless a fresh start is asked for.</summary>
    /// <typeparam name="TReplica">The project that is a replica: <c>Projects.Geode_Backplane</c>.</typeparam>
    public static IResourceBuilder<ReplicaResource> AddReplica<TReplica>(this IResourceBuilder<GeodeResource> geode)
        where TReplica : IProjectMetadata, new()
    {
        ArgumentNullException.ThrowIfNull(geode);
        var (choice, region) = (geode.Resource.Planet.Choice, geode.Resource.Region);
        var member = PlanetMember.Replica(choice.Planet, region, choice.Containers, choice.DataFolder, choice.Environment);
        return geode.ApplicationBuilder.AddResource(new ReplicaResource(member.Name, geode.Resource))
            .Running<ReplicaResource, TReplica>(geode.Resource.Planet, member)
            .WithParentRelationship(geode)
            .WithIconName("Database")
            .On("regional", choice.Planet.Ports.BackplaneRegional(region))
            .On("account", choice.Planet.Ports.BackplaneAccount(region));
    }

    /// <summary>Adds a service of the geode: <c>api-westeurope</c>. It is healthy when it says that it is ready. While the planet runs, an
    /// <c>api</c> may get more instances: <c>api-westeurope-2</c> and so on, which are not shown before they are started. A region with a
    /// geode in each zone has one in each from the start, and a worker too.</summary>
    /// <typeparam name="TService">Its project: <c>Projects.Geode_Api</c>.</typeparam>
    /// <param name="geode">Becomes its parent.</param>
    /// <param name="role"><c>api</c>, which the router sends requests to, or <c>worker</c>.</param>
    /// <exception cref="ArgumentException">Another role.</exception>
    /// <exception cref="InvalidOperationException">All geodes share one store, which has not been added yet.</exception>
    /// <exception cref="PlanetException">The project is not built.</exception>
    public static IResourceBuilder<ProjectResource> AddService<TService>(this IResourceBuilder<GeodeResource> geode, string role)
        where TService : IProjectMetadata, new()
    {
        ArgumentNullException.ThrowIfNull(geode);
        var (planet, region) = (geode.Resource.Planet, geode.Resource.Region);
        if (planet.Planet.Backplane.Kind != "local" && planet.Backplane is null)
            throw new InvalidOperationException($"A service needs its store: call {nameof(PlanetExtensions.WithReplicas)} before.");
        var first = geode.AddService<TService>(Member(zone: 1));
        if (geode.ApplicationBuilder.ExecutionContext.IsRunMode)
        {
            for (var zone = 2; zone <= region.Zones; zone++)
                geode.AddService<TService>(Member(zone));
            if (role == "api")
                geode.AddFurtherInstances<TService>();
        }

        return first;

        PlanetMember Member(int zone) => role switch
        {
            "api" => PlanetMember.Api(planet.Planet, region, planet.Choice.Environment, instance: zone),
            "worker" => PlanetMember.Worker(planet.Planet, region, planet.Choice.Environment, zone: zone),
            _ => throw new ArgumentException($"A geode has no service '{role}'; allowed are api, worker.", nameof(role)),
        };
    }

    // An app model is complete before it runs: those that may be started some day are in it from the beginning.
    private static void AddFurtherInstances<TService>(this IResourceBuilder<GeodeResource> geode)
        where TService : IProjectMetadata, new()
    {
        var (planet, region) = (geode.Resource.Planet, geode.Resource.Region);
        for (var instance = region.Zones + 1; instance <= planet.Planet.Scale.MostOf(region); instance++)
        {
            geode.AddService<TService>(PlanetMember.Api(planet.Planet, region, planet.Choice.Environment, instance: instance))
                .WithExplicitStart()
                .WithInitialState(new() { ResourceType = "Project", State = KnownResourceStates.NotStarted, IsHidden = true, Properties = [] });
        }
    }

    private static IResourceBuilder<ProjectResource> AddService<TService>(this IResourceBuilder<GeodeResource> geode, PlanetMember member)
        where TService : IProjectMetadata, new()
    {
        var service = geode.ApplicationBuilder.AddResource(new ProjectResource(member.Name))
            .Running<ProjectResource, TService>(geode.Resource.Planet, member)
            .WithParentRelationship(geode)
            .On("http", member.Port);
        foreach (var (connection, account) in geode.Resource.Planet.Backplane?.For(geode.Resource.Region, member.Role) ?? [])
            service.WithReference(geode.ApplicationBuilder.CreateResourceBuilder(account), connection).WaitFor(geode.ApplicationBuilder.CreateResourceBuilder(account));
        return service;
    }

    /// <summary>Adds the router with its public port and its admin port. It waits for nobody: a geode that is not there yet is one that is
    /// not healthy.</summary>
    /// <typeparam name="TRouter">The project that is the router: <c>Projects.Geode_Router</c>.</typeparam>
    /// <param name="planet">Whose geodes it sends clients to.</param>
    /// <param name="name">Of its resource.</param>
    public static IResourceBuilder<RouterResource> AddGlobalRouter<TRouter>(this IResourceBuilder<PlanetResource> planet, [ResourceName] string name = "router")
        where TRouter : IProjectMetadata, new()
    {
        ArgumentNullException.ThrowIfNull(planet);
        var choice = planet.Resource.Choice;
        var builder = planet.ApplicationBuilder;
        // Where the planet does not run there is no file that says how it is now.
        var file = builder.ExecutionContext.IsRunMode ? Geode.Control.DataFolder.PlanetFile(choice.DataFolder) : null;
        var member = PlanetMember.Router(choice.Planet, file, choice.Environment) with { Name = name };
        return builder.AddResource(new RouterResource(name, planet.Resource))
            .Running<RouterResource, TRouter>(planet.Resource, member)
            .WithParentRelationship(planet)
            .WithIconName("ArrowRouting")
            .On("http", choice.Planet.Ports.Router)
            .On("admin", choice.Planet.Ports.RouterAdmin)
            .WithUrlForEndpoint("admin", url => (url.Url, url.DisplayText) = ($"{url.Url}/_router/origins", "Origins"))
            .WithUrlForEndpoint("http", url => (url.Url, url.DisplayText) = ($"{url.Url}/", "Page"));
    }

    private static IResourceBuilder<T> Running<T, TProject>(this IResourceBuilder<T> resource, PlanetResource planet, PlanetMember member)
        where T : ProjectResource
        where TProject : IProjectMetadata, new()
    {
        planet.Add(resource.Resource, member);
        resource
            .WithAnnotation(new TProject())
            .WithProjectDefaults(new() { ExcludeLaunchProfile = true, ExcludeKestrelEndpoints = true })
            .RunAsBuilt()
            .WithoutHttpsCertificate()
            .WithArgs([.. member.Arguments])
            .WithEndpointsInEnvironment(_ => false);
        foreach (var (name, value) in ProcessDefaults.Environment.Where(d => Environment.GetEnvironmentVariable(d.Name) is null))
            resource.WithEnvironment(name, value);
        // Aspire has everything recorded; our processes know better what anybody wants to look at (RequestSampler).
        resource.WithEnvironment(context => context.EnvironmentVariables.Remove("OTEL_TRACES_SAMPLER"));
        foreach (var (name, value) in member.Environment)
            resource.WithEnvironment(name, value);
        return resource.ApplicationBuilder.ExecutionContext.IsRunMode ? resource.Healthy(member.Name) : resource;
    }

    private static IResourceBuilder<T> Healthy<T>(this IResourceBuilder<T> resource, string name)
        where T : ProjectResource
    {
        var key = $"{name}-ready";
        resource.ApplicationBuilder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            key, services => new ProcessHealth(services.GetRequiredService<PlanetRun>(), name), failureStatus: null, tags: null));
        return resource.WithHealthCheck(key);
    }

    // A proxy in front of it would accept connections for a process that is gone, and let them hang instead of being refused.
    private static IResourceBuilder<T> On<T>(this IResourceBuilder<T> resource, string endpoint, int port)
        where T : ProjectResource => resource.WithHttpEndpoint(port: port, name: endpoint, isProxied: false);
}
