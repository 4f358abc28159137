using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Geode.TestKit;
using Geode.Topology;

namespace Geode.Tests.Gallery;

/// <summary>The dev container has what the planet's own files say: its ports and its versions.</summary>
public sealed class DevContainerTests
{
    private static readonly JsonDocumentOptions WithComments = new() { CommentHandling = JsonCommentHandling.Skip };
    private static readonly string Text = File.ReadAllText(RepositoryFiles.At(".devcontainer", "devcontainer.json"));

    [Fact]
    public void Fits_the_planet() => Assert.Equal([], Faults(Text));

    [Theory]
    [InlineData("8080, 8079", "8079", "forwards")]
    [InlineData("[15080,", "[15081,", "forwards")]
    [InlineData("\"8079\": {", "\"8078\": {", "8079 has no label")]
    [InlineData("--version 13", "--version 12", "aspire command")]
    [InlineData("dotnet:2-10.0", "dotnet:2-9.0", "SDK")]
    [InlineData("azure-dev/azd:0", "azure-dev/azd", "no version")]
    [InlineData("devcontainers/features/azure-cli:1", "devcontainers/features/docker-in-docker:2", "Docker")]
    [InlineData("azure-dev/azd:0", "azure-dev/azd-persistence:0", "azd is missing")]
    public void What_does_not_fit_is_found(string old, string replacement, string fault)
    {
        Assert.Contains(old, Text, StringComparison.Ordinal);
        Assert.Contains(Faults(Text.Replace(old, replacement, StringComparison.Ordinal)), f => f.Contains(fault, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Faults(string text)
    {
        var container = JsonNode.Parse(text, documentOptions: WithComments)!;
        var ports = PlanetLoader.Load(RepositoryFiles.At("geode.json")).Ports;
        int[] wanted = [Dashboard(), ports.Router, ports.Control, ports.RouterAdmin];
        var forwarded = container["forwardPorts"]!.AsArray().Select(port => (int)port!).ToList();
        if (!forwarded.Order().SequenceEqual(wanted.Order()))
            yield return $"forwards {string.Join(", ", forwarded)}, and the planet has {string.Join(", ", wanted)}";
        foreach (var port in forwarded.Where(port => container["portsAttributes"]?[$"{port}"]?["label"] is null))
            yield return $"{port} has no label";

        if (!((string)container["postCreateCommand"]!).Contains($"Aspire.Cli --version {AspireVersion()} ", StringComparison.Ordinal))
            yield return $"the aspire command has another version than Aspire's packages, {AspireVersion()}";
        if (!((string)container["image"]!).Contains($"/dotnet:2-{SdkVersion()}-", StringComparison.Ordinal))
            yield return $"the image has another SDK than global.json, {SdkVersion()}";

        var features = container["features"]!.AsObject().Select(feature => feature.Key).ToList();
        foreach (var feature in features.Where(feature => !feature.Contains(':', StringComparison.Ordinal)))
            yield return $"{feature} has no version";
        foreach (var feature in features.Where(feature => feature.Contains("docker", StringComparison.Ordinal)))
            yield return $"{feature}: nothing needs Docker";
        foreach (var tool in (string[])["azd", "azure-cli"])
        {
            if (!features.Any(feature => feature.Split('/')[^1].Split(':')[0] == tool))
                yield return $"{tool} is missing";
        }
    }

    private static int Dashboard()
    {
        var settings = JsonNode.Parse(File.ReadAllText(RepositoryFiles.At("Geode.AppHost", "Properties", "launchSettings.json")))!;
        return new Uri((string)settings["profiles"]!["http"]!["applicationUrl"]!).Port;
    }

    private static string AspireVersion() =>
        XDocument.Load(RepositoryFiles.At("engine", "Directory.Build.props")).Descendants("AspireVersion").Single().Value;

    private static string SdkVersion()
    {
        var version = Version.Parse((string)JsonNode.Parse(File.ReadAllText(RepositoryFiles.At("global.json")))!["sdk"]!["version"]!);
        return $"{version.Major}.{version.Minor}";
    }
}
