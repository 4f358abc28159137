using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Geode.Topology;

namespace Geode.Hosting.Backplane;

/// <summary>Microsoft's Cosmos DB emulator in a container, with the containers that <c>containers.json</c> lists.</summary>
internal static class Emulator
{
    private const string Image = "cosmosdb/linux/azure-cosmos-emulator";
    private const string Registry = "mcr.microsoft.com";
    private const string Tag = "vnext-preview";
    private const string Endpoint = "account";
    private const int Port = 8081;
    private const int HealthPort = 8080;

    /// <exception cref="PlanetException">More than one region, which the emulator does not have.</exception>
    public static IResourceBuilder<EmulatorResource> Add(IResourceBuilder<PlanetResource> planet, string name)
    {
        var described = planet.Resource.Planet;
        if (described.Regions.Count > 1)
            throw new PlanetException(
                $"backplane.kind: 'emulator' has one region, this planet has {described.Regions.Count} ({string.Join(", ", described.RegionNames)}). "
                + "Use 'local' for several, or one region.");
        var containers = ContainerCatalog.Read(planet.Resource.Choice.Containers);
        return planet.ApplicationBuilder.AddResource(new EmulatorResource(name))
            .WithImage(Image, Tag)
            .WithImageRegistry(Registry)
            .WithEnvironment("PROTOCOL", "http")
            .WithHttpEndpoint(targetPort: Port, name: Endpoint)
            .WithHttpEndpoint(targetPort: HealthPort, name: "health")
            .WithHttpHealthCheck("/ready", endpointName: "health")
            .WithParentRelationship(planet)
            .OnResourceReady(async (emulator, _, cancellationToken) =>
            {
                using var account = new CosmosAccount(new(emulator.Account.Url), PlanetEnvironment.EmulatorKey);
                await account.CreateAsync(described.Backplane.Database, containers, cancellationToken);
            });
    }
}

/// <summary>The emulator's container.</summary>
public sealed class EmulatorResource(string name) : ContainerResource(name), IResourceWithConnectionString
{
    internal EndpointReference Account => new(this, "account");

    public ReferenceExpression ConnectionStringExpression =>
        ReferenceExpression.Create($"AccountEndpoint={Account.Property(EndpointProperty.Url)};AccountKey={PlanetEnvironment.EmulatorKey};");
}
