using Geode.Tests.Azure.Bicep;
using Geode.Topology;

namespace Geode.Tests.Azure;

/// <summary>A planet with stamps in Azure: an account for each, a directory of all, and access to what a geode may have and no more.</summary>
public sealed class StampTests
{
    private const string Accounts = "Microsoft.DocumentDB/databaseAccounts";

    private static readonly Sources Stamped = Sources.OfRepository.WithPlanet(Planets.Stamped);
    private static readonly Planet Planet = Planets.OfRepository(Stamped);

    [BicepFact]
    public async Task Each_stamp_has_an_account_in_its_regions_and_all_have_a_directory()
    {
        var azd = await Azd.ProvisionAsync(Stamped);

        Assert.Equal(
            ["br: brazilsouth, many", "directory: westeurope northeurope eastus southeastasia brazilsouth, one", "eu: westeurope northeurope, many", "the-world: eastus southeastasia, many"],
            Of(azd, Accounts).Select(account => $"{Key(account.Name)}: {string.Join(' ', Locations(account))}, {(account.Body.At("properties", "enableMultipleWriteLocations") is true ? "many" : "one")}").Order());
        var directory = azd.Resources.Single(r => r.Type == Accounts && Key(r.Name) == "directory");
        Assert.Equal(
            (false, "Session", true), (directory.Body.At("properties", "enableAutomaticFailover"), directory.Body.At("properties", "consistencyPolicy", "defaultConsistencyLevel"), directory.Body.At("properties", "disableLocalAuth")));
        Assert.Equal(["directory"], Of(azd, $"{Accounts}/sqlDatabases").Select(r => r.Name).Where(name => Key(name) == "directory").Select(name => name.Split('/')[1]));
    }

    [BicepFact]
    public async Task Each_account_has_its_containers_and_the_charters()
    {
        var azd = await Azd.ProvisionAsync(Stamped);
        string[] own = [.. ContainerCatalog.Parse(Stamped.Read("containers.json"), "containers.json").Select(c => c.Name), "tenants"];

        foreach (var account in Of(azd, $"{Accounts}/sqlDatabases/containers").GroupBy(r => Key(r.Name)))
        {
            Assert.Equal(account.Key == "directory" ? ["tenants"] : own.Order(), account.Select(r => r.Name.Split('/')[^1]).Order());
            var tenants = account.Single(r => r.Name.EndsWith("/tenants", StringComparison.Ordinal)).Body.At("properties", "resource");
            Assert.Equal("/id", tenants.At("partitionKey", "paths", 0));
            Assert.Equal(account.Key == "directory" ? "/_ts" : "/revision", tenants.At("conflictResolutionPolicy", "conflictResolutionPath"));
        }
    }

    /// <summary>What has to stay in a place is open to nobody elsewhere.</summary>
    [BicepFact]
    public async Task A_geode_may_open_its_own_account_the_directory_and_those_to_which_its_tenants_may_move()
    {
        var azd = await Azd.ProvisionAsync(Stamped);
        var granted = Of(azd, $"{Accounts}/sqlRoleAssignments").Select(r => $"{Region(r)} {Key(r.Name)}").ToList();

        Assert.Equal(Planet.Regions.SelectMany(region => Opened(region).Select(account => $"{region} {account}")).Order(), granted.Order());
        Assert.DoesNotContain("eastus eu", granted);
        Assert.DoesNotContain("brazilsouth eu", granted);

        static string Region(Deployed assignment) => assignment.Body.At("properties", "principalId").Text()["<id-".Length..].Split('.')[0];
    }

    [BicepTheory]
    [InlineData("infra/main.bicep", "contains(['', other.residency], stamp.residency) || other.name == stamp.name", "true")]
    [InlineData("infra/main.bicep", "accounts: filter(accounts, account => contains(account.openTo, region.name))", "accounts: accounts")]
    public async Task Access_to_more_is_found(string path, string old, string replacement)
    {
        var azd = await Azd.ProvisionAsync(Stamped.With(path, old, replacement));

        Assert.NotEqual(Planet.Regions.Sum(region => Opened(region).Count()), Of(azd, $"{Accounts}/sqlRoleAssignments").Count());
    }

