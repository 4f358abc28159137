using Geode.Tests.Azure.Bicep;
using Geode.Topology;

namespace Geode.Tests.Azure;

/// <summary>Accounts for attachments: one in each region, written by its geode and read by those that share data with it.</summary>
public sealed class AttachmentTests
{
    private const string Accounts = "Microsoft.Storage/storageAccounts";
    private const string Contributor = "ba92f5b4-2d11-453d-a403-e96b0029c9fe";

    private static readonly Sources Three = Sources.OfRepository.WithPlanet("""{ "regions": ["westeurope", "eastus", "polandcentral"], "attachments": {} }""");
    private static readonly Sources Stamped = Sources.OfRepository.WithPlanet(Planets.StampedWithAttachments);

    [BicepFact]
    public async Task Without_attachments_there_are_none()
    {
        var azd = await Azd.UpAsync(Sources.OfRepository);

        Assert.StartsWith("keys", Assert.Single(azd.Resources, r => r.Type == Accounts).Name);
        Assert.All(azd.Apps, app => Assert.DoesNotContain(Variables(app).Keys, name => name.StartsWith(PlanetEnvironment.AttachmentsPrefix, StringComparison.Ordinal)));
    }

    [BicepFact]
    public async Task Each_region_has_an_account_that_opens_to_identities_alone()
    {
        var azd = await Azd.ProvisionAsync(Three);

        Assert.Equal(["eastus", "polandcentral", "westeurope"], Made(azd).Select(r => r.Body["location"].Text()).Order());
        Assert.All(Made(azd), account =>
        {
            Assert.Equal($"rg-dev-{account.Body["location"]}", account.Group);
            var properties = account.Body.At("properties");
            Assert.Equal((false, false, "TLS1_2", true), (properties.At("allowSharedKeyAccess"), properties.At("allowBlobPublicAccess"), properties.At("minimumTlsVersion"), properties.At("supportsHttpsTrafficOnly")));
            var service = Assert.Single(azd.Resources, r => r.Type == $"{Accounts}/blobServices" && r.Name.StartsWith($"{account.Name}/", StringComparison.Ordinal));
            Assert.Equal((true, true), (service.Body.At("properties", "deleteRetentionPolicy", "enabled"), service.Body.At("properties", "containerDeleteRetentionPolicy", "enabled")));
            var container = Assert.Single(azd.Resources, r => r.Type == $"{Accounts}/blobServices/containers" && r.Name.StartsWith($"{account.Name}/", StringComparison.Ordinal));
            Assert.Equal(("attachments", "None"), (container.Name.Split('/')[^1], container.Body.At("properties", "publicAccess")));
        });
    }

    [BicepTheory]
    [InlineData("westeurope", null, "Standard_RAGZRS")]
    [InlineData("westus", null, "Standard_RAGRS")]
    [InlineData("polandcentral", null, "Standard_ZRS")]
    [InlineData("jioindiacentral", null, "Standard_LRS")]
    [InlineData("brazilsouth", null, "Standard_RAGZRS")]
    [InlineData("brazilsouth", "BR", "Standard_ZRS")] // its pair is in the United States
    [InlineData("westeurope", "EU", "Standard_RAGZRS")]
    [InlineData("westeurope", "NL", "Standard_ZRS")]
    [InlineData("eastasia", "HK", "Standard_ZRS")]
    [InlineData("japaneast", "JP", "Standard_RAGZRS")]
    public async Task Copies_are_as_far_away_as_the_region_and_the_residency_allow(string region, string? residency, string sku)
    {
        var stamps = residency is null ? "" : $$""", "stamps": [{ "name": "a", "regions": ["{{region}}"], "residency": "{{residency}}" }, { "name": "b", "regions": ["uksouth"] }]""";
        var azd = await Azd.ProvisionAsync(Sources.OfRepository.WithPlanet($$"""{ "regions": ["{{region}}", "uksouth"], "attachments": {}{{stamps}} }"""));

        Assert.Equal(sku, Made(azd).Single(r => r.Body["location"].Text() == region).Body.At("sku", "name"));
    }

