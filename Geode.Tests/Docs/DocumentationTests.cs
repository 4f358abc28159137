using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Geode.Backplane.Faults;
using Geode.Control.Terminal;
using Geode.TestKit;
using Geode.Topology;

namespace Geode.Tests.Docs;

/// <summary>What the documents say can be done can be done.</summary>
public sealed partial class DocumentationTests
{
    private static readonly string[] Groups = ["backplane", "router", "steward", "tenants", "attachments", "ports"];
    private static readonly JsonNode Schema = JsonNode.Parse(File.ReadAllText(RepositoryFiles.At("engine", "geode.schema.json")))!;

    [Fact]
    public void Links_lead_somewhere()
    {
        var links = MarkdownFile.All.SelectMany(d => d.RelativeLinks.Select(link => (File: d, Link: link))).ToList();
        Assert.NotEmpty(links);
        Assert.All(links, l =>
        {
            var target = l.Link.File.Length == 0 ? l.File.Path : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(l.File.Path)!, l.Link.File));
            Assert.True(Path.Exists(target), $"{l.File}: {l.Link.File} leads nowhere");
            Assert.True(
                l.Link.Heading.Length == 0 || MarkdownFile.All.Single(d => d.Path == target).Headings.Contains(l.Link.Heading),
                $"{l.File}: {l.Link.File} has no heading {l.Link.Heading}");
        });
    }

    [Fact]
    public void Example_planets_are_planets()
    {
        var examples = MarkdownFile.All.SelectMany(d => d.Blocks("json").Select(json => (File: d, Json: json)))
            .Where(e => JsonNode.Parse(e.Json) is JsonObject o && o.ContainsKey("regions"))
            .ToList();
        Assert.True(examples.Count >= 2, "the documents show no planet");
        Assert.All(examples, e => PlanetLoader.Parse(e.Json, e.File.ToString()));
    }

    [Fact]
    public void Every_setting_of_the_planet_is_explained()
    {
        var text = MarkdownFile.Named("planet.md").Text;
        string[] settings =
        [
            .. Settings().Except(["$schema", .. Groups]),
            .. Settings("$defs", "region").Except(["name"]),
            .. Groups.SelectMany(group => Settings("properties", group).Select(s => $"{group}.{s}")),
        ];
        Assert.All(settings, s => Assert.Matches($@"[`.]{Regex.Escape(s)}(\[\])?`", text));
    }

    [Fact]
    public void Table_of_containers_is_the_catalog()
    {
        var rows = MarkdownFile.Named("backplane.md").Rows.SelectMany(r => Code().Matches(r[0]).Select(name => (Name: name.Groups[1].Value, Key: r[1].Trim('`'))));
        Assert.Equal(
            ContainerCatalog.Load(RepositoryFiles.At("containers.json")).Select(c => (c.Name, string.Join(", ", c.PartitionKey))).Order(),
            rows.Order());
    }

    [Fact]
    public void Outage_modes_are_those_of_the_backplane()
    {
        var paragraph = MarkdownFile.Named("local.md").Text.Split("\n\n").Single(p => p.StartsWith("Outage modes:", StringComparison.Ordinal));
        var modes = Enum.GetValues<OutageMode>().Select(m => JsonNamingPolicy.KebabCaseLower.ConvertName(m.ToString()));
        Assert.Equal(modes.Order(), Code().Matches(paragraph).Select(m => m.Groups[1].Value).Order());
    }

    [Fact]
    public void Options_of_the_local_planet_are_the_documented_ones()
    {
        var help = new StringWriter();
        CommandLine.Parse(["--help"], help);
        var real = Option().Matches(help.ToString()).Select(m => m.Value).Except(["--help", "--version", "--Geode"]).Distinct().Order();
        var documented = MarkdownFile.Named("local.md").Rows.SelectMany(r => Option().Matches(r[0])).Select(m => m.Value).Except(["--Geode"]).Order();
        Assert.Equal(real, documented);
    }

    [Fact]
    public void Commands_of_the_readme_are_accepted()
    {
        const string Run = "dotnet run --project Geode.AppHost -- ";
        var commands = MarkdownFile.Named("README.md").Blocks("sh").SelectMany(b => b.Split('\n')).Where(line => line.StartsWith(Run, StringComparison.Ordinal)).ToList();
        Assert.True(commands.Count >= 4, "the README shows no command");
        Assert.All(commands, line =>
            CommandLine.Parse(line[Run.Length..].Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries), TextWriter.Null));
    }

    /// <summary>What the schema of <c>geode.json</c> allows at that place.</summary>
    private static IEnumerable<string> Settings(params string[] path) =>
        path.Append("properties").Aggregate(Schema, (node, name) => node[name]!).AsObject().Select(property => property.Key);

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"--[A-Za-z]+")]
    private static partial Regex Option();
}
