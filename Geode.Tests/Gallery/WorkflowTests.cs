using System.Text.RegularExpressions;
using Geode.TestKit;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Geode.Tests.Gallery;

/// <summary>The pipelines can be read, may do no more than they have to, end at some time, and build as everybody builds.</summary>
public sealed partial class WorkflowTests
{
    private const string Folder = ".github/workflows";

    public static TheoryData<string> Workflows => [.. Below(Folder)];

    public static TheoryData<string> Forms => [.. Below(".github/ISSUE_TEMPLATE").Where(path => !path.EndsWith("config.yml", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Is_sound(string path) => Assert.Equal([], Faults(Read(path)));

    [Theory]
    [InlineData("build.yml", "permissions:\n  contents: read\n", "", "permissions")]
    [InlineData("build.yml", "contents: read", "contents: write", "permissions")]
    [InlineData("build.yml", "    timeout-minutes: 20\n", "", "images: no timeout")]
    [InlineData("build.yml", "actions/checkout@v7", "actions/checkout", "actions/checkout: no version")]
    [InlineData("build.yml", "actions/setup-dotnet@v6", "actions/setup-dotnet@main", "actions/setup-dotnet@main: no version")]
    [InlineData("build.yml", "concurrency:\n  group: build-${{ github.ref }}\n  cancel-in-progress: true\n", "", "images: no concurrency")]
    [InlineData("build.yml", "jobs:\n", "jobs:\n\t- a tab\n", "cannot be read")]
    [InlineData("build.yml", "      - run: bash .ci/run\n", "      - run: az login\n", "everything: signs in without id-token")]
    [InlineData("azure-dev.yml", "      id-token: write\n", "", "deploy: signs in without id-token")]
    [InlineData("azure-dev.yml", "      contents: read\n      id-token: write\n", "      contents: write\n      id-token: write\n", "deploy: contents: write")]
    [InlineData("azure-dev.yml", "Log in", "Enter", null)]
    public void What_is_unsound_is_found(string file, string old, string replacement, string? fault)
    {
        var text = Read($"{Folder}/{file}");
        Assert.Contains(old, text, StringComparison.Ordinal);
        var faults = Faults(text.Replace(old, replacement, StringComparison.Ordinal));
        if (fault is null)
            Assert.Empty(faults);
        else
            Assert.Contains(faults, f => f.Contains(fault, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_form_asks_something(string path)
    {
        var form = Map(Read(path));
        Assert.NotEqual("", Scalar(form, "name"));
        Assert.NotEqual("", Scalar(form, "description"));
        var asked = Children(form, "body").Cast<YamlMappingNode>().Where(item => Scalar(item, "type") != "markdown").ToList();
        Assert.NotEmpty(asked);
        Assert.All(asked, item => Assert.NotEqual("", Scalar((YamlMappingNode)item["attributes"], "label")));
        Assert.Distinct(asked.Select(item => Scalar(item, "id")));
    }

    /// <summary>A fork of the pipelines from what people run would show nobody's mistakes but its own.</summary>
    [Fact]
    public void Builds_with_the_commands_of_the_script()
    {
        var workflow = Read($"{Folder}/build.yml");
        Assert.Equal(["bash .ci/run"], Runs(workflow, "everything"));
        Assert.Equal(Script(Read(".ci/run")), Runs(workflow, "solution"));
        Assert.NotEqual(Script(Read(".ci/run").Replace(" -warnaserror", "", StringComparison.Ordinal)), Runs(workflow, "solution"));
    }

    private static List<string> Faults(string text)
    {
        YamlMappingNode workflow;
        try
        {
            workflow = Map(text);
        }
        catch (YamlException wrong)
        {
            return [$"cannot be read: {wrong.Message}"];
        }

        var faults = new List<string>();
        if (!Has(workflow, "permissions") || Permissions(workflow) is not ["contents: read"])
            faults.Add("permissions of the whole are not: contents: read");
        foreach (var (key, value) in (YamlMappingNode)workflow["jobs"])
        {
            var (name, job) = ($"{key}", (YamlMappingNode)value);
            if (!Has(job, "timeout-minutes"))
                faults.Add($"{name}: no timeout");
            if (!Has(job, "concurrency") && !Has(workflow, "concurrency"))
                faults.Add($"{name}: no concurrency");

            var granted = Has(job, "permissions") ? Permissions(job) : [];
            faults.AddRange(granted.Except(["contents: read", "id-token: write"]).Select(permission => $"{name}: {permission}"));
            var steps = Children(job, "steps").Cast<YamlMappingNode>().ToList();
            var signsIn = steps.Any(step => SignsIn().IsMatch(Scalar(step, "run") + Scalar(step, "uses")));
            if (signsIn != granted.Contains("id-token: write"))
                faults.Add(signsIn ? $"{name}: signs in without id-token" : $"{name}: an id-token for nothing");
            faults.AddRange(steps.Select(step => Scalar(step, "uses")).Where(uses => uses.Length > 0 && !Versioned().IsMatch(uses)).Select(uses => $"{uses}: no version"));
        }

        return faults;
    }

    private static IEnumerable<string> Runs(string workflow, string job) =>
        Children((YamlMappingNode)Map(workflow)["jobs"][job], "steps").Select(step => Scalar((YamlMappingNode)step, "run")).Where(run => run.Length > 0);

    /// <summary>The commands of <c>.ci/run</c>, with the folder that a pipeline can keep.</summary>
    private static IEnumerable<string> Script(string text) =>
        DotnetLine().Matches(text.Replace(" \\\n ", "", StringComparison.Ordinal)).Select(line => line.Groups[1].Value.Replace("\"$results\"", "TestResults", StringComparison.Ordinal));

    private static List<string> Permissions(YamlMappingNode node) => [.. ((YamlMappingNode)node["permissions"]).Select(p => $"{p.Key}: {p.Value}")];

    private static YamlMappingNode Map(string text)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        return (YamlMappingNode)yaml.Documents.Single().RootNode;
    }

    private static bool Has(YamlMappingNode node, string key) => node.Children.ContainsKey(new YamlScalarNode(key));

    private static string Scalar(YamlMappingNode node, string key) => Has(node, key) ? $"{node[key]}" : "";

    private static YamlSequenceNode Children(YamlNode node, string key) => (YamlSequenceNode)node[key];

    private static IEnumerable<string> Below(string folder) =>
        Directory.EnumerateFiles(RepositoryFiles.At(folder.Split('/')), "*.yml").Select(path => $"{folder}/{Path.GetFileName(path)}").Order(StringComparer.Ordinal);

    private static string Read(string path) => File.ReadAllText(RepositoryFiles.At(path.Split('/')));

    [GeneratedRegex(@"^[A-Za-z-]+/[A-Za-z-]+@v\d+$")]
    private static partial Regex Versioned();

    [GeneratedRegex(@"azd auth login|az login|Azure/login@")]
    private static partial Regex SignsIn();

    [GeneratedRegex(@"^(?:nice -n \d+ )?(dotnet .*?)(?: (?:\|\||>).*)?$", RegexOptions.Multiline)]
    private static partial Regex DotnetLine();
}