    [BicepFact]
    public async Task What_a_geode_may_open_has_an_address_in_its_network()
    {
        var azd = await Azd.ProvisionAsync(Stamped, settings: [("PLANET_PRIVATE_DATABASE", "on")]);
        var endpoints = azd.Resources.Where(r => r.Type.EndsWith("/privateEndpoints", StringComparison.Ordinal)).ToList();

        Assert.All(Of(azd, Accounts), account => Assert.Equal("Disabled", account.Body.At("properties", "publicNetworkAccess")));
        foreach (var region in Planet.Regions)
        {
            var linked = endpoints.Where(e => e.Group == $"rg-dev-{region}").Select(e => Key(e.Body.At("properties", "privateLinkServiceConnections", 0, "properties", "privateLinkServiceId").Text().Split('/')[^1]));
            Assert.Equal(Opened(region).Order(), linked.Order());
        }
    }

    [BicepFact]
    public async Task Each_account_is_locked_watched_and_heard()
    {
        var azd = await Azd.ProvisionAsync(Stamped, settings: [("PLANET_DELETION_LOCK", "on")]);

        foreach (var account in Of(azd, Accounts))
        {
            Assert.Contains(azd.Resources, r => r.Type.EndsWith("/locks", StringComparison.Ordinal) && r.Id.StartsWith(account.Id, StringComparison.Ordinal));
            Assert.Contains(azd.Resources, r => r.Type.EndsWith("/diagnosticSettings", StringComparison.Ordinal) && r.Id.StartsWith(account.Id + "/", StringComparison.Ordinal));
            Assert.Equal(4, azd.Resources.Count(r => r.Type.EndsWith("/metricAlerts", StringComparison.Ordinal) && r.Body.At("properties", "scopes", 0) as string == account.Id));
            Assert.Equal("Continuous", account.Body.At("properties", "backupPolicy", "type"));
        }
    }

    /// <summary>Keys are data, and the logs are in the home region.</summary>
    [BicepFact]
    public async Task What_has_to_stay_in_a_place_is_in_no_log_elsewhere() => Assert.Equal(
        ["directory", "the-world"],
        (await Azd.ProvisionAsync(Stamped)).Resources.Where(r => r.Id.Contains("/databaseAccounts/", StringComparison.Ordinal) && r.Type.EndsWith("/diagnosticSettings", StringComparison.Ordinal)
            && r.Body.At("properties", "logs").List().Any(log => log.At("category") is "PartitionKeyRUConsumption")).Select(r => Key(r.Name)).Order());

    [BicepFact]
    public async Task The_cookie_leads_to_the_geodes_of_its_stamp_and_so_does_each_stamps_address()
    {
        var azd = await Azd.ProvisionAsync(Stamped);
        var live = azd.Resources.Single(r => r.Type.EndsWith("/routes", StringComparison.Ordinal) && r.Name.EndsWith("/live", StringComparison.Ordinal));
        var rules = azd.Resources.Where(r => r.Type.EndsWith("/rules", StringComparison.Ordinal) && r.Name.Contains("/stamps/", StringComparison.Ordinal)).ToList();

        Assert.EndsWith("/ruleSets/stamps", live.Body.At("properties", "ruleSets", 0, "id").Text());
        Assert.Equal(3, rules.Select(rule => rule.Body.At("properties", "order")).Distinct().Count());
        foreach (var stamp in Planet.Stamps)
        {
            var group = azd.Resources.Single(r => r.Type.EndsWith("/originGroups", StringComparison.Ordinal) && r.Name.EndsWith($"/stamp-{stamp.Name}", StringComparison.Ordinal)).Id;
            var rule = Assert.Single(rules, r => r.Body.At("properties", "conditions", 0, "parameters", "matchValues", 0) as string == stamp.Name);
            Assert.Equal("geode-stamp", rule.Body.At("properties", "conditions", 0, "parameters", "selector"));
            Assert.Equal(group, rule.Body.At("properties", "actions", 0, "parameters", "originGroupOverride", "originGroup", "id"));
            var route = Assert.Single(azd.Resources, r => r.Type.EndsWith("/routes", StringComparison.Ordinal) && r.Name.EndsWith($"-{stamp.Name}/stamp", StringComparison.Ordinal));
            Assert.Equal((group, "HttpsOnly"), (route.Body.At("properties", "originGroup", "id"), route.Body.At("properties", "forwardingProtocol")));
            Assert.Equal(stamp.Regions.Order(), azd.Resources.Where(r => r.Id.StartsWith($"{group}/origins/", StringComparison.Ordinal)).Select(r => r.Name.Split('/')[^1]).Order());
        }
    }