    /// <summary>Microsoft's table and ours of regions and countries: a pair in another country is one that a residency forbids.</summary>
    [Fact]
    public void The_table_has_every_region_once_at_most_and_no_other()
    {
        var table = Sources.OfRepository.Read("infra/modules/storage.bicep").Split("var pairedWithZones")[1].Split("// Their pair")[0];
        var names = Names(table);

        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.All(names, name => Assert.NotNull(AzureRegions.Find(name)));
        Assert.Equal(["indiasouthcentral", "jioindiacentral", "jioindiawest", "swedensouth", "taiwannorth", "taiwannorthwest"], AzureRegions.All.Select(r => r.Name).Except(names).Order());
    }

    [Fact]
    public void The_table_has_the_pairs_that_there_are()
    {
        var source = Sources.OfRepository.Read("infra/modules/storage.bicep");
        var paired = source.Split("var pairedWithZones")[1].Split("var unpairedWithZones")[0];
        var unpaired = source.Split("var unpairedWithZones")[1].Split("// Their pair")[0];

        Assert.All(Names(paired), name => Assert.NotNull(AzureRegionPairs.Of(name)));
        Assert.All(Names(unpaired), name => Assert.Null(AzureRegionPairs.Of(name)));
    }

    [BicepFact]
    public async Task A_geode_opens_its_own_and_the_others() => Assert.Equal(
        [
            "eastus opens eastus", "eastus opens polandcentral", "eastus opens westeurope", "polandcentral opens eastus", "polandcentral opens polandcentral", "polandcentral opens westeurope",
            "westeurope opens eastus", "westeurope opens polandcentral", "westeurope opens westeurope",
        ],
        Granted(await Azd.ProvisionAsync(Three)));

    [BicepFact]
    public async Task With_stamps_those_of_its_own_alone()
    {
        var azd = await Azd.UpAsync(Stamped);

        Assert.Equal(
            [
                "brazilsouth opens brazilsouth", "eastus opens eastus", "eastus opens southeastasia", "northeurope opens northeurope", "northeurope opens westeurope",
                "southeastasia opens eastus", "southeastasia opens southeastasia", "westeurope opens northeurope", "westeurope opens westeurope",
            ],
            Granted(azd));
        Assert.Equal(["Geode__Attachments__northeurope", "Geode__Attachments__westeurope"], Told(azd.App("api", "westeurope")).Keys.Order());
        Assert.Equal(["Geode__Attachments__brazilsouth"], Told(azd.App("worker", "brazilsouth")).Keys);
    }

    [BicepFact]
    public async Task Every_process_is_told_where_the_accounts_are()
    {
        var azd = await Azd.UpAsync(Three);
        var accounts = Made(azd).ToDictionary(r => PlanetEnvironment.AttachmentsPrefix + r.Body["location"], r => $"https://{r.Name}.blob.core.windows.net");

        Assert.All(azd.Apps, app => Assert.Equal(accounts.OrderBy(a => a.Key), Told(app).OrderBy(a => a.Key)));
    }

    [BicepTheory]
    [InlineData("off", "Enabled", 0, 0)]
    [InlineData("prepare", "Enabled", 9, 6)]
    [InlineData("on", "Disabled", 9, 6)]
    public async Task They_are_kept_off_the_internet_as_the_database_is(string setting, string access, int endpoints, int copies)
    {
        var azd = await Azd.ProvisionAsync(Three, settings: [("PLANET_PRIVATE_DATABASE", setting), ("PLANET_DELETION_LOCK", "on")]);

        Assert.All(Made(azd), account => Assert.Equal(access, account.Body.At("properties", "publicNetworkAccess")));
        Assert.Equal((endpoints, copies), (Links(azd, "blob").Count, Links(azd, "blob_secondary").Count));
        Assert.Equal(endpoints > 0 ? 3 : 0, azd.Resources.Count(r => r.Type.EndsWith("/privateDnsZones", StringComparison.Ordinal) && r.Name == "privatelink.blob.core.windows.net"));
        Assert.All(Made(azd), account => Assert.Contains(azd.Resources, r => r.Type.EndsWith("/locks", StringComparison.Ordinal) && r.Id.StartsWith(account.Id, StringComparison.Ordinal)));
        Assert.Empty(AzureNames.Faults([.. azd.Resources]));
    }

