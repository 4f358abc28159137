using System.Text.Json;
using Geode.Tests.Azure.Bicep;

namespace Geode.Tests.Azure;

/// <summary>What one step of a deployment needs, an earlier one, azd or a documented setting provides.</summary>
public sealed class ParameterTests
{
    private static readonly string[] Templates = ["main", "api", "worker"];

    /// <summary>Set by azd itself, from its prompts.</summary>
    private static readonly string[] Prompted = ["AZURE_ENV_NAME", "AZURE_LOCATION"];

    [BicepFact]
    public async Task Every_parameter_has_a_source() => Assert.Empty(await FaultsAsync(Sources.OfRepository));

    public static TheoryData<string, string, string, string> Mutations => new()
    {
        { "infra/main.bicep", "output AZURE_COSMOS_ENDPOINT", "output COSMOS_ENDPOINT", "AZURE_COSMOS_ENDPOINT" },
        { "infra/main.bicep", "output AZURE_GEODE_HOME_RESOURCE_GROUP", "output HOME_GROUP", "AZURE_GEODE_HOME_RESOURCE_GROUP" },
        { "infra/main.bicep", "output AZURE_RESOURCE_GROUP", "output A_GROUP", "AZURE_RESOURCE_GROUP" },
        { "infra/main.bicep", "param location string", "param location string\nparam size string", "size" },
        { "infra/api.bicep", "param frontDoorId string", "param doorId string\nvar frontDoorId = doorId", "frontDoorId" },
        { "infra/api.parameters.json", "SERVICE_API_IMAGE_NAME", "SERVICE_WEB_IMAGE_NAME", "SERVICE_WEB_IMAGE_NAME" },
        { "infra/worker.parameters.json", "\"cosmosEndpoint\"", "\"cosmos\"", "cosmos" },
        { "infra/main.parameters.json", "PLANET_ALERT_EMAIL", "ALERTS_TO", "ALERTS_TO" },
        { "infra/main.parameters.json", "${AZURE_LOCATION}", "westeurope", "location" },
        { "docs/azure.md", "PLANET_DRAINED_REGIONS", "DRAINED", "PLANET_DRAINED_REGIONS" },
        { ".github/workflows/azure-dev.yml", "PLANET_TESTER_ADDRESS", "TESTER", "PLANET_TESTER_ADDRESS" },
        { ".github/workflows/azure-dev.yml", " || 'Standard_AzureFrontDoor'", "", "PLANET_FRONT_DOOR_SKU" },
        { ".github/workflows/azure-dev.yml", " || 'Standard_AzureFrontDoor'", " || 'Premium_AzureFrontDoor'", "PLANET_FRONT_DOOR_SKU" },
    };

    [BicepTheory]
    [MemberData(nameof(Mutations))]
    public async Task A_missing_source_is_found(string path, string old, string replacement, string fault) =>
        Assert.Contains(await FaultsAsync(Sources.OfRepository.With(path, old, replacement)), f => f.Contains(fault, StringComparison.Ordinal));

    [BicepFact]
    public async Task Settings_reach_what_they_set()
    {
        var azd = await Azd.ProvisionAsync(
            Sources.OfRepository,
            settings:
            [
                ("PLANET_FRONT_DOOR_SKU", "Premium_AzureFrontDoor"), ("PLANET_REQUESTS_PER_MINUTE", "77"), ("PLANET_ALERT_EMAIL", "ops@contoso.com"),
                ("PLANET_DATABASE_MAX_THROUGHPUT", "9000"), ("PLANET_TESTER_ADDRESS", "203.0.113.7/32"),
                ("PLANET_MONTHLY_BUDGET", "900"), ("PLANET_DELETION_LOCK", "on"), ("PLANET_BACKUP_TIER", "Continuous30Days"),
            ]);
        object? At(string type, params object[] path) => azd.Resources.First(r => r.Type.EndsWith(type, StringComparison.Ordinal)).Body.At(path);

        Assert.Equal("Premium_AzureFrontDoor", At("Cdn/profiles", "sku", "name"));
        Assert.Equal("Premium_AzureFrontDoor", At("FirewallPolicies", "sku", "name"));
        Assert.Equal(2, At("FirewallPolicies", "properties", "managedRules", "managedRuleSets").List().Count);
        Assert.Equal(77L, At("FirewallPolicies", "properties", "customRules", "rules", 0, "rateLimitThreshold"));
        Assert.Equal("ops@contoso.com", At("actionGroups", "properties", "emailReceivers", 0, "emailAddress"));
        Assert.Equal(9000L, At("sqlDatabases", "properties", "options", "autoscaleSettings", "maxThroughput"));
        Assert.Equal(900L, At("budgets", "properties", "amount"));
        Assert.Equal("2026-01-01", At("budgets", "properties", "timePeriod", "startDate"));
        Assert.Equal("2026-01-01", azd.Environment["PLANET_BUDGET_START"]);
        Assert.EndsWith("/databaseAccounts/", azd.One("/locks").Id.Split(azd.One("DocumentDB/databaseAccounts").Name)[0]);
        Assert.Equal("Continuous30Days", At("databaseAccounts", "properties", "backupPolicy", "continuousModeProperties", "tier"));
        Assert.Equal("203.0.113.7/32", At("networkSecurityGroups", "properties", "securityRules", 1, "properties", "sourceAddressPrefix"));
    }

