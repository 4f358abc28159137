using System.Text.RegularExpressions;
using System.Xml.Linq;
using Geode.Tests.Azure.Bicep;

namespace Geode.Tests.Azure.Images;

/// <summary>The images: built from all that the project needs and nothing else, run as nobody in particular.</summary>
public sealed class DockerfileTests
{
    public static TheoryData<string> Projects => ["Geode.Api", "Geode.Worker"];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Is_complete_and_not_root(string project) => Assert.Empty(Faults(Sources.OfRepository, project));

    [Theory]
    [InlineData("COPY Geode.ServiceDefaults/ Geode.ServiceDefaults/\n", "", "Geode.ServiceDefaults is not copied")]
    [InlineData("COPY engine/Geode.Service/ engine/Geode.Service/\n", "", "engine/Geode.Service is not copied")]
    [InlineData("COPY engine/Directory.Build.props engine/Directory.Packages.props engine/", "COPY engine/Directory.Build.props engine/", "engine/Directory.Packages.props is not copied before the restore")]
    [InlineData("COPY global.json Directory.Build.props Directory.Packages.props ./", "COPY global.json Directory.Build.props ./", "Directory.Packages.props is not copied before the restore")]
    [InlineData("COPY engine/Geode.Topology/ engine/Geode.Topology/", "COPY engine/Geode.Topology/ engine/Geode.Topology/\nCOPY engine/Geode.Router/ engine/Geode.Router/", "engine/Geode.Router is not needed")]
    [InlineData("COPY global.json", "COPY planet.json global.json", "planet.json is not there")]
    [InlineData("USER $APP_UID\n", "", "root")]
    [InlineData("USER $APP_UID", "USER root", "root")]
    [InlineData("USER $APP_UID", "USER 0", "root")]
    [InlineData("-chiseled", "", "shell")]
    [InlineData("/publish ./", "/source ./", "publishes")]
    [InlineData("Geode.Api.dll", "Geode.dll", "starts")]
    [InlineData("EXPOSE 8080", "EXPOSE 80", "port")]
    [InlineData("aspnet:10.0", "aspnet:9.0", "9.0")]
    [InlineData("--no-restore ", "", "restores twice")]
    public void A_fault_is_found(string old, string replacement, string fault) => Assert.Contains(
        Faults(Sources.OfRepository.With("Geode.Api/Dockerfile", old, replacement), "Geode.Api"), f => f.Contains(fault, StringComparison.Ordinal));

    [Theory]
    [InlineData("engine/Geode.Topology")]
    [InlineData("global.json")]
    public void What_is_ignored_cannot_be_copied(string ignored)
    {
        var sources = Sources.OfRepository.With(".dockerignore", Sources.OfRepository.Read(".dockerignore") + ignored + "\n");

        Assert.Contains(Faults(sources, "Geode.Api"), f => f.Contains($"{ignored} is not there", StringComparison.Ordinal));
    }

    /// <summary>What the host has built, or keeps for itself, has no place in an image.</summary>
    [Theory]
    [InlineData("Geode.Api/bin/Debug/net10.0/Geode.Api.dll", true)]
    [InlineData("Geode.Api/obj/project.assets.json", true)]
    [InlineData(".git/config", true)]
    [InlineData(".azure/dev/.env", true)]
    [InlineData(".geode/logs/router.log", true)]
    [InlineData("Geode.Api/Program.cs", false)]
    [InlineData("Geode.Api/binding.cs", false)]
    [InlineData("geode.json", false)]
    public void The_context_is_clean(string path, bool ignored) => Assert.Equal(ignored, new BuildContext(Sources.OfRepository).Ignores(path));

