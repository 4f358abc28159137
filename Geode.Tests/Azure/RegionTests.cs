using System.Text.Json;
using Geode.Tests.Azure.Bicep;
using Geode.Topology;

namespace Geode.Tests.Azure;

/// <summary>Regions: real ones, each with a network range of its own for good, and nothing that moves when their order does.</summary>
public sealed class RegionTests
{
    [Fact]
    public void Every_region_of_the_planet_is_one_of_Azures() => Assert.Empty(NotOfAzure(Sources.OfRepository));

    [Theory]
    [InlineData("westeuropa")]
    [InlineData("West Europe")]
    [InlineData("")]
    public void A_region_that_is_none_of_Azures_is_found(string name) =>
        Assert.Equal([name], NotOfAzure(Sources.OfRepository.WithRegions("eastus", name)));

    [Fact]
    public void Every_region_of_Azure_has_a_number_of_its_own() => Assert.Empty(NumberFaults(Sources.OfRepository));

    [Theory]
    [InlineData("\"eastus2\": ", "\"eastus9\": ", "eastus2")]
    [InlineData("\"westus3\": 62", "\"westus3\": 1", "1 is used twice")]
    [InlineData("\"westus3\": 62", "\"westus3\": 256", "256")]
    public void A_bad_number_is_found(string old, string replacement, string fault) =>
        Assert.Contains(NumberFaults(Sources.OfRepository.With("infra/regions.json", old, replacement)), f => f.Contains(fault, StringComparison.Ordinal));

    [BicepFact]
    public async Task Networks_do_not_overlap()
    {
        var networks = await NetworksAsync(Sources.OfRepository.WithRegions(AzureRegions.All.Select(r => r.Name)));

        Assert.Equal(AzureRegions.All.Count, networks.Values.Distinct().Count());
        Assert.All(networks.Values, range => Assert.Matches(@"^10\.\d{1,3}\.0\.0/16$", range));
    }

    /// <summary>A network in use cannot be renumbered, and a role assignment of another name is a second one, which is refused.</summary>
    [BicepFact]
    public async Task Reordering_changes_no_network_and_no_role_assignment()
    {
        var (forward, backward) = (Sources.OfRepository.WithRegions(Planets.Seven), Sources.OfRepository.WithRegions(Planets.Seven.Reverse()));

        Assert.Equal((await NetworksAsync(forward)).OrderBy(n => n.Key), (await NetworksAsync(backward)).OrderBy(n => n.Key));
        Assert.Equal(await AssignmentsAsync(forward), await AssignmentsAsync(backward));
        Assert.Equal(14, (await AssignmentsAsync(forward)).Count);
    }

    [BicepTheory]
    [InlineData("guid(registry.id, principalId, acrPull)", "guid(registry.id, acrPull, string(order))")]
    [InlineData("guid(accounts[i].id, principalId, cosmosDataContributor)", "guid(accounts[i].id, string(order))")]
    public async Task A_role_assignment_that_is_named_by_position_is_found(string old, string replacement)
    {
        var sources = Sources.OfRepository
            .With("infra/main.bicep", "principalId: stamps[i].outputs.principalId", "principalId: stamps[i].outputs.principalId\n    order: i")
            .With("infra/modules/data.bicep", "param principalId string", "param principalId string\nparam order int")
            .With("infra/modules/data.bicep", "principalId: principalId", "principalId: principalId\n    order: order")
            .With("infra/modules/access.bicep", "param principalId string", "param principalId string\nparam order int")
            .With("infra/modules/access.bicep", old, replacement);

        Assert.NotEqual(
            await AssignmentsAsync(sources.WithRegions(Planets.Seven)),
            await AssignmentsAsync(sources.WithRegions(Planets.Seven.Reverse())));
    }

    [BicepTheory]
    [InlineData("westeurope", "rg-dev-westeurope")]
    [InlineData("southeastasia", "rg-dev-southeastasia")]
    [InlineData("uksouth", "rg-dev-westeurope")]
    public async Task Azd_finds_the_apps_in_the_home_region_or_else_in_the_first(string location, string group)
    {
        var azd = await Azd.UpAsync(Sources.OfRepository.WithRegions("westeurope", "southeastasia"), location: location);

        Assert.Equal(group, azd.Environment["AZURE_GEODE_HOME_RESOURCE_GROUP"]);
        foreach (var (service, deployment) in azd.Services)
        {
            var apps = deployment.Resources.Where(r => r.Type == "Microsoft.App/containerApps").ToList();
            Assert.Equal([service, service], apps.Select(a => a.Name));
            var home = Assert.Single(apps, a => a.Group == group);
            Assert.Equal(service, home.Body.At("tags", "azd-service-name"));
        }
    }

