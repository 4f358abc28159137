using System.Text.RegularExpressions;
using Geode.Tests.Azure.Bicep;

namespace Geode.Tests.Azure;

/// <summary>What Azure accepts as a name, by type of resource (Microsoft's "Naming rules and restrictions for Azure resources"),
/// where two sources differ by the stricter.</summary>
internal static class AzureNames
{
    private const string Guid = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$";
    private const string FrontDoor = "^[a-zA-Z0-9]([a-zA-Z0-9-]{0,88}[a-zA-Z0-9])?$";

    /// <summary>Of a name's last part; the parents' have rules of their own.</summary>
    private static readonly Dictionary<string, string> Rules = new()
    {
        ["Microsoft.App/containerApps"] = "^(?!.*--)[a-z][a-z0-9-]{0,30}[a-z0-9]$",
        ["Microsoft.App/managedEnvironments"] = "^[a-z][a-z0-9-]{0,30}[a-z0-9]$",
        ["Microsoft.Authorization/locks"] = "^[^<>%&?/]{1,90}$",
        ["Microsoft.Authorization/roleAssignments"] = Guid,
        ["Microsoft.Authorization/roleDefinitions"] = Guid,
        ["Microsoft.Cdn/profiles"] = "^[a-zA-Z0-9]([a-zA-Z0-9-]{0,88}[a-zA-Z0-9])?$",
        ["Microsoft.Cdn/profiles/afdEndpoints"] = "^[a-zA-Z0-9]([a-zA-Z0-9-]{0,44}[a-zA-Z0-9])?$",
        ["Microsoft.Cdn/profiles/afdEndpoints/routes"] = FrontDoor,
        ["Microsoft.Cdn/profiles/customDomains"] = FrontDoor,
        ["Microsoft.Cdn/profiles/originGroups"] = FrontDoor,
        ["Microsoft.Cdn/profiles/originGroups/origins"] = FrontDoor,
        ["Microsoft.Cdn/profiles/ruleSets"] = "^[a-zA-Z][a-zA-Z0-9]{0,59}$",
        ["Microsoft.Cdn/profiles/ruleSets/rules"] = "^[a-zA-Z][a-zA-Z0-9]{0,259}$",
        ["Microsoft.Cdn/profiles/securityPolicies"] = FrontDoor,
        ["Microsoft.Consumption/budgets"] = "^[a-zA-Z0-9_-]{1,63}$",
        ["Microsoft.ContainerRegistry/registries/cacheRules"] = "^[a-zA-Z0-9-]{5,50}$",
        ["Microsoft.ContainerRegistry/registries"] = "^[a-zA-Z0-9]{5,50}$",
        ["Microsoft.ContainerRegistry/registries/replications"] = "^[a-zA-Z0-9]{5,50}$",
        ["Microsoft.DocumentDB/databaseAccounts"] = "^[a-z0-9][a-z0-9-]{1,42}[a-z0-9]$",
        ["Microsoft.DocumentDB/databaseAccounts/sqlDatabases"] = @"^[^/\\#?]{0,254}[^/\\#? ]$",
        ["Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers"] = @"^[^/\\#?]{0,254}[^/\\#? ]$",
        ["Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments"] = Guid,
        ["Microsoft.Insights/actionGroups"] = @"^[^*#&+:<>?@%{}\\/|]{1,259}[^*#&+:<>?@%{}\\/| .]$",
        ["Microsoft.Insights/components"] = @"^[\w().-]{0,259}[\w()-]$",
        ["Microsoft.Insights/diagnosticSettings"] = @"^[^*<>%&:\\?+/]{1,260}$",
        ["Microsoft.Insights/metricAlerts"] = @"^[^*#&+:<>?@%{}\\/]{0,259}[^*#&+:<>?@%{}\\/ .]$",
        ["Microsoft.Insights/scheduledQueryRules"] = @"^[^*#&+:<>?@%{}\\/]{0,259}[^*#&+:<>?@%{}\\/ .]$",
        ["Microsoft.Insights/workbooks"] = Guid,
        ["Microsoft.ManagedIdentity/userAssignedIdentities"] = "^[a-zA-Z0-9][a-zA-Z0-9_-]{2,127}$",
        ["Microsoft.Network/FrontDoorWebApplicationFirewallPolicies"] = "^[a-zA-Z][a-zA-Z0-9]{0,127}$",
        ["Microsoft.Network/networkSecurityGroups"] = @"^[a-zA-Z0-9][\w.-]{0,78}\w$",
        ["Microsoft.Network/privateDnsZones"] = @"^(?=.{1,63}$)[a-z0-9_-]+(\.[a-z0-9_-]+)+$",
        ["Microsoft.Network/privateDnsZones/virtualNetworkLinks"] = @"^[a-zA-Z0-9][\w.-]{0,78}\w$",
        ["Microsoft.Network/privateEndpoints"] = @"^[a-zA-Z0-9][\w.-]{0,62}\w$",
        ["Microsoft.Network/privateEndpoints/privateDnsZoneGroups"] = @"^[a-zA-Z0-9][\w.-]{0,78}\w$",
        ["Microsoft.Network/virtualNetworks"] = @"^[a-zA-Z0-9][\w.-]{0,62}\w$",
        ["Microsoft.OperationalInsights/workspaces"] = "^[a-zA-Z0-9][a-zA-Z0-9-]{2,61}[a-zA-Z0-9]$",
        ["Microsoft.Storage/storageAccounts"] = "^[a-z0-9]{3,24}$",
        ["Microsoft.Storage/storageAccounts/blobServices"] = "^default$",
        ["Microsoft.Storage/storageAccounts/blobServices/containers"] = "^[a-z0-9](?!.*--)[a-z0-9-]{1,61}[a-z0-9]$",
        ["Microsoft.Resources/deployments"] = @"^[\w().-]{1,64}$",
        ["Microsoft.Resources/resourceGroups"] = @"^[\w().-]{0,89}[\w()-]$",
    };

    /// <summary>What is illegal, or twice there. Names count without regard to case.</summary>
    public static IEnumerable<string> Faults(IReadOnlyCollection<Deployed> resources)
    {
        foreach (var resource in resources)
        {
            var name = resource.Name.Split('/')[^1];
            if (!Rules.TryGetValue(resource.Type, out var rule))
                yield return $"{resource.Type} has no rule here: add it";
            else if (!Regex.IsMatch(name, rule))
                yield return $"{resource.Type} may not be called '{name}'";
        }

        foreach (var twice in resources.GroupBy(r => r.ToString(), StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
            yield return $"{twice.Key} is there {twice.Count()} times";
    }
}
