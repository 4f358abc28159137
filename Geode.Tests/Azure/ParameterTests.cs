using System.Text.Json;
using Geode.Tests.Azure.Bicep;

namespace Geode.Tests.Azure;

/// <summary>What one step of a deployment needs, an earlier one, azd or a documented setting provides.</summary>
public sealed class ParameterTests
{
    private static readonly string[] _templates = ["main", "api", "worker"];

    /// <summary>Set by azd itself, from its prompts.</summary>
    private static readonly string[] _prompted = ["AZURE_ENV_NAME", "AZURE_LOCATION"];

    [Fact]
    public void Every_parameter_has_a_source() => Assert.Empty(Faults(Sources.OfRepository));

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

    [Theory]
    [MemberData(nameof(Mutations))]
    public void A_missing_source_is_found(string path, string old, string replacement, string fault) =>
        Assert.Contains(Faults(Sources.OfRepository.With(path, old, replacement)), f => f.Contains(fault, StringComparison.Ordinal));

    /// <summary>What the expansion itself refuses, as the compiler or Azure would.</summary>
    [Theory]
    [InlineData("infra/main.bicep", "    alertEmail: alertEmail\n", "", "needs parameter 'alertEmail'")]
    [InlineData("infra/main.bicep", "    alertEmail: alertEmail\n", "    alertEmail: alertEmail\n    alertSms: ''\n", "has no parameter 'alertSms'")]
    [InlineData("infra/main.bicep", "edge.outputs.frontDoorId", "edge.outputs.fdid", "has no output 'fdid'")]
    [InlineData("infra/main.bicep", "regionNames: regionNames", "regionNames: home", "'home' is not declared")]
    [InlineData("infra/main.bicep", "sku: frontDoorSku", "sku: 7", "parameter 'sku' is string")]
    [InlineData("infra/main.bicep", "name: format(names.cosmos, token)", "name: registry.outputs.name", null)]
    [InlineData("infra/main.bicep", "name: 'registry'\n", "name: cosmos.outputs.name\n", "has to be known when the deployment starts")]
    [InlineData("infra/modules/edge.bicep", "name: firewallName", "name: profile.properties.frontDoorId", "has to be known when the deployment starts")]
    [InlineData("infra/modules/edge.bicep", "for origin in origins", "for origin in profile.properties.origins", "has to be known when the deployment starts")]
    public void A_template_that_could_not_be_deployed_is_refused(string path, string old, string replacement, string? fault)
    {
        var sources = Sources.OfRepository.With(path, old, replacement);
        if (fault is null)
            Assert.NotEmpty(Azd.Up(sources).Resources);
        else
            Assert.Contains(fault, Assert.Throws<BicepException>(() => Azd.Up(sources)).Message);
    }

    [Fact]
    public void Settings_reach_what_they_set()
    {
        var azd = Azd.Up(
            Sources.OfRepository,
            settings:
            [
                ("PLANET_FRONT_DOOR_SKU", "Premium_AzureFrontDoor"), ("PLANET_REQUESTS_PER_MINUTE", "77"), ("PLANET_ALERT_EMAIL", "ops@contoso.com"),
                ("PLANET_DATABASE_MAX_THROUGHPUT", "9000"), ("PLANET_TESTER_ADDRESS", "203.0.113.7/32"),
            ]);
        object? At(string type, params object[] path) => azd.Resources.First(r => r.Type.EndsWith(type, StringComparison.Ordinal)).Body.At(path);

        Assert.Equal("Premium_AzureFrontDoor", At("Cdn/profiles", "sku", "name"));
        Assert.Equal("Premium_AzureFrontDoor", At("FirewallPolicies", "sku", "name"));
        Assert.Equal(2, At("FirewallPolicies", "properties", "managedRules", "managedRuleSets").List().Count);
        Assert.Equal(77L, At("FirewallPolicies", "properties", "customRules", "rules", 0, "rateLimitThreshold"));
        Assert.Equal("ops@contoso.com", At("actionGroups", "properties", "emailReceivers", 0, "emailAddress"));
        Assert.Equal(9000L, At("sqlDatabases", "properties", "options", "autoscaleSettings", "maxThroughput"));
        Assert.Equal("203.0.113.7/32", At("networkSecurityGroups", "properties", "securityRules", 1, "properties", "sourceAddressPrefix"));
    }

    private static List<string> Faults(Sources sources)
    {
        var faults = new List<string>();
        var yaml = AzureYaml.Read(sources);
        var main = Template("main");
        var provided = main.Outputs.Select(o => o.Name).Concat(_prompted).Concat(yaml.Services.Select(s => $"SERVICE_{s.Name.ToUpperInvariant()}_IMAGE_NAME")).ToHashSet();
        if (!provided.Contains("AZURE_RESOURCE_GROUP"))
            faults.Add("AZURE_RESOURCE_GROUP is not said, and azd cannot tell which of the groups is meant");
        foreach (var service in yaml.Services)
        {
            if (!provided.Contains(service.ResourceGroup.Trim('$', '{', '}')))
                faults.Add($"azure.yaml: nothing provides {service.ResourceGroup}");
        }

        var settings = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var name in _templates)
        {
            var template = Template(name);
            var given = JsonDocument.Parse(sources.Read($"infra/{name}.parameters.json")).RootElement.GetProperty("parameters")
                .EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetProperty("value").GetString()!);
            faults.AddRange(given.Keys.Except(template.Parameters.Select(p => p.Name)).Select(p => $"{name}: has no parameter {p}"));
            faults.AddRange(template.Parameters.Where(p => p.Default is null && !given.ContainsKey(p.Name)).Select(p => $"{name}: nothing gives {p.Name}"));
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

        BicepFile Template(string name) => Parser.Read($"infra/{name}.bicep", sources.Read($"infra/{name}.bicep"));
    }

    /// <summary>A variable that a repository does not set is empty in its workflow. For a number azd takes that as not given; a text
    /// would become empty, so the workflow repeats its default.</summary>
    private static IEnumerable<string> WorkflowDefaults(Sources sources, BicepFile main)
    {
        var given = JsonDocument.Parse(sources.Read("infra/main.parameters.json")).RootElement.GetProperty("parameters")
            .EnumerateObject().ToDictionary(p => p.Value.GetProperty("value").GetString()!.Trim('$', '{', '}'), p => p.Name);
        foreach (var line in sources.Read(".github/workflows/azure-dev.yml").Split('\n').Where(l => l.TrimStart().StartsWith("PLANET_", StringComparison.Ordinal)))
        {
            var variable = line.Trim().Split(':')[0];
            if (!given.TryGetValue(variable, out var name))
                yield return $"{variable} sets nothing";
            else if ((main.Parameters.Single(p => p.Name == name).Default as Literal)?.Value is string standard
                && standard != (line.Contains("||", StringComparison.Ordinal) ? line.Split('\'')[1] : ""))
                yield return $"{variable} has another default in the workflow than in the template";
        }
    }
}
