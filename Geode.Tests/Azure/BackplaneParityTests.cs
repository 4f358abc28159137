using Geode.Tests.Azure.Bicep;
using Geode.Topology;

namespace Geode.Tests.Azure;

/// <summary>Cosmos DB is the backplane that the local one emulates: the same regions, containers and policies.</summary>
public sealed class BackplaneParityTests
{
    private const string Cosmos = "infra/modules/cosmos.bicep";

    [BicepFact]
    public async Task Account_and_containers_are_those_of_the_local_backplane() => Assert.Empty(await FaultsAsync(Sources.OfRepository));

    [BicepFact]
    public async Task So_they_are_with_every_feature_of_the_catalog_used() => Assert.Empty(await FaultsAsync(Sources.OfRepository
        .With("containers.json", """
            { "containers": [
              { "name": "plain", "partitionKey": ["/id"] },
              { "name": "deep", "partitionKey": ["/tenant", "/user/id", "/session"], "defaultTtlSeconds": -1 },
              { "name": "brief", "partitionKey": ["/id"], "defaultTtlSeconds": 60, "maxThroughput": 4000 },
              { "name": "fenced", "partitionKey": ["/id"], "conflicts": { "mode": "LastWriterWins", "path": "/fence" } },
              { "name": "default", "partitionKey": ["/id"], "conflicts": { "mode": "LastWriterWins" } },
              { "name": "merged", "partitionKey": ["/id"], "conflicts": { "mode": "Custom" } },
              { "name": "unique", "partitionKey": ["/id"], "uniqueKeys": [["/email"], ["/first", "/last"]] }
            ] }
            """)
        .WithPlanet("""
            { "regions": [{ "name": "eastus", "zoneRedundant": true }, "westeurope", { "name": "japaneast" }],
              "backplane": { "database": "shop", "consistency": "ConsistentPrefix" } }
            """)));

    public static TheoryData<string, string, string> Mutations => new()
    {
        { "enableMultipleWriteLocations: everyRegionWrites", "enableMultipleWriteLocations: false", "writes" },
        { "disableLocalAuth: true", "disableLocalAuth: false", "keys" },
        { "minimalTlsVersion: 'Tls12'", "minimalTlsVersion: 'Tls11'", "TLS" },
        { "failoverPriority: i", "failoverPriority: 0", "regions" },
        { "isZoneRedundant: region.zoneRedundant", "isZoneRedundant: true", "regions" },
        { "defaultConsistencyLevel: consistency", "defaultConsistencyLevel: 'Eventual'", "consistency" },
        { "name: databaseName", "name: 'db'", "database" },
        { "paths: container.partitionKey", "paths: ['/pk']", "partition key" },
        { "'MultiHash'", "'Hash'", "partition key" },
        { "container.?conflicts.?path ?? '/_ts'", "'/_ts'", "conflicts" },
        { "mode: 'Custom'", "mode: lastWriterWins", "conflicts" },
        { "defaultTtl: container.defaultTtlSeconds", "defaultTtl: 1", "time to live" },
        { "uniqueKeys: map(container.uniqueKeys, key => { paths: key })", "uniqueKeys: []", "unique keys" },
        { "maxThroughput: container.maxThroughput", "maxThroughput: 1000", "throughput" },
        { "for container in containers", "for container in filter(containers, c => c.name != 'unique')", "unique" },
    };

    [BicepTheory]
    [MemberData(nameof(Mutations))]
    public async Task A_difference_in_the_template_is_found(string old, string replacement, string fault)
    {
        var sources = Sources.OfRepository.With(Cosmos, old, replacement)
            .With("containers.json", """
                { "containers": [
                  { "name": "deep", "partitionKey": ["/tenant", "/user"], "defaultTtlSeconds": 60, "maxThroughput": 4000 },
                  { "name": "fenced", "partitionKey": ["/id"], "conflicts": { "path": "/fence" } },
                  { "name": "merged", "partitionKey": ["/id"], "conflicts": { "mode": "Custom" } },
                  { "name": "unique", "partitionKey": ["/id"], "uniqueKeys": [["/email"]] }
                ] }
                """);

        Assert.Contains(await FaultsAsync(sources), f => f.Contains(fault, StringComparison.Ordinal));
    }

    /// <summary>The local backplane changes its catalog, the template does not follow.</summary>
    [BicepFact]
    public async Task A_difference_in_the_catalog_is_found()
    {
        var catalog = ContainerCatalog.Parse(Sources.OfRepository.Read("containers.json"), "containers.json");
        ContainerDefinition changed = catalog[0] with { DefaultTtlSeconds = 17 };

        Assert.Contains(await FaultsAsync(Sources.OfRepository, [changed, .. catalog.Skip(1)]), f => f.Contains("time to live", StringComparison.Ordinal));
        Assert.Contains(await FaultsAsync(Sources.OfRepository, [.. catalog.Skip(1)]), f => f.Contains(changed.Name, StringComparison.Ordinal));
    }

    [BicepTheory]
    [InlineData("Strong")]
    [InlineData("session ")]
    public async Task Consistency_that_many_writers_cannot_have_is_refused(string level)
    {
        var sources = Sources.OfRepository.WithPlanet($$"""{ "regions": ["eastus", "westus"], "backplane": { "consistency": "{{level}}" } }""");

        Assert.Contains("consistency", (await Assert.ThrowsAsync<BicepException>(() => Azd.ProvisionAsync(sources))).Message);
    }

