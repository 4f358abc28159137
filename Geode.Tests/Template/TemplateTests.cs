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

    private const int MostFiles = 180;

    /// <summary>What is only the repository's own.</summary>
    private static readonly string[] Left =
        [".git", ".ci", ".template.config", "LICENSE", "Geode.Tests/Template", "Geode.Tests/Docs", "Geode.Tests/House", "Geode.Tests/Azure", "Geode.Tests/Gallery", "Geode.Tests/Page", ".github/CONTRIBUTING.md", ".github/ISSUE_TEMPLATE", ".github/workflows/template.yml", "docs/template.md", "docs/images", "engine/Geode.Bench", "engine/Geode.Topology.Tests"];

    /// <summary>What is easily forgotten: folders that begin with a dot, scripts.</summary>
    private static readonly string[] Kept = [".devcontainer/devcontainer.json", ".github/workflows/azure-dev.yml", ".github/workflows/build.yml", "infra/drill.sh", "infra/rollout.sh"];

    [Theory]
    [MemberData(nameof(Instances))]
    public async Task Is_all_of_one_name(string name, string prefix, string planetName, string[] regions)
    {
        using var made = await template.NewAsync(name, string.Join(',', regions));

        var files = Instance.Files(made.Path);
        Assert.Contains($"{prefix}.sln", files);
        Assert.Contains($"{prefix}.AppHost/{prefix}.AppHost.csproj", files);
        Assert.DoesNotContain(files, f => f.StartsWith("Geode.", StringComparison.Ordinal));
        Assert.All(OutsideTheEngine(files), f => Assert.Equal(Instance.Renamed(f, prefix), f));
        Assert.All(OutsideTheEngine(files), f => Assert.DoesNotMatch(@"\bGeode\.(Api|AppHost|ServiceDefaults|Tests|Worker|sln)\b|Projects\.Geode_(Api|AppHost|Worker)|name: geode\b", File.ReadAllText(made.At(f))));
        Assert.Empty(MissingProjects(made.Path, $"{prefix}.sln"));
        AssertPlanet(made.At("geode.json"), planetName, regions);
        Assert.Contains($"name: {planetName}\n", File.ReadAllText(made.At("azure.yaml")));
    }

    [Fact]
    public async Task Is_small_outside_of_the_engine()
    {
        using var made = await template.NewAsync("Contoso", "westeurope,brazilsouth");

        var own = OutsideTheEngine(Instance.Files(made.Path)).ToList();

        Assert.True(own.Count is > 50 and <= MostFiles, $"{own.Count} files outside of engine/:\n{string.Join('\n', own)}");
        Assert.All(Kept, path => Assert.Contains(path, own));
        Assert.All(Left, path => Assert.False(Path.Exists(made.At(path.Replace("Geode.", "Contoso.", StringComparison.Ordinal))), path));
    }

    [Fact]
    public async Task Has_the_engine_byte_for_byte_under_its_own_names()
    {
        using var made = await template.NewAsync("Contoso", "westeurope,brazilsouth");

        var engine = Instance.Engine();

        Assert.Contains("Geode.Topology/Geode.Topology.csproj", engine);
        Assert.Equal(engine, Instance.Files(made.At("engine")));
        Assert.All(engine, file => Assert.Equal(File.ReadAllBytes(RepositoryFiles.At("engine", file)), File.ReadAllBytes(made.At("engine", file))));
        Assert.All(engine, file => Assert.DoesNotContain("Contoso", File.ReadAllText(made.At("engine", file)), StringComparison.Ordinal));
    }

    /// <summary>The template engine would take conditions of the compiler and of the build for its own, and evaluate them.</summary>
    [Fact]
    public async Task Differs_from_the_repository_in_names_regions_and_what_is_only_the_repositorys()
    {
        using var made = await template.NewAsync("Contoso", "westeurope,brazilsouth");
        (string Here, string There)[] renamed =
        [
            ("geode-apphost", "contoso-apphost"), ("name: geode\nmetadata:", "name: contoso\nmetadata:"),
            ("geode.schema.json\",\n  \"name\": \"geode\"", "geode.schema.json\",\n  \"name\": \"contoso\""),
            ("os: [windows-latest, macos-latest]", "os: [ubuntu-latest, windows-latest, macos-latest]"),
            ("{ \"name\": \"eastus\" },\n    { \"name\": \"southeastasia\" }", "{ \"name\": \"brazilsouth\" }"),
        ];

        Assert.All(OutsideTheEngine(Instance.Files(made.Path)).Except(["Contoso.sln"]), file =>
        {
            var expected = Instance.Renamed(File.ReadAllText(RepositoryFiles.At(file.Replace("Contoso.", "Geode.", StringComparison.Ordinal))), "Contoso");
            Assert.Equal(renamed.Aggregate(expected, (text, names) => text.Replace(names.Here, names.There, StringComparison.Ordinal)), File.ReadAllText(made.At(file)));
        });
        Assert.DoesNotContain("template.md", File.ReadAllText(made.At("README.md")), StringComparison.Ordinal);
    }

    /// <summary>Where one is after <c>dotnet new install .</c>: what was made there before, and what is being made, is nobody's source.</summary>
    [Fact]
    public async Task Can_be_made_in_the_clone_itself_and_again()
    {
        using var clone = new TemporaryFolder();
        foreach (var file in (string[])["geode.json", "azure.yaml", "Geode.Api/Geode.Api.csproj", "docs/page.md", "engine/geode.schema.json", ".template.config/template.json", ".template.config/instance/Geode.sln"])
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
                    [$"{name}.Api/{name}.Api.csproj", $"{name}.sln", "azure.yaml", "docs/page.md", "engine/geode.schema.json", "geode.json"],
                    Instance.Files(clone.At(name)));
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

    private static IEnumerable<string> OutsideTheEngine(IEnumerable<string> files) => files.Where(f => !f.StartsWith("engine/", StringComparison.Ordinal));

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
