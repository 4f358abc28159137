using System.IO.Compression;
using System.Xml.Linq;
using Geode.TestKit;

namespace Geode.Tests.Packages;

/// <summary>What of the engine others can use alone: libraries and tools, each with what one has to know to use it.</summary>
public sealed class PackageTests(PackedEngine packed) : IClassFixture<PackedEngine>
{
    public static TheoryData<string> Libraries => ["Geode.Topology", "Geode.Foresight", "Geode.Personal", "Geode.Personal.Training", "Geode.Runtime", "Geode.Service"];

    public static TheoryData<string, string> Tools => new() { { "Geode.Backplane", "geode-backplane" }, { "Geode.Cli", "geode" }, { "Geode.Router", "geode-router" } };

    [Fact]
    public void There_are_these_and_no_others() =>
        Assert.Equal(Libraries.Concat(Tools.Select(t => (string)t[0])).Select(p => (string)p).Order(), packed.Names.Order());

    [Theory]
    [MemberData(nameof(Libraries))]
    public void A_library_has_its_assembly_and_its_documentation(string name)
    {
        using var package = packed.Open(name);

        AssertDescribed(package, name);
        Assert.Contains(package.Entries, e => e.FullName == $"lib/net10.0/{name}.dll");
        Assert.Contains(package.Entries, e => e.FullName == $"lib/net10.0/{name}.xml");
        Assert.Contains($"dotnet add package {name}\n", Readme(package));
    }

    [Theory]
    [MemberData(nameof(Tools))]
    public void A_tool_has_its_command(string name, string command)
    {
        using var package = packed.Open(name);

        AssertDescribed(package, name);
        var settings = package.Entries.Single(e => e.Name == "DotnetToolSettings.xml");
        using var stream = settings.Open();
        Assert.Equal(command, XDocument.Load(stream).Descendants("Command").Single().Attribute("Name")!.Value);
        Assert.Contains($"dotnet tool install --global {name}\n", Readme(package));
        Assert.Contains($"\n{command} ", Readme(package));
    }

    [Fact]
    public async Task What_the_tool_answers_needs_nothing_of_this_repository()
    {
        using var folder = new TemporaryFolder();
        Dictionary<string, string?> environment = new() { ["DOTNET_CLI_HOME"] = folder.Path, ["DOTNET_NOLOGO"] = "1", ["NUGET_PACKAGES"] = Path.Combine(folder.Path, "packages") };
        await Command.RunAsync(
            folder.Path, environment, "dotnet", "tool", "install", "Geode.Cli", "--tool-path", folder.Path, "--source", packed.Folder);
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "geode.json"), """{ "regions": ["westeurope", "eastus"] }""");

        var answer = await Command.RunAsync(folder.Path, environment, Path.Combine(folder.Path, "geode"), "cost", "--requests-per-second", "200");

        Assert.Contains("westeurope", answer.Output, StringComparison.Ordinal);
        Assert.Contains("Container Apps", answer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_service_brings_the_page_of_the_planet()
    {
        using var package = packed.Open("Geode.Service");

        var page = package.Entries.Select(e => e.FullName).Where(f => f.StartsWith("contentFiles/any/any/wwwroot/", StringComparison.Ordinal)).ToList();

        Assert.Contains("contentFiles/any/any/wwwroot/planet.html", page);
        Assert.Contains("contentFiles/any/any/wwwroot/js/planet/map.js", page);
        Assert.All(Specification(package).Descendants().Where(e => e.Name.LocalName == "files"), e => Assert.Equal("true", e.Attribute("copyToOutput")?.Value));
    }

    private static void AssertDescribed(ZipArchive package, string name)
    {
        var metadata = Specification(package).Descendants().Single(e => e.Name.LocalName == "metadata");
        string? Value(string element) => metadata.Elements().SingleOrDefault(e => e.Name.LocalName == element)?.Value;
        Assert.Equal(name, Value("id"));
        Assert.Matches(@"^\d+\.\d+\.\d+", Value("version"));
        Assert.Equal("MIT", Value("license"));
        Assert.Equal("README.md", Value("readme"));
        Assert.Contains("geode", Value("tags"));
        Assert.InRange(Value("description")!.Length, 40, 300);
        // A package's page has nothing to follow a relative link to.
        Assert.DoesNotContain("](", Readme(package).Replace("](http", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.InRange(Readme(package).Split('\n').Length, 10, 60);
    }

    private static XDocument Specification(ZipArchive package)
    {
        using var stream = package.Entries.Single(e => e.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return XDocument.Load(stream);
    }

    private static string Readme(ZipArchive package)
    {
        using var reader = new StreamReader(package.GetEntry("README.md")!.Open());
        return reader.ReadToEnd();
    }
}
