using Geode.Tests.Azure.Bicep;

namespace Geode.Tests.Azure;

/// <summary>Every resource is in the group and the region that it belongs to, whatever the planet looks like.</summary>
public sealed class PlacementTests
{
    private const string Three = "\"westeurope\", \"eastus\", \"southeastasia\"";

    /// <summary>Planets, home regions and settings that have each their own way through the templates.</summary>
    public static TheoryData<string, string, string> Worlds => new()
    {
        { Three, "westeurope", "" },
        { Three, "eastus", "" },
        { Three, "uksouth", "" },
        { "\"southeastasia\", \"westeurope\"", "southeastasia", "" },
        { string.Join(", ", Planets.Seven.Select(r => $"\"{r}\"")), "westus3", "PLANET_FRONT_DOOR_SKU=Premium_AzureFrontDoor" },
        { "{ \"name\": \"eastus\", \"zoneRedundant\": true, \"priority\": 2, \"weight\": 10 }, { \"name\": \"westus3\", \"minReplicas\": 0 }", "eastus", "" },
        { Three, "westeurope", "PLANET_DRAINED_REGIONS=eastus,PLANET_TESTER_ADDRESS=203.0.113.0/24" },
        { Three, "westeurope", "PLANET_CUSTOM_DOMAIN=www.contoso.com,PLANET_MONTHLY_BUDGET=500,PLANET_DELETION_LOCK=on,PLANET_PRIVATE_DATABASE=on" },
        { Three, "westeurope", "API_LIVE_REVISION=r1,API_CANDIDATE_REVISION=r2,API_CANDIDATE_WEIGHT=10,API_CANDIDATE_REGIONS=eastus" },
    };

    [BicepTheory]
    [MemberData(nameof(Worlds))]
    public async Task Nothing_is_in_a_wrong_place(string regions, string home, string settings)
    {
        var azd = await Azd.UpAsync(
            Sources.OfRepository.WithPlanet($$"""{ "name": "geode", "regions": [{{regions}}] }"""),
            location: home,
            settings: [.. settings.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(s => (s.Split('=')[0], s.Split('=')[1]))]);

        Assert.Empty(Misplaced(azd, home));
        Assert.Empty(AzureNames.Faults([.. azd.Resources]));
        Assert.All(azd.Resources.Where(r => r.Body.ContainsKey("tags")), r => Assert.Equal("dev", r.Body["tags"].At("azd-env-name")));
    }

    [BicepTheory]
    [InlineData("infra/main.bicep", "scope: resourceGroup(format(names.geodeGroup, environmentName, region.name))", "scope: globalGroup", "cae-eastus")]
    [InlineData("infra/modules/stamp.bicep", "  name: identityName\n  location: region.name", "  name: identityName\n  location: 'westus'", "id-eastus")]
    [InlineData("infra/modules/registry.bicep", "  name: region\n  location: region", "  name: region\n  location: location", "eastus")]
    [InlineData("infra/main.bicep", "    workspaceName: format(names.workspace, 'global')\n    location: location", "    workspaceName: format(names.workspace, 'global')\n    location: regionNames[1]", "log-global")]
    public async Task What_is_in_a_wrong_place_is_found(string path, string old, string replacement, string fault)
    {
        var azd = await Azd.ProvisionAsync(Sources.OfRepository.WithRegions("westeurope", "eastus").With(path, old, replacement));

        Assert.Contains(Misplaced(azd, "westeurope"), r => r.Contains(fault, StringComparison.Ordinal));
    }

    /// <summary>Only the database's order of fail-over follows the order of the list.</summary>
    [BicepFact]
    public async Task The_order_of_regions_moves_nothing()
    {
        string[] three = ["westeurope", "eastus", "southeastasia"];
        var orders = three.SelectMany(a => three.Except([a]).SelectMany(b => three.Except([a, b]).Select(c => (string[])[a, b, c]))).ToList();
        var made = new List<IReadOnlyList<string>>();
        foreach (var order in orders)
            made.Add(await MadeAsync(order));

        Assert.Equal(6, made.Count);
        Assert.NotEmpty(made[0]);
        Assert.All(made, resources => Assert.Equal(made[0], resources));
    }

    private static async Task<IReadOnlyList<string>> MadeAsync(string[] regions)
    {
        var azd = await Azd.ProvisionAsync(Sources.OfRepository.WithRegions(regions), location: "uksouth");
        string[] ordered = ["Microsoft.DocumentDB/databaseAccounts", "Microsoft.Insights/workbooks"];
        return [.. azd.Resources.Select(r => ordered.Contains(r.Type) ? r.Id : Values.Write(r.Body)).Order(StringComparer.Ordinal)];
    }

    private static List<string> Misplaced(Azd azd, string home)
    {
        var regions = azd.Environment["AZURE_GEODE_REGIONS"].Split(',');
        var faults = new List<string>();
        foreach (var resource in azd.Resources)
        {
            var region = regions.SingleOrDefault(r => (resource.Group.Length > 0 ? resource.Group : resource.Name) == $"rg-dev-{r}");
            var expected = region ?? (resource.Type.EndsWith("/replications", StringComparison.Ordinal) ? resource.Name.Split('/')[^1] : home);
            var location = resource.Body.GetValueOrDefault("location") as string ?? expected;
            if (location != expected && location != "global")
                faults.Add($"{resource} is in {location}, not in {expected}");
            var own = resource.Name.Split('/')[^1];
            if (region is null && regions.Any(r => own.EndsWith($"-{r}", StringComparison.Ordinal)))
                faults.Add($"{resource} is a geode's and in no geode's group");
        }

        return faults;
    }
}
