using System.Text.RegularExpressions;
using Geode.Tests.Azure.Bicep;
using Geode.Topology;

namespace Geode.Tests.Azure;

/// <summary>Names are legal and unique, whatever the environment is called and wherever the planet is.</summary>
public sealed class NamesTests
{
    /// <summary>The shortest, the longest, and every odd character that azd allows, at either end.</summary>
    [BicepTheory]
    [InlineData("m", 2)]
    [InlineData("-", 2)]
    [InlineData(".", 2)]
    [InlineData("Z-().-_z", 2)]
    [InlineData("__()--..0000000000111111111122222222223.", 3)]
    [InlineData("(MMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMM)", 7)]
    [InlineData("----------------------------------------", 2)]
    [InlineData("........................................", 2)]
    public async Task Are_legal_and_unique_in_any_environment(string name, int regions)
    {
        var azd = await Azd.UpAsync(Sources.OfRepository.WithRegions(Planets.Seven.Take(regions)), name);

        Assert.Empty(AzureNames.Faults([.. azd.Resources]));
    }

    [BicepFact]
    public async Task Are_legal_and_unique_in_every_region_of_Azure()
    {
        var azd = await Azd.UpAsync(Sources.OfRepository.WithRegions(AzureRegions.All.Select(r => r.Name)), new string('m', 40));

        Assert.Empty(AzureNames.Faults([.. azd.Resources]));
        Assert.Equal(2 * AzureRegions.All.Count, azd.Apps.Count());
    }

    [BicepTheory]
    [InlineData(0)]
    [InlineData(41)]
    public async Task Environment_names_have_1_to_40_characters(int length)
    {
        var refused = await Assert.ThrowsAsync<BicepException>(() => Azd.ProvisionAsync(Sources.OfRepository, new string('e', length)));

        Assert.Contains("length", refused.Message);
    }

    [BicepTheory]
    [InlineData("dev", "prod")]
    [InlineData("dev", "dev-westeurope")]
    [InlineData("dev-global", "dev")]
    public async Task Environments_share_no_group_and_no_global_name(string one, string other)
    {
        string[] global = ["resourceGroups", "registries", "databaseAccounts", "storageAccounts", "afdEndpoints"];
        async Task<IEnumerable<string>> NamesAsync(string environment) => (await Azd.ProvisionAsync(Sources.OfRepository, environment)).Resources
            .Where(r => global.Contains(r.Type.Split('/')[^1])).Select(r => r.Name.Split('/')[^1].ToLowerInvariant());

        Assert.Empty((await NamesAsync(one)).Intersect(await NamesAsync(other)));
    }

    /// <summary>Container Apps makes a group of its own for each of its environments.</summary>
    [BicepFact]
    public async Task The_platforms_own_groups_are_legal_and_unique()
    {
        var azd = await Azd.ProvisionAsync(Sources.OfRepository.WithRegions(Planets.Seven), new string('e', 40));
        var groups = azd.Resources.Where(r => r.Type == "Microsoft.App/managedEnvironments")
            .Select(r => r.Body.At("properties", "infrastructureResourceGroup").Text()).ToList();

        Assert.Equal(7, groups.Distinct().Count());
        Assert.All(groups, name => Assert.Matches(@"^[\w().-]{1,89}[\w()-]$", name));
        Assert.Empty(groups.Intersect(azd.Resources.Where(r => r.Type.EndsWith("/resourceGroups", StringComparison.Ordinal)).Select(r => r.Name)));
    }

    /// <summary>A revision is called by its app's name, two hyphens and its own.</summary>
    [BicepFact]
    public async Task Revisions_are_legal_and_the_same_in_every_region()
    {
        var apps = (await Azd.UpAsync(Sources.OfRepository.WithRegions(Planets.Seven))).Apps.ToList();
        var suffixes = apps.Select(r => r.Body.At("properties", "template", "revisionSuffix").Text()).Distinct().ToList();

        Assert.Equal(14, apps.Count);
        Assert.Matches("^[a-z](?!.*--)[a-z0-9-]*[a-z0-9]$", Assert.Single(suffixes));
        Assert.All(apps, app => Assert.InRange($"{app.Name}--{suffixes[0]}".Length, 1, 54));
    }

    /// <summary>The images' repositories carry the project's and the environment's names, which azd lowers.</summary>
    [Fact]
    public void The_project_is_called_as_azd_allows() =>
        Assert.Matches(new Regex("^[a-z0-9][a-z0-9-]*[a-z0-9]$"), AzureYaml.Read(Sources.OfRepository)["name"]);

    [BicepTheory]
    [InlineData("cr{0}", "cr-{0}", "registries may not be called")]
    [InlineData("cosmos-{0}", "cosmos-account-of-the-planet-called-{0}", "databaseAccounts may not be called")]
    [InlineData("cae-{0}", "container-apps-environment-{0}", "managedEnvironments may not be called")]
    [InlineData("waf{0}", "waf_{0}", "Policies may not be called")]
    [InlineData("rg-{0}-{1}\"", "rg-{0}-geode\"", "resourceGroups rg-dev-geode is there")]
    [InlineData("rg-{0}-global", "rg-of-the-environment-that-is-called-{0}-with-all-that-is-global", "resourceGroups may not be called")]
    [InlineData("rg-{0}-global", "rg-global-{0}.", "resourceGroups may not be called")]
    public async Task A_bad_pattern_is_found(string pattern, string bad, string fault)
    {
        var sources = Sources.OfRepository.With("infra/names.json", pattern, bad);

        var (ordinary, longest) = (await Azd.ProvisionAsync(sources), await Azd.ProvisionAsync(sources, new string('e', 40)));

        Assert.Contains(AzureNames.Faults(ordinary.Main.Resources).Concat(AzureNames.Faults(longest.Main.Resources)), f => f.Contains(fault, StringComparison.Ordinal));
    }
}