    /// <summary>A copy is read by another name than the account's, which the endpoint for the account does not have.</summary>
    [BicepFact]
    public async Task A_geode_has_an_address_for_each_copy_that_there_is()
    {
        var azd = await Azd.ProvisionAsync(Three, settings: [("PLANET_PRIVATE_DATABASE", "on")]);
        var places = Made(azd).ToDictionary(r => r.Id, r => r.Body["location"].Text());
        var copied = Made(azd).Where(r => r.Body.At("sku", "name").Text().StartsWith("Standard_RA", StringComparison.Ordinal)).Select(r => r.Body["location"].Text()).Order();
        var links = Links(azd, "blob_secondary");

        Assert.Equal(["eastus", "westeurope"], copied);
        Assert.All(links.GroupBy(link => link.Group), geode => Assert.Equal(
            copied, geode.Select(link => places[link.Body.At("properties", "privateLinkServiceConnections", 0, "properties", "privateLinkServiceId").Text()]).Order()));
        Assert.All(links, link => Assert.Contains(azd.Resources, r => r.Group == link.Group && r.Name.StartsWith($"{link.Name}/", StringComparison.Ordinal)
            && r.Body.At("properties", "privateDnsZoneConfigs", 0, "properties", "privateDnsZoneId").Text().EndsWith("/privatelink.blob.core.windows.net", StringComparison.Ordinal)));
    }

    /// <summary>Azure refuses to change whose an assignment is, and a region that was removed and comes back has another identity.</summary>
    [BicepFact]
    public async Task Whose_an_assignment_is_tells_its_name()
    {
        foreach (var name in (string[])["access.bicep", "data.bicep", "origin.bicep"])
        {
            var source = Sources.OfRepository.Read($"infra/modules/{name}");
            Assert.All(System.Text.RegularExpressions.Regex.Matches(source, @"name: guid\((.*)\)").Select(m => m.Groups[1].Value), parts => Assert.Contains("rincipalId", parts, StringComparison.Ordinal));
        }

        var azd = await Azd.ProvisionAsync(Three);
        var assignments = azd.Resources.Where(r => r.Type.EndsWith("Authorization/roleAssignments", StringComparison.Ordinal)).ToList();
        Assert.Equal(assignments.Count, assignments.Select(r => r.Id).Distinct().Count());
    }

    private static List<string> Names(string table) => [.. System.Text.RegularExpressions.Regex.Matches(table, "'([a-z0-9]+)'").Select(m => m.Groups[1].Value)];

    private static IEnumerable<Deployed> Made(Azd azd) => azd.Resources.Where(r => r.Type == Accounts && !r.Name.StartsWith("keys", StringComparison.Ordinal));

    private static List<Deployed> Links(Azd azd, string part) => [.. azd.Resources.Where(r => r.Type.EndsWith("/privateEndpoints", StringComparison.Ordinal)
        && r.Body.At("properties", "privateLinkServiceConnections", 0, "properties", "groupIds", 0) as string == part)];

    private static List<string> Granted(Azd azd)
    {
        var places = Made(azd).ToDictionary(r => r.Id, r => r.Body["location"].Text());
        return [.. azd.Resources.Where(r => r.Type.EndsWith("Authorization/roleAssignments", StringComparison.Ordinal))
            .Select(r => (Account: places.GetValueOrDefault(r.Id.Split("/providers/Microsoft.Authorization")[0]), Assignment: r)).Where(r => r.Account is not null)
            .Select(r => (Who: r.Assignment.Body.At("properties", "principalId").Text()["<id-".Length..].Split('.')[0], May: May(r.Assignment), r.Account))
            .OrderBy(r => r.Who, StringComparer.Ordinal).ThenBy(r => r.Account, StringComparer.Ordinal).Select(r => $"{r.Who} {r.May} {r.Account}")];

        static string May(Deployed assignment) => assignment.Body.At("properties", "roleDefinitionId").Text().Split('/')[^1] switch { Contributor => "opens", var other => other };
    }

    private static Dictionary<string, string> Told(Deployed app) =>
        Variables(app).Where(v => v.Key.StartsWith(PlanetEnvironment.AttachmentsPrefix, StringComparison.Ordinal)).ToDictionary();

    private static Dictionary<string, string> Variables(Deployed app) =>
        app.Body.At("properties", "template", "containers", 0, "env").List().Where(v => v.At("value") is string).ToDictionary(v => v.At("name").Text(), v => v.At("value").Text());
}