    /// <summary>Each geode by its own network and its own names: one that borrowed another's would be lost with it.</summary>
    [BicepTheory]
    [InlineData("off", "Enabled", 0)]
    [InlineData("prepare", "Enabled", 3)]
    [InlineData("on", "Disabled", 3)]
    public async Task It_can_be_kept_off_the_internet(string setting, string access, int endpoints)
    {
        var azd = await Azd.ProvisionAsync(Sources.OfRepository, settings: [("PLANET_PRIVATE_DATABASE", setting)]);
        var made = azd.Resources.Where(r => r.Type.EndsWith("/privateEndpoints", StringComparison.Ordinal)).ToList();
        var account = azd.One("DocumentDB/databaseAccounts");

        Assert.Equal(access, account.Body.At("properties", "publicNetworkAccess"));
        Assert.Equal(endpoints, made.Count);
        Assert.Equal(endpoints, azd.Resources.Count(r => r.Type.EndsWith("/privateDnsZoneGroups", StringComparison.Ordinal)));
        Assert.All(made, endpoint =>
        {
            Assert.Equal(account.Id, endpoint.Body.At("properties", "privateLinkServiceConnections", 0, "properties", "privateLinkServiceId"));
            Assert.Equal($"<vnet-{endpoint.Body["location"]}.subnets.1.id>", endpoint.Body.At("properties", "subnet", "id"));
        });
    }

    /// <summary>Idempotency records would otherwise be kept for good.</summary>
    [Fact]
    public void What_is_only_needed_for_a_while_has_a_time_to_live() => Assert.All(
        ContainerCatalog.Parse(Sources.OfRepository.Read("containers.json"), "containers.json").Where(c => c.Name is "idempotency" or "deadletters"), c => Assert.True(c.DefaultTtlSeconds > 0, c.Name));

    private static async Task<List<string>> FaultsAsync(Sources sources, IReadOnlyList<ContainerDefinition>? catalog = null)
    {
        var faults = new List<string>();
        var planet = Planets.OfRepository(sources);
        var made = (await Azd.ProvisionAsync(sources)).Resources;
        var account = made.Single(r => r.Type == "Microsoft.DocumentDB/databaseAccounts").Body.At("properties");
        void Expect(bool holds, string what)
        {
            if (!holds)
                faults.Add(what);
        }

        Expect(account.At("enableMultipleWriteLocations") is true, "not every region takes writes");
        Expect(account.At("disableLocalAuth") is true, "keys open the account");
        Expect(account.At("minimalTlsVersion") is "Tls12", "an old TLS is spoken");
        Expect(account.At("consistencyPolicy", "defaultConsistencyLevel") as string == planet.Backplane.Consistency, "another consistency");
        var regions = account.At("locations").List().OrderBy(l => l.At("failoverPriority")).Select(l => (l.At("locationName"), l.At("isZoneRedundant")));
        Expect(
            regions.SequenceEqual(planet.Regions.Select(r => ((object?)r.Name, (object?)r.ZoneRedundant)))
            && account.At("locations").List().Select(l => l.At("failoverPriority")).Distinct().Count() == planet.Regions.Count,
            "other regions");
        var database = made.Single(r => r.Type.EndsWith("/sqlDatabases", StringComparison.Ordinal));
        Expect(database.Name.EndsWith($"/{planet.Backplane.Database}", StringComparison.Ordinal), "another database");

        var containers = made.Where(r => r.Type.EndsWith("/containers", StringComparison.Ordinal)).ToDictionary(r => r.Name.Split('/')[^1]);
        catalog ??= ContainerCatalog.Parse(sources.Read("containers.json"), "containers.json");
        foreach (var name in containers.Keys.Except(catalog.Select(c => c.Name)).Concat(catalog.Select(c => c.Name).Except(containers.Keys)))
            faults.Add($"{name} is on one side only");
        foreach (var container in catalog.Where(c => containers.ContainsKey(c.Name)))
            Compare(container, containers[container.Name].Body.At("properties"), Expect);
        return faults;
    }

    private static void Compare(ContainerDefinition local, object? azure, Action<bool, string> expect)
    {
        var resource = azure.At("resource");
        var conflicts = local.Conflicts ?? new();
        expect(resource.At("id") as string == local.Name, $"{local.Name}: another id");
        expect(
            Values.Same(resource.At("partitionKey", "paths"), local.PartitionKey.ToList<object?>())
            && resource.At("partitionKey", "kind") as string == (local.PartitionKey.Count > 1 ? "MultiHash" : "Hash")
            && resource.At("partitionKey", "version") is 2L,
            $"{local.Name}: another partition key");
        expect(resource.At("defaultTtl") as long? == local.DefaultTtlSeconds, $"{local.Name}: another time to live");
        expect(
            resource.At("conflictResolutionPolicy", "mode") as string == conflicts.Mode
            && resource.At("conflictResolutionPolicy", "conflictResolutionPath") as string == (conflicts.Mode == "Custom" ? null : conflicts.Path),
            $"{local.Name}: conflicts are resolved otherwise");
        expect(
            Values.Write(resource.At("uniqueKeyPolicy", "uniqueKeys")) == Values.Write(local.UniqueKeys?.Select(paths => new { paths })),
            $"{local.Name}: other unique keys");
        expect(azure.At("options", "autoscaleSettings", "maxThroughput") as long? == local.MaxThroughput, $"{local.Name}: another throughput");
    }
}