    private static List<string> Faults(Sources sources, string project)
    {
        var file = Dockerfile.Read(sources, $"{project}/Dockerfile");
        var context = new BuildContext(sources);
        var faults = new List<string>();
        void Expect(bool holds, string what)
        {
            if (!holds)
                faults.Add(what);
        }

        foreach (var source in file.Build.Of("COPY").SelectMany(c => c.Arguments.SkipLast(1)))
        {
            var there = Path.Combine(Sources.Root, source) is var full && (File.Exists(full) || Directory.Exists(full));
            Expect(there && !context.Ignores(source), $"{source.TrimEnd('/')} is not there");
        }

        var restore = file.Build.Instructions.ToList().FindIndex(i => i.Keyword == "RUN" && i.Arguments is ["dotnet", "restore", ..]);
        var beforeRestore = Copied(file.Build.Instructions.Take(restore));
        var all = Copied(file.Build.Instructions);
        var needed = Closure(project);
        string[] packages = ["Directory.Build.props", "Directory.Packages.props"];
        foreach (var name in (string[])["global.json", .. packages, .. packages.Select(p => $"engine/{p}"), .. needed.Select(ProjectFile)])
            Expect(beforeRestore.Contains(name), $"{name} is not copied before the restore");
        foreach (var name in needed)
            Expect(all.Contains($"{name}/"), $"{name} is not copied");
        foreach (var linked in needed.SelectMany(Linked))
            Expect(all.Contains(linked), $"{linked} is not copied");
        foreach (var name in all.Where(c => c.EndsWith('/')).Select(c => c.TrimEnd('/')).Except(needed))
            faults.Add($"{name} is not needed");

        var publish = file.Build.Of("RUN").Last().Arguments;
        Expect(publish is ["dotnet", "publish", ..] && publish[2] == $"{project}/{project}.csproj", "publishes another project");
        Expect(publish.Contains("--no-restore"), "restores twice");
        var output = publish[publish.ToList().IndexOf("-o") + 1];
        Expect(
            file.Final.Of("COPY").ToList() is [{ From: var from, Arguments: [var source2, _] }] && from == file.Build.Name && source2 == output,
            "takes something else than what the build publishes");
        Expect(file.Final.Of("ENTRYPOINT").Single().Arguments.SequenceEqual(["dotnet", $"{project}.dll"]), "starts something else");
        Expect(file.Final.Last("USER") is { } user && user is not ("root" or "0"), "runs as root");
        Expect(file.Final.Image.EndsWith("-chiseled", StringComparison.Ordinal), "has a shell and a package manager");
        Expect(sources.Read("infra/modules/app.bicep").Contains($"var port = {file.Final.Last("EXPOSE")}\n", StringComparison.Ordinal), "another port than Azure asks");
        var framework = Regex.Match(sources.Read("engine/Directory.Build.props"), "<TargetFramework>net([^<]+)<").Groups[1].Value;
        faults.AddRange(file.Stages.Where(s => !s.Image.Contains($":{framework}-", StringComparison.Ordinal)).Select(s => $"{s.Image} is not .NET {framework}"));
        return faults;
    }

    private static HashSet<string> Copied(IEnumerable<Instruction> instructions) =>
        [.. instructions.Where(i => i.Keyword == "COPY").SelectMany(i => i.Arguments.SkipLast(1))];

    /// <summary>A project and those it refers to, directly or not, by their folders.</summary>
    private static HashSet<string> Closure(string project)
    {
        var all = new HashSet<string> { project };
        foreach (var reference in Items(project, "ProjectReference"))
            all.UnionWith(Closure(FromRoot(project, reference)[..^Path.GetFileName(reference).Length].TrimEnd('/')));
        return all;
    }

    /// <summary>Files of other folders that a project builds in.</summary>
    private static IEnumerable<string> Linked(string project) =>
        new[] { "EmbeddedResource", "Content", "None", "Compile" }.SelectMany(kind => Items(project, kind))
            .Where(include => include.StartsWith("../", StringComparison.Ordinal)).Select(include => FromRoot(project, include));

    private static IEnumerable<string> Items(string project, string kind) =>
        XDocument.Load(Path.Combine(Sources.Root, ProjectFile(project))).Descendants(kind)
            .Select(i => i.Attribute("Include")?.Value.Replace('\\', '/')).OfType<string>();

    private static string ProjectFile(string folder) => $"{folder}/{Path.GetFileName(folder)}.csproj";

    private static string FromRoot(string folder, string include) => Sources.Combine(ProjectFile(folder), include);
}
