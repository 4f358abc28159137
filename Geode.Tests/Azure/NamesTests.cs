using System.Text.RegularExpressions;
using Geode.Tests.Azure.Bicep;
using Geode.Topology;

namespace Geode.Tests.Azure;

/// <summary>Names are legal and unique, whatever the environment is called and wherever the planet is.</summary>
public sealed class NamesTests
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-()_.";

    /// <summary>The longest, the shortest, every character azd allows at either end, and a sample of the rest.</summary>
    private static IEnumerable<string> EnvironmentNames()
    {
        var random = new Random(7);
        string OfLength(int length) => new([.. Enumerable.Range(0, length).Select(_ => Alphabet[random.Next(Alphabet.Length)])]);
        return [.. Alphabet.Select(c => c.ToString()), .. Alphabet.Select(c => new string(c, 40)), .. Enumerable.Range(1, 40).Select(OfLength)];
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Are_legal_and_unique_in_any_environment(int regions)
    {
        var sources = Sources.OfRepository.WithRegions(Planets.Seven.Take(regions));

        Assert.All(EnvironmentNames(), name => Assert.Empty(AzureNames.Faults([.. Azd.Up(sources, name).Resources])));
    }

    [Fact]
    public void Are_legal_and_unique_in_every_region_of_Azure()
    {
        var sources = Sources.OfRepository.WithRegions(AzureRegions.All.Select(r => r.Name));

        Assert.Empty(AzureNames.Faults([.. Azd.Up(sources, new string('m', 40)).Resources]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(41)]
    public void Environment_names_have_1_to_40_characters(int length) =>
        Assert.Contains("environmentName", Assert.Throws<BicepException>(() => Azd.Up(Sources.OfRepository, new string('e', length))).Message);

    [Theory]
    [InlineData("dev", "prod")]
    [InlineData("dev", "dev-westeurope")]
    [InlineData("dev-global", "dev")]
    public void Environments_share_no_group_and_no_global_name(string one, string other)
    {
        string[] global = ["resourceGroups", "registries", "databaseAccounts", "storageAccounts", "afdEndpoints"];
        IEnumerable<string> Names(string environment) => Azd.Up(Sources.OfRepository, environment).Main.Resources
            .Where(r => global.Contains(r.Type.Split('/')[^1])).Select(r => r.Name.Split('/')[^1].ToLowerInvariant());

        Assert.Empty(Names(one).Intersect(Names(other)));
    }

    /// <summary>Container Apps makes a group of its own for each of its environments.</summary>
    [Fact]
    public void The_platforms_own_groups_are_legal_and_unique()
    {
        var azd = Azd.Up(Sources.OfRepository.WithRegions(Planets.Seven), new string('e', 40));
        var groups = azd.Resources.Where(r => r.Type == "Microsoft.App/managedEnvironments")
            .Select(r => r.Body.At("properties", "infrastructureResourceGroup").Text()).ToList();

        Assert.Equal(7, groups.Distinct().Count());
        Assert.All(groups, name => Assert.Matches(@"^[\w().-]{1,89}[\w()-]$", name));
        Assert.Empty(groups.Intersect(azd.Resources.Where(r => r.Type.EndsWith("/resourceGroups", StringComparison.Ordinal)).Select(r => r.Name)));
    }

    /// <summary>A revision is called by its app's name, two hyphens and its own.</summary>
    [Fact]
    public void Revisions_are_legal_and_the_same_in_every_region()
    {
        var apps = Azd.Up(Sources.OfRepository.WithRegions(Planets.Seven)).Resources.Where(r => r.Type == "Microsoft.App/containerApps").ToList();
        var suffixes = apps.Select(r => r.Body.At("properties", "template", "revisionSuffix").Text()).Distinct().ToList();

        Assert.Equal(14, apps.Count);
        Assert.Matches("^[a-z](?!.*--)[a-z0-9-]*[a-z0-9]$", Assert.Single(suffixes));
        Assert.All(apps, app => Assert.InRange($"{app.Name}--{suffixes[0]}".Length, 1, 54));
    }

    /// <summary>The images' repositories carry the project's and the environment's names, which azd lowers.</summary>
    [Fact]
    public void The_project_is_called_as_azd_allows() =>
        Assert.Matches(new Regex("^[a-z0-9][a-z0-9-]*[a-z0-9]$"), AzureYaml.Read(Sources.OfRepository)["name"]);

    [Theory]
    [InlineData("cr{0}", "cr-{0}", "registries may not be called")]
    [InlineData("cosmos-{0}", "cosmos-account-of-the-planet-called-{0}", "databaseAccounts may not be called")]
    [InlineData("cae-{0}", "container-apps-environment-{0}", "managedEnvironments may not be called")]
    [InlineData("waf{0}", "waf_{0}", "Policies may not be called")]
    [InlineData("rg-{0}-{1}\"", "rg-{0}-geode\"", "resourceGroups rg-dev-geode is there")]
    [InlineData("rg-{0}-global", "rg-of-the-environment-that-is-called-{0}-with-all-that-is-global", "resourceGroups may not be called")]
    [InlineData("rg-{0}-global", "rg-global-{0}.", "resourceGroups may not be called")]
    public void A_bad_pattern_is_found(string pattern, string bad, string fault)
    {
        var sources = Sources.OfRepository.With("infra/names.json", pattern, bad);

        var faults = new[] { "dev", new string('e', 40) }.SelectMany(name => AzureNames.Faults([.. Azd.Up(sources, name).Resources]));

        Assert.Contains(faults, f => f.Contains(fault, StringComparison.Ordinal));
    }
}
