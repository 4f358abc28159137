using Geode.Topology;

namespace Geode.Tests.Azure.Hooks;

/// <summary>What would stop a deployment is said before it, all at once, and the same in both shells.</summary>
public sealed class PreprovisionTests
{
    private const string NoAz = "Warning: what the subscription allows is not checked. az is not installed.";
    private const string Stopped = "The planet cannot be provisioned:";

    [Theory, InShell("sh"), InShell("pwsh")]
    public async Task Nothing_wrong_is_one_line(string shell)
    {
        using var run = new HookRun();
        run.Answer("azd version", "azd version 1.25.0 (commit 0123456789) (stable)");

        var result = await run.RunAsync(shell, "preprovision");

        Assert.Equal([NoAz], result.Errors);
        Assert.Equal(["Nothing is in the way of a planet of 2 regions."], result.Output);
        Assert.Equal(0, result.ExitCode);
    }

    [Theory]
    [InShell("sh", "azd version 1.24.11 (commit 0123456789) (stable)", "1.24.11")]
    [InShell("pwsh", "azd version 1.24.11 (commit 0123456789) (stable)", "1.24.11")]
    [InShell("sh", "azd version 0.99.0-beta.3 (commit 0123456789)", "0.99.0")]
    [InShell("sh", "azd version 1.100.0 (commit 0123456789) (stable)", null)]
    [InShell("pwsh", "azd version 1.100.0 (commit 0123456789) (stable)", null)]
    public async Task An_azd_that_is_too_old_is_found(string shell, string says, string? version)
    {
        using var run = new HookRun();
        run.Answer("azd version", says);

        var result = await run.RunAsync(shell, "preprovision");

        Assert.Equal(
            version is null ? [NoAz] : [NoAz, Stopped, $"  azd is version {version}; allowed is 1.25.0 or a newer one: install it from https://aka.ms/azd-install"],
            result.Errors);
    }

    [Theory]
    [InShell("sh", """{ "regions": ["westeurope", "eastus" }""")]
    [InShell("pwsh", """{ "regions": ["westeurope", "eastus" }""")]
    [InShell("sh", "")]
    [InShell("sh", """{ "regions": ["westeurope" "eastus"] }""")]
    public async Task A_planet_that_cannot_be_read_is_found(string shell, string json)
    {
        using var run = new HookRun();
        run.Write("geode.json", json);

        var result = await run.RunAsync(shell, "preprovision");

        Assert.Equal([NoAz, Stopped, "  geode.json cannot be read; allowed is what engine/geode.schema.json describes: correct it in an editor"], result.Errors);
        Assert.Equal(1, result.ExitCode);
    }

    [Theory, InShell("sh"), InShell("pwsh")]
    public async Task Regions_that_do_not_fit_are_found(string shell)
    {
        using var run = new HookRun();
        run.Write("geode.json", """
            // As in an editor.
            { "$schema": "./regions.json", "name": "x\"y",
              "links": [{ "from": "westeurope", "to": "nowhere", "delayMs": 1.5e1 }],
              "regions"
                : ["West Europe", { "priority": 1, "name": "eastus" }, "eastus",{"weight":5}, { "name": "ship", "kind": "edge", "latitude": 1, "longitude": 1 }, { "name": "uksouth", "footprint": "zone" },
                  { "name": "ukwest", "footprint": "Zonal" }, { "name": "westus2", "footprint": "zonal", "maxReplicas": 2 },
                  { "name": "westus3", "footprint": "zonal", "minReplicas": 3, "maxReplicas": 30 }, /* not yet: */ "moon-base",] }
            """);

        var result = await run.RunAsync(shell, "preprovision");

        Assert.Equal(
            [
                NoAz, Stopped,
                "  geode.json has the region 'West Europe', which is none of Azure's; allowed are those in infra/regions.json: correct its name",
                "  geode.json has the region 'eastus' more than once; allowed is once: take it out elsewhere",
                "  geode.json has the region '', which is none of Azure's; allowed are those in infra/regions.json: correct its name",
                "  geode.json has 'ship' at the edge, where Cosmos DB has no replica; allowed are regions of the kind cloud: take it out",
                "  geode.json has 'uksouth' in one zone, but an environment of Container Apps and a region of Cosmos DB cannot be told to share one; allowed are the footprints regional and zonal",
                "  geode.json has a footprint for 'ukwest' that is none; allowed are regional and zonal",
                "  geode.json has a geode in each zone of 'westus2', but fewer than 3 replicas; allowed are minReplicas and maxReplicas of 3 or more: raise them, or take them out",
                "  geode.json has the region 'moon-base', which is none of Azure's; allowed are those in infra/regions.json: correct its name",
            ],
            result.Errors);
    }