    [BicepTheory]
    [InlineData("westeurope", new[] { "eastus", "japaneast" })]
    [InlineData("uksouth", new[] { "eastus", "japaneast", "westeurope" })]
    public async Task The_registry_is_copied_to_every_region_but_its_own(string location, string[] replicas)
    {
        var azd = await Azd.ProvisionAsync(Sources.OfRepository.WithRegions("westeurope", "eastus", "japaneast"), location: location);

        Assert.Equal(location, azd.One("/registries").Body["location"]);
        Assert.Equal(replicas, azd.Resources.Where(r => r.Type.EndsWith("/replications", StringComparison.Ordinal)).Select(r => r.Name.Split('/')[1]).Order());
    }

    [BicepFact]
    public async Task What_the_apps_stand_on_is_what_was_provisioned() => Assert.Empty(await UnprovisionedAsync(Sources.OfRepository));

    [BicepTheory]
    [InlineData("infra/api.bicep", "format(names.environment, region.name)", "'cae'", "managedEnvironments/cae")]
    [InlineData("infra/worker.bicep", "format(names.identity, region.name)", "format(names.identity, environmentName)", "userAssignedIdentities/id-dev")]
    [InlineData("infra/api.bicep", "names.geodeGroup", "names.globalGroup", "rg-dev-global")]
    [InlineData("infra/api.bicep", "keysGroup: format(names.globalGroup, environmentName)", "keysGroup: resourceGroup().name", "storageAccounts/keys")]
    [InlineData("infra/main.bicep", "insightsName: format(names.insights, region.name)", "insightsName: 'insights'", "components/appi-")]
    public async Task Apps_that_stand_on_something_else_are_found(string path, string old, string replacement, string fault) =>
        Assert.Contains(await UnprovisionedAsync(Sources.OfRepository.With(path, old, replacement)), id => id.Contains(fault, StringComparison.Ordinal));

    private static List<string> NotOfAzure(Sources sources) =>
        [.. JsonDocument.Parse(sources.Read("geode.json")).RootElement.GetProperty("regions").EnumerateArray()
            .Select(r => r.ValueKind == JsonValueKind.String ? r.GetString()! : r.GetProperty("name").GetString()!)
            .Where(name => AzureRegions.Find(name)?.Name != name)];

    private static List<string> NumberFaults(Sources sources)
    {
        var numbers = JsonSerializer.Deserialize<Dictionary<string, int>>(sources.Read("infra/regions.json"))!;
        return
        [
            .. AzureRegions.All.Where(r => !numbers.ContainsKey(r.Name)).Select(r => $"{r.Name} has no number"),
            .. numbers.Where(n => AzureRegions.Find(n.Key) is null).Select(n => $"{n.Key} is no region"),
            .. numbers.Where(n => n.Value is < 0 or > 255).Select(n => $"{n.Key}: {n.Value} makes no network"),
            .. numbers.GroupBy(n => n.Value).Where(g => g.Count() > 1).Select(g => $"{g.Key} is used twice"),
        ];
    }

    private static async Task<Dictionary<string, string>> NetworksAsync(Sources sources) => (await Azd.ProvisionAsync(sources)).Resources
        .Where(r => r.Type == "Microsoft.Network/virtualNetworks")
        .ToDictionary(r => r.Name, r => r.Body.At("properties", "addressSpace", "addressPrefixes", 0).Text());

    private static async Task<List<string>> AssignmentsAsync(Sources sources) => [.. (await Azd.ProvisionAsync(sources)).Resources
        .Where(r => r.Type.EndsWith("oleAssignments", StringComparison.Ordinal))
        .Select(r => $"{r.Id} for {r.Body.At("properties", "principalId")}").Order()];

    private static async Task<List<string>> UnprovisionedAsync(Sources sources)
    {
        var azd = await Azd.UpAsync(sources);
        var made = azd.Resources.Select(r => r.Id).ToHashSet();
        var needed = azd.Services.Values.SelectMany(s => s.Mentioned).Where(id => !id.Contains("/containerApps/", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(needed);
        return [.. needed.Where(id => !made.Contains(id)).Distinct()];
    }
}