    /// <summary>To Front Door a geode that passes on the requests of many is one address.</summary>
    [BicepFact]
    public async Task The_stamps_addresses_are_behind_a_firewall_with_room_for_what_a_geode_passes_on()
    {
        var azd = await Azd.ProvisionAsync(Stamped, settings: [("PLANET_REQUESTS_PER_MINUTE", "200")]);
        var limits = azd.Resources.Where(r => r.Type.EndsWith("WebApplicationFirewallPolicies", StringComparison.Ordinal))
            .Select(r => r.Body.At("properties", "customRules", "rules", 0, "rateLimitThreshold").Whole()).Order();
        var guarded = azd.Resources.Where(r => r.Type.EndsWith("/securityPolicies", StringComparison.Ordinal))
            .SelectMany(r => r.Body.At("properties", "parameters", "associations", 0, "domains").List()).Select(domain => domain.At("id").Text());

        Assert.Equal([200, 20000], limits);
        Assert.Equal(azd.Resources.Where(r => r.Type.EndsWith("/afdEndpoints", StringComparison.Ordinal)).Select(r => r.Id).Order(), guarded.Order());
    }

    [BicepTheory]
    [InlineData("dev")]
    [InlineData("(MMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMM)")]
    public async Task Names_are_legal_also_for_the_longest_stamp(string environment)
    {
        var azd = await Azd.UpAsync(Stamped.WithPlanet(Planets.Stamped.Replace("the-world", "a23456789-123456789-123", StringComparison.Ordinal)), environment);

        Assert.Empty(AzureNames.Faults([.. azd.Resources]));
    }

    [BicepFact]
    public async Task What_the_apps_stand_on_is_what_was_provisioned()
    {
        var azd = await Azd.UpAsync(Stamped);
        var made = azd.Resources.Select(r => r.Id).ToHashSet();

        Assert.Empty(azd.Services.Values.SelectMany(s => s.Mentioned).Where(id => !id.Contains("/containerApps/", StringComparison.Ordinal) && !made.Contains(id)).Distinct());
    }

    private static IEnumerable<string> Opened(Region region) =>
        [.. Planet.Stamps.Where(stamp => stamp == Planet.StampOf(region) || stamp.OpensTo(Planet.StampOf(region)!)).Select(stamp => stamp.Name), "directory"];

    private static IEnumerable<Deployed> Of(Azd azd, string type) => azd.Resources.Where(r => r.Type == type);

    private static IEnumerable<string> Locations(Deployed account) =>
        account.Body.At("properties", "locations").List().OrderBy(l => l.At("failoverPriority")).Select(l => l.At("locationName").Text());

    // directory-TOKEN, or cosmos-TOKEN-STAMP.
    private static string Key(string name) => name.Split('/')[0].Split('-', 3) switch
    {
        ["directory", _] => "directory",
        [_, _, var stamp] => stamp,
        _ => name,
    };
}