    [Theory, InShell("sh"), InShell("pwsh")]
    public async Task Stamps_that_fit_are_no_fault(string shell)
    {
        using var run = new HookRun();
        run.Write("geode.json", Planets.Stamped);

        var result = await run.RunAsync(shell, "preprovision");

        Assert.Equal([NoAz], result.Errors);
        Assert.Equal(["Nothing is in the way of a planet of 5 regions."], result.Output);
    }

    [Theory, InShell("sh"), InShell("pwsh")]
    public async Task Stamps_that_do_not_fit_are_found(string shell)
    {
        using var run = new HookRun();
        run.Write("geode.json", """
            { "regions": ["westeurope", "eastus", { "name": "uksouth" }], "steward": { "mode": "act" }, "tenants": { "by": "host" },
              "stamps": [
                { "name": "eu", "regions": ["westeurope", "northeurope"], "residency": "EU" }, { "name": "eu", "regions": ["westeurope"] },
                { "name": "a-name-of-twenty-four-in", "regions": ["eastus"] }, { "name": "Up", "regions": [] } ] }
            """);
        run.Set("PLANET_STEWARD_ACTS", "on");

        var result = await run.RunAsync(shell, "preprovision");

        Assert.Equal(
            [
                NoAz, Stopped,
                "  geode.json has the region 'northeurope' in the stamp 'eu', but not in the planet; allowed are those in its regions: correct its name",
                "  geode.json has the stamp 'eu' more than once; allowed is once: give it another name",
                "  geode.json has the region 'westeurope' in more than one stamp; allowed is one: take it out elsewhere",
                "  geode.json has the stamp 'a-name-of-twenty-four-in'; allowed are 1 to 23 lower-case letters, digits and hyphens, a letter first and no hyphen last: the name is part of its account's",
                "  geode.json has the stamp 'Up'; allowed are 1 to 23 lower-case letters, digits and hyphens, a letter first and no hyphen last: the name is part of its account's",
                "  geode.json has the region 'uksouth' in no stamp; allowed is one, where there are stamps: add it to one",
                "  geode.json has tenants that are told by host, for which Front Door needs a certificate for any name below yours; allowed are header and path",
                "  geode.json has a steward that acts, and stamps, each of which has its own; allowed are observe and advise",
                "  PLANET_STEWARD_ACTS is 'on', but geode.json has stamps, each of which has its own steward; allowed is off: azd env set PLANET_STEWARD_ACTS off",
            ],
            result.Errors);
        Assert.Equal(1, result.ExitCode);
    }

    [Theory]
    [InShell("sh", 9, "Standard_AzureFrontDoor", false)]
    [InShell("pwsh", 9, "Standard_AzureFrontDoor", false)]
    [InShell("sh", 10, "Standard_AzureFrontDoor", true)]
    [InShell("pwsh", 10, "Standard_AzureFrontDoor", true)]
    [InShell("sh", 24, "Premium_AzureFrontDoor", false)]
    [InShell("sh", 25, "Premium_AzureFrontDoor", true)]
    [InShell("pwsh", 25, "Premium_AzureFrontDoor", true)]
    public async Task More_stamps_than_Front_Door_has_endpoints_are_found(string shell, int count, string sku, bool isFound)
    {
        using var run = new HookRun();
        var regions = AzureRegions.All.Take(count).Select(r => r.Name).ToList();
        run.Write("geode.json", $$"""
            { "regions": [{{string.Join(", ", regions.Select(r => $"\"{r}\""))}}],
              "stamps": [{{string.Join(", ", regions.Select((r, i) => $$"""{ "name": "s{{i}}", "regions": ["{{r}}"] }"""))}}] }
            """);
        run.Set("PLANET_FRONT_DOOR_SKU", sku);

        var result = await run.RunAsync(shell, "preprovision");

        Assert.Equal(
            isFound ? [NoAz, Stopped, $"  geode.json has {count} stamps; allowed are 9, or 24 with PLANET_FRONT_DOOR_SKU Premium_AzureFrontDoor: make them fewer"] : [NoAz],
            result.Errors);
    }

    [Theory, InShell("sh"), InShell("pwsh")]
    public async Task A_list_of_no_stamps_is_none(string shell)
    {
        using var run = new HookRun();
        run.Write("geode.json", """{ "regions": ["westeurope", "eastus"], "stamps": [] }""");

        var result = await run.RunAsync(shell, "preprovision");

        Assert.Equal([NoAz], result.Errors);
    }

