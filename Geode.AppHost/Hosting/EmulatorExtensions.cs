using System.Text.RegularExpressions;
using Geode.Topology;
using Microsoft.Azure.Cosmos;

namespace Geode.AppHost.Hosting;

/// <summary>Microsoft's Cosmos DB emulator in a container, with the containers that <c>containers.json</c> lists.</summary>
internal static partial class EmulatorExtensions
{
    /// <exception cref="PlanetException">More than one region, which the emulator does not have.</exception>
    public static IResourceBuilder<AzureCosmosDBResource> AddEmulator(this IDistributedApplicationBuilder builder, string name, Planet planet)
    {
        if (planet.Regions.Count > 1)
            throw new PlanetException(
                $"backplane.kind: 'emulator' has one region, this planet has {planet.Regions.Count} ({string.Join(", ", planet.RegionNames)}). "
                + "Use 'local' for several, or one region.");
#pragma warning disable ASPIRECOSMOSDB001 // The vNext emulator: it starts in seconds and runs on every architecture.
        var account = builder.AddAzureCosmosDB(name).RunAsPreviewEmulator();
#pragma warning restore ASPIRECOSMOSDB001
        var database = account.AddCosmosDatabase(ResourceName($"{name}-{planet.Backplane.Database}"), planet.Backplane.Database);
        foreach (var definition in ContainerCatalog.Read(builder.ContainersSource()))
        {
            var container = database.AddContainer(
                ResourceName($"{name}-{planet.Backplane.Database}-{definition.Name}"), definition.PartitionKey, definition.Name);
            Configure(container.Resource.ContainerProperties, definition);
        }
        return account;
    }

    private static void Configure(ContainerProperties properties, ContainerDefinition definition)
    {
        properties.DefaultTimeToLive = definition.DefaultTtlSeconds;
        foreach (var paths in definition.UniqueKeys ?? [])
        {
            var key = new UniqueKey();
            foreach (var path in paths)
                key.Paths.Add(path);
            properties.UniqueKeyPolicy.UniqueKeys.Add(key);
        }
        if (definition.Conflicts is { } conflicts)
        {
            properties.ConflictResolutionPolicy = new()
            {
                Mode = Enum.Parse<ConflictResolutionMode>(conflicts.Mode),
                ResolutionPath = conflicts.Mode == nameof(ConflictResolutionMode.LastWriterWins) ? conflicts.Path : null,
            };
        }
    }

    // Aspire's names allow letters, digits and single hyphens.
    private static string ResourceName(string name) => Illegal().Replace(name, "-").Trim('-').ToLowerInvariant();

    [GeneratedRegex("[^A-Za-z0-9]+")]
    private static partial Regex Illegal();
}
