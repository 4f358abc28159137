using System.Text.Json;
using System.Text.RegularExpressions;
using Geode.Tests.Azure.Bicep;

namespace Geode.Tests.Azure;

/// <summary>Alerts and workbook ask for what the processes send.</summary>
public sealed partial class TelemetryTests
{
    private const string Alerts = "infra/modules/stamp.bicep";
    private const string Workbook = "infra/modules/workbook.json";

    [Fact]
    public void Every_metric_that_is_asked_for_is_sent() => Assert.Empty(NotSent(Sources.OfRepository));

    [Theory]
    [InlineData(Alerts, "geode.processor.lag", "geode.feed.lag")]
    [InlineData(Workbook, "geode.processor.lag", "geode.delay")]
    public void One_that_is_not_sent_is_found(string path, string old, string replacement) =>
        Assert.Contains(replacement, NotSent(Sources.OfRepository.With(path, old, replacement)));

    /// <summary>The alerts that an operator of many regions needs.</summary>
    [BicepTheory]
    [InlineData("region-unhealthy", 1)]
    [InlineData("requests-fail", 1)]
    [InlineData("replication-lag", 1)]
    [InlineData("hot-partition", 1)]
    [InlineData("throttled", 1)]
    [InlineData("conflicts", 1)]
    [InlineData("processor-lag", 3)]
    [InlineData("put-aside", 3)]
    public async Task There_is_an_alert_for(string name, int places)
    {
        var alerts = (await Azd.ProvisionAsync(Sources.OfRepository)).Resources.Where(r => r.Name == name).ToList();

        Assert.Equal(places, alerts.Count);
        Assert.All(alerts, alert =>
        {
            Assert.Equal(true, alert.Body.At("properties", "enabled"));
            Assert.NotNull(alert.Body.At("properties", "actions", 0, "actionGroupId") ?? alert.Body.At("properties", "actions", "actionGroups", 0));
        });
    }

    /// <summary>A rule that watches a geode from elsewhere is silent when elsewhere is away.</summary>
    [BicepFact]
    public async Task A_geodes_telemetry_and_alerts_are_in_its_region() =>
        Assert.All((await Azd.ProvisionAsync(Sources.OfRepository)).Resources.Where(r => r.Body.GetValueOrDefault("tags").At("geode-region") is string), resource =>
        {
            var watched = resource.Body.At("properties", "WorkspaceResourceId") ?? resource.Body.At("properties", "scopes", 0);
            Assert.True(watched is null || watched.Text().Contains($"/{resource.Group}/", StringComparison.Ordinal), $"{resource} looks at {watched}");
        });

    [BicepFact]
    public async Task The_workbook_asks_every_workspace()
    {
        var azd = await Azd.ProvisionAsync(Sources.OfRepository);
        var workbook = JsonDocument.Parse(azd.One("/workbooks").Body.At("properties", "serializedData").Text()).RootElement;
        var asked = workbook.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("content"))
            .Where(c => c.TryGetProperty("crossComponentResources", out _))
            .SelectMany(c => c.GetProperty("crossComponentResources").EnumerateArray().Select(id => id.GetString()!));

        Assert.Equal("Notebook/1.0", workbook.GetProperty("version").GetString());
        Assert.Equal(
            azd.Resources.Where(r => r.Type.EndsWith("/workspaces", StringComparison.Ordinal)).Select(r => r.Id).Order(),
            asked.Distinct().Order());
    }

    /// <summary>Each service exports to the collector beside it, which hands on all three signals.</summary>
    [BicepFact]
    public async Task The_collector_listens_where_the_app_sends_and_passes_on_every_signal()
    {
        var collector = Sources.OfRepository.Read("infra/modules/collector.yaml");

        Assert.All((await Azd.UpAsync(Sources.OfRepository)).Apps, app =>
        {
            var containers = app.Body.At("properties", "template", "containers");
            var endpoint = containers.At(0, "env").List().Single(v => v.At("name") is "OTEL_EXPORTER_OTLP_ENDPOINT").At("value").Text();
            Assert.Contains($"endpoint: {endpoint["http://".Length..]}", collector);
            Assert.Contains(containers.At(1, "env").List(), v => v.At("value") as string == collector);
            Assert.Contains(containers.At(0, "env").List(), v => v.At("value") is string text && text.Contains($"cloud.region={app.Body["location"]}", StringComparison.Ordinal));
        });
        foreach (var signal in (string[])["traces", "metrics", "logs"])
            Assert.Matches($@"{signal}:\n\s+receivers: \[otlp\]\n\s+processors: \[[^\]]+\]\n\s+exporters: \[azuremonitor\]", collector);
    }

    private static List<string> NotSent(Sources sources)
    {
        var sent = new[] { "Geode.Api", "Geode.Worker", "engine/Geode.Runtime", "engine/Geode.Service" }
            .SelectMany(project => Directory.EnumerateFiles(Path.Combine(Sources.Root, project), "*.cs", SearchOption.AllDirectories))
            .SelectMany(file => Metric().Matches(File.ReadAllText(file))).Select(m => m.Groups["name"].Value).ToHashSet();
        var asked = new[] { Alerts, Workbook }.SelectMany(path => Asked().Matches(sources.Read(path))).Select(m => m.Groups["name"].Value).ToList();
        Assert.NotEmpty(asked);
        return [.. asked.Where(name => !sent.Contains(name)).Distinct()];
    }

    [GeneratedRegex("""Create(Observable)?(Counter|Gauge|Histogram|UpDownCounter)(<\w+>)?\(\s*"(?<name>[^"]+)""")]
    private static partial Regex Metric();

    [GeneratedRegex("""Name == ["'](?<name>[^"']+)""")]
    private static partial Regex Asked();
}