    /// <summary>Azure refuses to change the month that a budget began in.</summary>
    [BicepFact]
    public async Task A_budget_keeps_the_month_that_it_began_in()
    {
        var azd = await Azd.ProvisionAsync(Sources.OfRepository, settings: [("PLANET_MONTHLY_BUDGET", "900"), ("PLANET_BUDGET_START", "2025-10-01")]);

        Assert.Equal("2025-10-01", azd.One("/budgets").Body.At("properties", "timePeriod", "startDate"));
        Assert.Equal("2025-10-01", azd.Environment["PLANET_BUDGET_START"]);
    }

    private static async Task<List<string>> FaultsAsync(Sources sources)
    {
        using var folder = sources.Write();
        var compiled = new Dictionary<string, JsonElement>();
        foreach (var name in Templates)
            compiled[name] = (await BicepCompiler.Instance.CompileAsync(folder.At($"infra/{name}.bicep"))).Template;

        var faults = new List<string>();
        var yaml = AzureYaml.Read(sources);
        var main = compiled["main"];
        var provided = Members(main, "outputs").Select(o => o.Name).Concat(Prompted)
            .Concat(yaml.Services.Select(s => $"SERVICE_{s.Name.ToUpperInvariant()}_IMAGE_NAME")).ToHashSet();
        if (!provided.Contains("AZURE_RESOURCE_GROUP"))
            faults.Add("AZURE_RESOURCE_GROUP is not said, and azd cannot tell which of the groups is meant");
        foreach (var service in yaml.Services)
        {
            if (!provided.Contains(service.ResourceGroup.Trim('$', '{', '}')))
                faults.Add($"azure.yaml: nothing provides {service.ResourceGroup}");
        }

        var settings = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (name, template) in compiled)
        {
            var given = Given(sources, name);
            var declared = Members(template, "parameters").ToDictionary(p => p.Name, p => p.Value);
            faults.AddRange(given.Keys.Except(declared.Keys).Select(p => $"{name}: has no parameter {p}"));
            faults.AddRange(declared.Where(p => !p.Value.TryGetProperty("defaultValue", out _) && !given.ContainsKey(p.Key)).Select(p => $"{name}: nothing gives {p.Key}"));
            faults.AddRange(given.Where(p => !p.Value.StartsWith("${", StringComparison.Ordinal)).Select(p => $"{name}: {p.Key} is fixed"));
            foreach (var variable in Azd.Variables(sources, $"infra/{name}.parameters.json").Where(v => !provided.Contains(v)))
            {
                settings.Add(variable);
                if (!variable.StartsWith("PLANET_", StringComparison.Ordinal) && !variable.StartsWith("API_", StringComparison.Ordinal))
                    faults.Add($"{name}: nothing provides {variable}");
            }
        }

        foreach (var (path, why) in new[] { ("docs/azure.md", "documented"), (".github/workflows/azure-dev.yml", "passed on by the workflow") })
            faults.AddRange(settings.Where(s => !sources.Read(path).Contains(s, StringComparison.Ordinal)).Select(s => $"{s} is not {why}"));
        faults.AddRange(WorkflowDefaults(sources, main));
        return faults;
    }

    private static IEnumerable<JsonProperty> Members(JsonElement template, string part) =>
        template.TryGetProperty(part, out var members) ? members.EnumerateObject() : [];

    private static Dictionary<string, string> Given(Sources sources, string name) =>
        JsonDocument.Parse(sources.Read($"infra/{name}.parameters.json")).RootElement.GetProperty("parameters")
            .EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetProperty("value").GetString()!);

    /// <summary>A variable that a repository does not set is empty in its workflow. For a number azd takes that as not given; a text
    /// would become empty, so the workflow repeats its default.</summary>
    private static IEnumerable<string> WorkflowDefaults(Sources sources, JsonElement main)
    {
        var given = Given(sources, "main").ToDictionary(p => p.Value.Trim('$', '{', '}'), p => p.Key);
        foreach (var line in sources.Read(".github/workflows/azure-dev.yml").Split('\n').Where(l => l.TrimStart().StartsWith("PLANET_", StringComparison.Ordinal)))
        {
            var variable = line.Trim().Split(':')[0];
            if (!given.TryGetValue(variable, out var name))
                yield return $"{variable} sets nothing";
            else if (main.GetProperty("parameters").GetProperty(name).GetProperty("defaultValue") is { ValueKind: JsonValueKind.String } standard
                && standard.GetString() != (line.Contains("||", StringComparison.Ordinal) ? line.Split('\'')[1] : ""))
                yield return $"{variable} has another default in the workflow than in the template";
        }
    }
}