    [Theory]
    [InShell("sh", """{ "regions": ["eastus"] }""", 1)]
    [InShell("pwsh", """{ "regions": ["eastus"] }""", 1)]
    [InShell("sh", """{ "regions": [], "name": "geode" }""", 0)]
    [InShell("pwsh", """{ "regions": [], "name": "geode" }""", 0)]
    public async Task Too_few_regions_are_found(string shell, string json, int count)
    {
        using var run = new HookRun();
        run.Write("geode.json", json);

        var result = await run.RunAsync(shell, "preprovision");

        Assert.Equal([NoAz, Stopped, $"  geode.json has too few regions ({count}); allowed are two or more: add one to its regions"], result.Errors);
    }

    [Theory, InShell("sh"), InShell("pwsh")]
    public async Task Settings_that_are_not_allowed_are_found_together(string shell)
    {
        using var run = new HookRun();
        run.Set("AZURE_ENV_NAME", "dev environment.");
        run.Set("AZURE_LOCATION", "West Europe");
        run.Set("PLANET_FRONT_DOOR_SKU", "Classic");
        run.Set("PLANET_PRIVATE_DATABASE", "true");
        run.Set("PLANET_DELETION_LOCK", "yes");
        run.Set("PLANET_BACKUP_TIER", "Continuous8Days");
        run.Set("PLANET_STEWARD_ACTS", "sometimes");
        run.Set("PLANET_REQUESTS_PER_MINUTE", "0");
        run.Set("PLANET_MONTHLY_BUDGET", "-1");
        run.Set("PLANET_BUDGET_START", "2026-13-01");
        run.Set("PLANET_DATABASE_MAX_THROUGHPUT", "400");
        run.Set("PLANET_CUSTOM_DOMAIN", "https://www.contoso.com");
        run.Set("PLANET_TESTER_ADDRESS", "203.0.113.256");
        run.Set("PLANET_ALERT_EMAIL", "ops");
        run.Set("PLANET_DRAINED_REGIONS", "eastus, uksouth");

        var result = await run.RunAsync(shell, "preprovision");

        Assert.Equal(
            [
                NoAz, Stopped,
                "  AZURE_ENV_NAME is 'dev environment.'; allowed are 1 to 40 letters, digits, -_.(): azd env new NAME",
                "  AZURE_LOCATION is 'West Europe'; allowed are the names in infra/regions.json: azd env set AZURE_LOCATION westeurope",
                "  PLANET_FRONT_DOOR_SKU is 'Classic'; allowed are Standard_AzureFrontDoor, Premium_AzureFrontDoor: azd env set PLANET_FRONT_DOOR_SKU Standard_AzureFrontDoor",
                "  PLANET_PRIVATE_DATABASE is 'true'; allowed are off, prepare, on: azd env set PLANET_PRIVATE_DATABASE off",
                "  PLANET_DELETION_LOCK is 'yes'; allowed are off, on: azd env set PLANET_DELETION_LOCK off",
                "  PLANET_BACKUP_TIER is 'Continuous8Days'; allowed are Continuous7Days, Continuous30Days: azd env set PLANET_BACKUP_TIER Continuous7Days",
                "  PLANET_STEWARD_ACTS is 'sometimes'; allowed are off, on: azd env set PLANET_STEWARD_ACTS off",
                "  PLANET_REQUESTS_PER_MINUTE is '0'; allowed are whole numbers from 10 to 999999999: azd env set PLANET_REQUESTS_PER_MINUTE 1000",
                "  PLANET_MONTHLY_BUDGET is '-1'; allowed are whole numbers from 0, for none, to 999999999: azd env set PLANET_MONTHLY_BUDGET 500",
                "  PLANET_BUDGET_START is '2026-13-01'; allowed is the first day of a month: azd env set PLANET_BUDGET_START 2026-01-01",
                "  PLANET_DATABASE_MAX_THROUGHPUT is '400'; allowed are multiples of 1000 from 1000 to 999999000: azd env set PLANET_DATABASE_MAX_THROUGHPUT 1000",
                "  PLANET_CUSTOM_DOMAIN is 'https://www.contoso.com'; allowed is a host name and nothing else: azd env set PLANET_CUSTOM_DOMAIN www.contoso.com",
                "  PLANET_TESTER_ADDRESS is '203.0.113.256'; allowed is an IPv4 address or range: azd env set PLANET_TESTER_ADDRESS 203.0.113.7/32",
                "  PLANET_ALERT_EMAIL is 'ops'; allowed is one address: azd env set PLANET_ALERT_EMAIL ops@contoso.com",
                "  PLANET_DRAINED_REGIONS has 'uksouth', which is no region of the planet; allowed are some of westeurope, eastus, and not all: azd env set PLANET_DRAINED_REGIONS \"\"",
            ],
            result.Errors);
        Assert.Empty(result.Output);
        Assert.Equal(1, result.ExitCode);
    }

