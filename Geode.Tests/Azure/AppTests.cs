using Geode.Tests.Azure.Bicep;
using Geode.Topology;

namespace Geode.Tests.Azure;

/// <summary>How the container apps run: replicas, revisions, resources, identity.</summary>
public sealed class AppTests
{
    /// <summary>Cores and memory that one replica may have in all (Container Apps, consumption profile).</summary>
    private static readonly Dictionary<decimal, string> Pairs = Enumerable.Range(1, 16)
        .ToDictionary(i => i * 0.25m, i => (i * 0.5m).ToString("0.#", System.Globalization.CultureInfo.InvariantCulture) + "Gi");

    private static readonly Sources Two = Sources.OfRepository.WithRegions("westeurope", "eastus");

    [BicepTheory]
    [InlineData("""{ "name": "eastus" }""", 1, 10)]
    [InlineData("""{ "name": "eastus", "minReplicas": 2, "maxReplicas": 5 }""", 2, 5)]
    [InlineData("""{ "name": "eastus", "minReplicas": 0 }""", 0, 10)]
    [InlineData("""{ "name": "eastus", "zoneRedundant": true }""", 3, 10)]
    [InlineData("""{ "name": "eastus", "zoneRedundant": true, "minReplicas": 4 }""", 4, 10)]
    [InlineData("""{ "name": "eastus", "zoneRedundant": true, "maxReplicas": 2 }""", 3, 3)]
    [InlineData("""{ "name": "eastus", "footprint": "zonal" }""", 3, 10)]
    [InlineData("""{ "name": "eastus", "footprint": "regional" }""", 1, 10)]
    public async Task Replicas_are_those_of_the_planet(string region, int least, int most)
    {
        var azd = await Azd.UpAsync(Sources.OfRepository.WithPlanet($$"""{ "regions": [{{region}}, "westeurope"] }"""));

        var scale = azd.App("api", "eastus").Body.At("properties", "template", "scale");
        Assert.Equal(((long)least, (long)most), (scale.At("minReplicas"), scale.At("maxReplicas")));
        var workers = azd.App("worker", "eastus").Body.At("properties", "template", "scale", "minReplicas").Whole();
        Assert.Equal(Math.Max(1, least), workers);
        Assert.Equal(
            region.Contains("zoneRedundant", StringComparison.Ordinal) || region.Contains("zonal", StringComparison.Ordinal),
            azd.Resources.Single(r => r.Name == "cae-eastus").Body.At("properties", "zoneRedundant"));
    }

    [BicepTheory]
    [InlineData("", 50)]
    [InlineData(""" , "scale": { "concurrentRequests": 20 }""", 20)]
    public async Task The_rule_for_one_more_is_that_of_the_planet(string setting, int requests)
    {
        var planet = $$"""{ "regions": ["eastus", "westeurope"]{{setting}} }""";

        var azd = await Azd.UpAsync(Sources.OfRepository.WithPlanet(planet));

        var rule = azd.App("api", "eastus").Body.At("properties", "template", "scale", "rules", 0, "http", "metadata", "concurrentRequests");
        Assert.Equal(requests.ToString(System.Globalization.CultureInfo.InvariantCulture), rule);
        Assert.Equal(requests, PlanetLoader.Parse(planet, "test").Scale.ConcurrentRequests);
    }

    [BicepFact]
    public async Task Cores_and_memory_are_a_pair_that_is_offered() => Assert.All((await Azd.UpAsync(Two)).Apps, app =>
    {
        var containers = app.Body.At("properties", "template", "containers").List();
        var cores = containers.Sum(c => (decimal)c.At("resources", "cpu")!);
        var memory = containers.Sum(c => decimal.Parse(c.At("resources", "memory").Text()[..^2], System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(Pairs[cores], memory.ToString("0.#", System.Globalization.CultureInfo.InvariantCulture) + "Gi");
    });

    [BicepFact]
    public async Task The_newest_revision_takes_everything_until_one_is_kept()
    {
        var api = (await Azd.UpAsync(Two)).App("api", "westeurope").Body.At("properties", "configuration");

        Assert.Equal("Single", api.At("activeRevisionsMode"));
        Assert.Equal(true, api.At("ingress", "traffic", 0, "latestRevision"));
        Assert.Equal(100L, api.At("ingress", "traffic", 0, "weight"));
    }

    [BicepTheory]
    [InlineData("", "", 100, 0, 100, 0)]
    [InlineData("10", "", 90, 10, 90, 10)]
    [InlineData("100", "westeurope", 0, 100, 100, 0)]
    [InlineData("25", "japaneast, westeurope", 75, 25, 100, 0)]
    public async Task A_candidate_gets_what_it_is_given(string weight, string regions, int liveHome, int candidateHome, int liveElsewhere, int candidateElsewhere)
    {
        var azd = await Azd.UpAsync(
            Sources.OfRepository.WithRegions("westeurope", "eastus"),
            settings: [("API_LIVE_REVISION", "r1"), ("API_CANDIDATE_REVISION", "r2"), ("API_CANDIDATE_WEIGHT", weight), ("API_CANDIDATE_REGIONS", regions)]);

        Assert.Equal([("api--r1", liveHome), ("api--r2", candidateHome)], Traffic("westeurope"));
        Assert.Equal([("api--r1", liveElsewhere), ("api--r2", candidateElsewhere)], Traffic("eastus"));
        Assert.Equal("r2", azd.Environment["API_REVISION"]);
        Assert.Equal("r2", azd.App("api", "eastus").Body.At("properties", "template", "revisionSuffix"));
        Assert.Equal("Multiple", azd.App("api", "eastus").Body.At("properties", "configuration", "activeRevisionsMode"));

        IEnumerable<(string, int)> Traffic(string region) => azd.App("api", region).Body.At("properties", "configuration", "ingress", "traffic").List()
            .Select(t => (t.At("revisionName").Text(), (int)t.At("weight").Whole()));
    }

    [BicepFact]
    public async Task Identities_open_everything_and_the_one_secret_nothing() => Assert.All((await Azd.UpAsync(Two)).Apps, app =>
    {
        var identity = app.Body.At("properties", "configuration", "registries", 0, "identity").Text();
        Assert.EndsWith($"/{app.Group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-{app.Body["location"]}", identity, StringComparison.Ordinal);
        Assert.Equal([identity], app.Body.At("identity", "userAssignedIdentities").Object().Keys);
        Assert.DoesNotContain(app.Body.At("properties", "configuration", "secrets").List(), s => s.At("name") is not "signing-keys");
        Assert.Null(app.Body.At("properties", "configuration", "registries", 0, "passwordSecretRef"));
    });

    [BicepFact]
    public async Task Only_the_Api_is_reached_from_outside()
    {
        var azd = await Azd.UpAsync(Two);

        Assert.Equal(true, azd.App("api", "westeurope").Body.At("properties", "configuration", "ingress", "external"));
        Assert.Equal(false, azd.App("api", "westeurope").Body.At("properties", "configuration", "ingress", "allowInsecure"));
        Assert.Null(azd.App("worker", "westeurope").Body.At("properties", "configuration", "ingress"));
        var rule = Assert.Single(azd.Resources.First(r => r.Type.EndsWith("/networkSecurityGroups", StringComparison.Ordinal)).Body.At("properties", "securityRules").List());
        Assert.Equal("AzureFrontDoor.Backend", rule.At("properties", "sourceAddressPrefix"));
    }
}
