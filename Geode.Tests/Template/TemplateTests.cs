using System.Text.RegularExpressions;
using System.Xml.Linq;
using Geode.TestKit;
using Geode.Topology;

namespace Geode.Tests.Template;

/// <summary>What <c>dotnet new geode</c> makes is the user's own solution, whatever it is called.</summary>
public sealed class TemplateTests(InstalledTemplate template) : IClassFixture<InstalledTemplate>
{
    public static TheoryData<string, string, string, string[]> Instances => new()
    {
        { "Contoso", "Contoso", "contoso", ["westeurope", "brazilsouth"] },
        { "Contoso.Shop", "Contoso.Shop", "contoso-shop", ["eastus", "japaneast", "uksouth", "westus3"] },
        { "3d my-shop", "_3d_my_shop", "d-my-shop", ["westeurope", "eastus"] },
        { "A", "A", "planeta", ["westeurope", "eastus"] },
        { "A.Name.That.Is.Longer.Than.A.Planets.May.Be", "A.Name.That.Is.Longer.Than.A.Planets.May.Be", "a-name-that-is-longer-than-a-pla", ["westeurope", "eastus"] },
    };

    [Theory]
    [MemberData(nameof(Instances))]
    public async Task Is_all_of_one_name(string name, string prefix, string planetName, string[] regions)
    {
        using var made = await template.NewAsync(name, string.Join(',', regions));

        var files = Directory.EnumerateFiles(made.Path, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(made.Path, f).Replace('\\', '/')).ToList();
        Assert.Contains($"{prefix}.sln", files);
        Assert.Contains($"{prefix}.AppHost/{prefix}.AppHost.csproj", files);
        Assert.DoesNotContain(files, f => f.Contains("Geode.", StringComparison.Ordinal));
        Assert.All(files, f => Assert.DoesNotMatch(@"\bGeode\.|Projects\.Geode_|name: geode\b", File.ReadAllText(made.At(f))));
        Assert.Empty(MissingProjects(made.Path, $"{prefix}.sln"));
        AssertPlanet(made.At("geode.json"), planetName, regions);
        Assert.Contains($"name: {planetName}\n", File.ReadAllText(made.At("azure.yaml")));
    }

    [Fact]
    public async Task Holds_all_of_the_repository_but_what_is_only_its_own()
    {
        using var made = await template.NewAsync("Contoso", "westeurope,brazilsouth");

        string[] left = [".git", ".ci", ".template.config", "LICENSE", "Geode.Tests/Template", ".github/workflows/template.yml", "docs/template.md"];
        Assert.All(left, path => Assert.False(Path.Exists(made.At(path.Replace("Geode.", "Contoso.", StringComparison.Ordinal))), path));
        string[] folders = ["docs", "infra", ".github", "engine", .. Directory.EnumerateDirectories(RepositoryFiles.Root, "Geode.*").Select(f => Path.GetFileName(f))];
        Assert.All(folders, folder => Assert.Equal(Sources(RepositoryFiles.At(folder)), Sources(made.At(folder.Replace("Geode.", "Contoso.", StringComparison.Ordinal)))));

        static IEnumerable<string> Sources(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(folder, f).Replace('\\', '/').Replace("Geode.", "Contoso.", StringComparison.Ordinal))
            .Where(f => !Regex.IsMatch(f, @"(^|/)(bin|obj|Template|TestResults|node_modules)/|\.user$|^(workflows/)?template\.")).Order(StringComparer.Ordinal);
    }

