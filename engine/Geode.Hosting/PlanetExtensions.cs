using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Geode.Control;
using Geode.Control.Terminal;
using Geode.Hosting;
using Geode.Hosting.Backplane;
using Geode.Hosting.Processes;
using Geode.Topology;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>Adds a planet to an application: a geode in each region, a replicated store, and the router in front.</summary>
public static class PlanetExtensions
{
    private const int FewestToPublish = 2;

    /// <summary>Adds the planet that <c>geode.json</c> describes, with an empty geode in each of its regions. While it runs, its control
    /// API answers on its port of loopback.</summary>
    /// <param name="builder">The application. It takes one planet.</param>
    /// <param name="name">Of the planet's resource.</param>
    /// <param name="choice">Which planet, and where it keeps its data; null: that of the nearest <c>geode.json</c>, with what
    /// configuration (<c>Geode:*</c>) says in its place, and <c>.geode</c> beside it.</param>
    /// <exception cref="PlanetException">The file is missing or wrong, the application has a planet already, or has too few regions, or stamps
    /// without accounts in Azure or attachments, and is to be published.</exception>
    public static IResourceBuilder<PlanetResource> AddPlanet(this IDistributedApplicationBuilder builder, [ResourceName] string name, PlanetChoice? choice = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.Resources.OfType<PlanetResource>().FirstOrDefault() is { } other)
            throw new PlanetException($"This application has a planet already ('{other.Name}'); it takes one.");
        var planet = new PlanetResource(name, choice ?? PlanetChoice.Of(CommandLine.Nothing, PlanetLoader.Nearest(builder.AppHostDirectory), builder.Configuration));
        if (builder.ExecutionContext.IsPublishMode && planet.Planet.Regions.Count < FewestToPublish)
            throw new PlanetException($"{PlanetLoader.FileName}: a planet with one region has no other to turn to; publishing takes at least {FewestToPublish}. To deploy one: azd up.");
        if (builder.ExecutionContext.IsPublishMode && planet.Planet.Stamps.Count > 0 && planet.Planet.Backplane.Kind != "azure")
            throw new PlanetException($"{PlanetLoader.FileName}: where there are stamps, each has an account of its own in what is published: backplane.kind is '{planet.Planet.Backplane.Kind}', allowed is azure. To deploy them: azd up.");
        if (builder.ExecutionContext.IsRunMode)
            planet.Planet.CheckPairsForOneMachine();
        else if (planet.Planet.Attachments is not null)
            throw new PlanetException($"{PlanetLoader.FileName}: attachments need an account of storage in each region, which publishing does not make; azd up does. Take attachments out to publish the planet.");

        var added = builder.AddResource(planet)
            .WithInitialState(Initially("Planet", [new("geodes", $"{planet.Planet.Regions.Count}")]) with { Urls = PlanetUrls.Of(planet.Planet.Ports) })
            .WithIconName("Globe")
            .ExcludeFromManifest();
        if (builder.ExecutionContext.IsRunMode)
            added.Run();
        foreach (var region in planet.Planet.Regions)
            added.AddGeode(region);
        return added;
    }

    /// <summary>The geode of one region, to add what only it has.</summary>
    /// <exception cref="PlanetException">The region is not the planet's.</exception>
    public static IResourceBuilder<GeodeResource> GetGeode(this IResourceBuilder<PlanetResource> planet, string region)
    {
        ArgumentNullException.ThrowIfNull(planet);
        var own = planet.Resource.Planet.Region(region);
        return planet.ApplicationBuilder.CreateResourceBuilder(planet.Resource.Geodes.Single(g => g.Region == own));
    }

    // Empty yet.
    private static IResourceBuilder<GeodeResource> AddGeode(this IResourceBuilder<PlanetResource> planet, Region region)
    {
        var geode = new GeodeResource($"geode-{region.Name}", planet.Resource, region);
        planet.Resource.Add(geode);
        return planet.ApplicationBuilder.AddResource(geode)
            .WithInitialState(Initially("Geode", [new("place", region.DisplayName), .. StampOf(planet.Resource.Planet, region)]))
            .WithIconName("Location")
            .WithParentRelationship(planet)
            .ExcludeFromManifest();
    }

    /// <summary>Gives every geode the store: a replica of its own, or those that <c>backplane.kind</c> names.</summary>
    /// <typeparam name="TReplica">The project that is a replica: <c>Projects.Geode_Backplane</c>.</typeparam>
    /// <exception cref="PlanetException">The kind does not fit the planet.</exception>
    public static IResourceBuilder<PlanetResource> WithReplicas<TReplica>(this IResourceBuilder<PlanetResource> planet)
        where TReplica : IProjectMetadata, new()
    {
        ArgumentNullException.ThrowIfNull(planet);
        if (SharedBackplane.Add(planet) is { } shared)
        {
            planet.Resource.Backplane = shared;
            return planet;
        }
        return planet.ForEachGeode(geode => geode.AddReplica<TReplica>());
    }

    /// <summary>Runs the service in every geode.</summary>
    /// <typeparam name="TService">Its project: <c>Projects.Geode_Api</c>.</typeparam>
    /// <param name="planet">Whose geodes.</param>
    /// <param name="role"><c>api</c>, which the router sends requests to, or <c>worker</c>.</param>
    public static IResourceBuilder<PlanetResource> WithService<TService>(this IResourceBuilder<PlanetResource> planet, string role)
        where TService : IProjectMetadata, new()
    {
        ArgumentNullException.ThrowIfNull(planet);
        return planet.ForEachGeode(geode => geode.AddService<TService>(role));
    }

    private static IResourceBuilder<PlanetResource> ForEachGeode(this IResourceBuilder<PlanetResource> planet, Action<IResourceBuilder<GeodeResource>> add)
    {
        foreach (var geode in planet.Resource.Geodes)
            add(planet.ApplicationBuilder.CreateResourceBuilder(geode));
        return planet;
    }

    private static void Run(this IResourceBuilder<PlanetResource> planet)
    {
        var builder = planet.ApplicationBuilder;
        builder.Services.TryAddSingleton(planet.Resource);
        builder.Services.TryAddSingleton<PlanetRun>();
        builder.Services.AddSingleton<IHostedService>(services => services.GetRequiredService<PlanetRun>());
        // For whoever ends the application and has to know that nothing of the planet is left.
        builder.Services.AddKeyedSingleton<IAsyncDisposable>(AppHosts.RunKey, (services, _) => services.GetRequiredService<PlanetRun>());
        builder.Eventing.Subscribe<BeforeStartEvent>((start, cancellationToken) => start.Services.GetRequiredService<PlanetRun>().BeginAsync(cancellationToken));
    }

    private static IEnumerable<ResourcePropertySnapshot> StampOf(Planet planet, Region region) => planet.StampOf(region) is { } stamp
        ? [new("stamp", stamp.Residency is { } residency ? $"{stamp.Name} (data stays in {residency})" : stamp.Name)]
        : [];

    private static CustomResourceSnapshot Initially(string type, ImmutableArray<ResourcePropertySnapshot> properties) => new()
    {
        ResourceType = type,
        State = KnownResourceStates.Starting,
        CreationTimeStamp = DateTime.UtcNow,
        Properties = properties,
    };
}