    /// <summary>Near what is allowed; each run tries one value of every setting.</summary>
    [Theory]
    [InShell("sh", "x1234567890123456789012345678901234567890", "", "1.5", "1500", "localhost", "203.0.113.7/33", "a@b", "eastus,westeurope")]
    [InShell("pwsh", "x1234567890123456789012345678901234567890", "", "1.5", "1500", "localhost", "203.0.113.7/33", "a@b", "eastus,westeurope")]
    [InShell("sh", "", "standard_azurefrontdoor", "-5", "1000.0", "-a.contoso.com", "2001:db8::1", "a@contoso.com;b@contoso.com", "eastus, , westeurope ")]
    [InShell("pwsh", "", "standard_azurefrontdoor", "-5", "1000.0", "-a.contoso.com", "2001:db8::1", "a@contoso.com;b@contoso.com", "eastus, , westeurope ")]
    public async Task None_of_these_values_is_allowed(
        string shell, string name, string sku, string requests, string throughput, string domain, string tester, string email, string drained)
    {
        using var run = new HookRun();
        Set(run, name, sku, requests, throughput, domain, tester, email, drained);

        var result = await run.RunAsync(shell, "preprovision");

        string[] settings = ["AZURE_ENV_NAME", "FRONT_DOOR_SKU", "REQUESTS_PER_MINUTE", "DATABASE_MAX_THROUGHPUT", "CUSTOM_DOMAIN", "TESTER_ADDRESS", "ALERT_EMAIL"];
        Assert.Equal(
            settings.Zip([name, sku, requests, throughput, domain, tester, email], (s, value) => $"{s} is '{value}'").Append("DRAINED_REGIONS has all regions"),
            result.Errors.Skip(2).Select(line => line.Trim().Replace("PLANET_", "", StringComparison.Ordinal).Split("; allowed")[0]));
    }

    [Theory]
    [InShell("sh", "A-1_(b).c", "Premium_AzureFrontDoor", "10", "1000", "a.b-c.contoso.co", "10.0.0.255", "first.last+x@ops.contoso.com", " eastus ,")]
    [InShell("pwsh", "A-1_(b).c", "Premium_AzureFrontDoor", "10", "1000", "a.b-c.contoso.co", "10.0.0.255", "first.last+x@ops.contoso.com", " eastus ,")]
    [InShell("sh", "1234567890123456789012345678901234567890", null, "", "", "", "", "", "")]
    [InShell("pwsh", "1234567890123456789012345678901234567890", null, "", "", "", "", "", "")]
    public async Task All_of_these_values_are_allowed(
        string shell, string name, string? sku, string requests, string throughput, string domain, string tester, string email, string drained)
    {
        using var run = new HookRun();
        Set(run, name, sku, requests, throughput, domain, tester, email, drained);
        run.Set("AZURE_LOCATION", null);
        run.Set("PLANET_PRIVATE_DATABASE", "on");
        run.Set("PLANET_DELETION_LOCK", "on");
        run.Set("PLANET_BACKUP_TIER", "Continuous30Days");
        run.Set("PLANET_STEWARD_ACTS", "on");
        run.Set("PLANET_MONTHLY_BUDGET", requests);
        run.Set("PLANET_BUDGET_START", requests.Length > 0 ? "2026-12-01" : "");

        var result = await run.RunAsync(shell, "preprovision");

        Assert.Equal([NoAz], result.Errors);
        Assert.Equal(0, result.ExitCode);
    }

    private static void Set(HookRun run, string name, string? sku, string requests, string throughput, string domain, string tester, string email, string drained)
    {
        run.Set("AZURE_ENV_NAME", name);
        run.Set("PLANET_FRONT_DOOR_SKU", sku);
        run.Set("PLANET_REQUESTS_PER_MINUTE", requests);
        run.Set("PLANET_DATABASE_MAX_THROUGHPUT", throughput);
        run.Set("PLANET_CUSTOM_DOMAIN", domain);
        run.Set("PLANET_TESTER_ADDRESS", tester);
        run.Set("PLANET_ALERT_EMAIL", email);
        run.Set("PLANET_DRAINED_REGIONS", drained);
    }
}