    /// <summary>The engine would take conditions of the compiler and of the build for its own, and evaluate them.</summary>
    [Fact]
    public async Task Differs_from_the_repository_in_names_regions_and_what_is_only_the_repositorys()
    {
        using var made = await template.NewAsync("Contoso", "westeurope,brazilsouth");
        (string Here, string There)[] renamed =
        [
            ("Geode.", "Contoso."), ("Projects.Geode_", "Projects.Contoso_"), ("geode-apphost", "contoso-apphost"), ("name: geode\nmetadata:", "name: contoso\nmetadata:"),
            ("geode.schema.json\",\n  \"name\": \"geode\"", "geode.schema.json\",\n  \"name\": \"contoso\""),
            ("{ \"name\": \"eastus\" },\n    { \"name\": \"southeastasia\" }", "{ \"name\": \"brazilsouth\" }"),
        ];

        var files = Directory.EnumerateFiles(made.Path, "*", SearchOption.AllDirectories).ToList();

        Assert.NotEmpty(files);
        Assert.All(files, file =>
        {
            var original = RepositoryFiles.At(Path.GetRelativePath(made.Path, file).Replace("Contoso.", "Geode.", StringComparison.Ordinal));
            var expected = Regex.Replace(File.ReadAllText(original), @"<!--#if \(inRepository\) -->\n.*?<!--#endif -->\n", "", RegexOptions.Singleline);
            Assert.Equal(renamed.Aggregate(expected, (text, names) => text.Replace(names.Here, names.There, StringComparison.Ordinal)), File.ReadAllText(file));
        });
        Assert.DoesNotContain("template.md", File.ReadAllText(made.At("README.md")), StringComparison.Ordinal);
    }

    /// <summary>Where one is after <c>dotnet new install .</c>: what was made there before, and what is being made, is nobody's source.</summary>
    [Fact]
    public async Task Can_be_made_in_the_clone_itself_and_again()
    {
        using var clone = new TemporaryFolder();
        foreach (var file in (string[])["geode.json", "azure.yaml", "Geode.Api/Geode.Api.csproj", "docs/planet.md", ".template.config/template.json"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(clone.At(file))!);
            File.Copy(RepositoryFiles.At(file), clone.At(file));
        }

        var installed = new InstalledTemplate(clone.Path);
        await installed.InitializeAsync();
        try
        {
            foreach (var name in (string[])["Contoso", "Fabrikam"])
            {
                await installed.NewAsync(name, null, clone.At(name));
                Assert.Equal(
                    [$"{name}.Api/{name}.Api.csproj", "azure.yaml", "docs/planet.md", "geode.json"],
                    Directory.EnumerateFiles(clone.At(name), "*", SearchOption.AllDirectories)
                        .Select(f => Path.GetRelativePath(clone.At(name), f).Replace('\\', '/')).Order(StringComparer.Ordinal));
            }
        }
        finally
        {
            await installed.DisposeAsync();
        }
    }

    [Fact]
    public async Task Has_the_repositorys_regions_unless_told_otherwise()
    {
        using var made = await template.NewAsync("Contoso", null);

        AssertPlanet(made.At("geode.json"), "contoso", [.. PlanetLoader.Load(RepositoryFiles.At("geode.json")).RegionNames]);
    }

    /// <summary>A project file that is not where the solution, or another one, says it is.</summary>
    private static IEnumerable<string> MissingProjects(string root, string solution)
    {
        var listed = Regex.Matches(File.ReadAllText(Path.Combine(root, solution)), "\"([^\"]+\\.csproj)\"").Select(m => m.Groups[1].Value.Replace('\\', '/')).ToList();
        Assert.NotEmpty(listed);
        var referred = listed.Where(p => File.Exists(Path.Combine(root, p))).SelectMany(project => XDocument.Load(Path.Combine(root, project))
            .Descendants("ProjectReference").Select(r => Path.Combine(Path.GetDirectoryName(project)!, r.Attribute("Include")!.Value.Replace('\\', '/'))));
        return listed.Concat(referred).Where(p => !File.Exists(Path.Combine(root, p)));
    }

    private static void AssertPlanet(string path, string name, string[] regions)
    {
        var planet = PlanetLoader.Load(path);
        Assert.Equal(name, planet.Name);
        Assert.Equal(regions, planet.RegionNames);
        Assert.Matches("^[a-z0-9][a-z0-9-]*[a-z0-9]$", planet.Name);
    }
}
