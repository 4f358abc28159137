using Geode.Topology;

namespace Geode.AppHost.Hosting;

/// <summary>Adds geodes and what belongs to them.</summary>
internal static class GeodeExtensions
{
    private const string ResourceType = "Geode";
    private const string Ready = "/health/ready";

    /// <summary>A geode, empty yet: <c>geode-westeurope</c>.</summary>
    public static IResourceBuilder<GeodeResource> AddGeode(this IDistributedApplicationBuilder builder, Region region)
    {
        var geode = new GeodeResource($"geode-{region.Name}", region);
        return builder.AddResource(geode)
            .WithInitialState(new()
            {
                ResourceType = ResourceType,
                State = KnownResourceStates.Starting,
                Properties = [new(CustomResourceKnownProperties.Source, region.DisplayName)],
            })
            .WithIconName("Globe")
            .ExcludeFromManifest()
            .OnInitializeResource(GeodeState.FollowAsync);
    }

    /// <summary>A service of the geode: <c>api-westeurope</c>. It counts as healthy when it says that it is ready.</summary>
    /// <param name="geode">Becomes its parent.</param>
    /// <param name="role">The first part of its name.</param>
    /// <param name="port">Where it listens; the same under Aspire and without.</param>
    /// <param name="environment">From <see cref="PlanetEnvironment"/>.</param>
    public static IResourceBuilder<ProjectResource> AddService<TProject>(
        this IResourceBuilder<GeodeResource> geode, string role, int port, IReadOnlyDictionary<string, string> environment)
        where TProject : IProjectMetadata, new() =>
        geode.AddMember<TProject>(role)
            .WithFixedEndpoint("http", port)
            .WithPlanetEnvironment(environment)
            .WithHttpHealthCheck(Ready);

    internal static IResourceBuilder<ProjectResource> AddMember<TProject>(this IResourceBuilder<GeodeResource> geode, string role)
        where TProject : IProjectMetadata, new()
    {
        var member = geode.ApplicationBuilder
            .AddProject<TProject>($"{role}-{geode.Resource.Region.Name}", launchProfileName: null)
            .WithParentRelationship(geode);
        geode.Resource.Add(member.Resource);
        return member;
    }
}
