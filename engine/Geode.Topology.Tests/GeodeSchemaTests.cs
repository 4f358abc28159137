using System.Text.Json.Nodes;
using Geode.TestKit;
using Geode.Topology;
using Geode.Topology.Tests.Json;

namespace Geode.Topology.Tests;

/// <summary>Editors check <c>geode.json</c> by <c>geode.schema.json</c>, the program by its own rules. Here the two are held together.</summary>
public sealed class GeodeSchemaTests
{
    private static readonly JsonSchema Schema = JsonSchema.Load(RepositoryFiles.At("engine", "geode.schema.json"));

    /// <summary>Rules that compare two values, which a schema cannot state.</summary>
    private static readonly string[] BeyondASchema = ["is already used by", "is given twice", "is not a region of this planet", "is linked to itself", "is more than maxReplicas", "is more than the ceiling", "is before failoverSwitchMs", "65502",
        "is no place", "is served by", "of the kind", "at the edge", "but the footprint is", "is not enough for a geode", "a region cannot be called",
        "is in stamp", "is in no stamp", "where the data of this stamp has to stay", "has no meaning", "an index below", "is one account for all regions", "is for one steward", "64502", "there is nobody to keep them", "is the region itself", "is in another stamp"];

    public static TheoryData<string, string> Faults => PlanetErrorsTests.Faults;

    public static TheoryData<string> Planets =>
    [
        """{"regions":["westeurope"]}""",
        """{"$schema":"./engine/geode.schema.json","name":"a-1","regions":[{"name":"eastus"},"westus"],"links":[{"from":"eastus","to":"westus","delayMs":0}]}""",
        """{"regions":[{"name":"moon-base","latitude":-90,"longitude":180,"priority":5,"weight":1000,"zoneRedundant":true,"minReplicas":0,"maxReplicas":1000}]}""",
        """{"regions":["eastus"],"backplane":{"kind":"azure","database":"A b","consistency":"Strong"},"router":{"latencyWindowMs":0.5},"ports":{"base":1025}}""",
        """{"regions":["eastus"],"backplane":{},"router":{},"scale":{},"steward":{},"ports":{}}""",
        """{"regions":[{"name":"eastus","autonomy":{}},{"name":"westus","autonomy":{"accepts":[],"floor":0,"ceiling":1}}],"scale":{"concurrentRequests":1,"pollSeconds":1,"cooldownSeconds":0,"localMost":7}}""",
        """{"regions":["eastus"],"steward":{"mode":"observe","holdSeconds":0,"coldStartSeconds":600,"dayMinutes":10}}""",
        """{"regions":["eastus",{"name":"ship","latitude":1,"longitude":1,"kind":"edge","serves":["london","westus"]},{"name":"westeurope","kind":"cloud","serves":[]}]}""",
        """{"regions":["westeurope","eastus",{"name":"moon","latitude":1,"longitude":1}],"stamps":[{"name":"eu","regions":["moon","westeurope"],"residency":"EU"},{"name":"world","regions":["eastus"]}],"tenants":{"header":"X-Org"}}""",
        """{"regions":["eastus"],"stamps":[{"name":"a","regions":["eastus"],"residency":"US"}],"tenants":{"by":"path"},"steward":{"mode":"observe"}}""",
        """{"regions":["eastus"],"stamps":[]}""",
        """{"regions":["eastus"],"attachments":{}}""",
        """{"regions":["eastus",{"name":"westeurope","pair":"eastus"}],"attachments":{"maxMegabytes":256}}""",
        PlanetJson.Write(new Planet { Name = "written", Regions = SpreadOut.Take(254), Links = [new("westeurope", "eastus", 1.5)] }),
    ];

    [Theory]
    [MemberData(nameof(Planets))]
    public void Both_accept(string json)
    {
        PlanetLoader.Parse(json, "test");
        Assert.True(Schema.Accepts(JsonNode.Parse(json)), "the schema refuses what the loader accepts");
    }

    [Fact]
    public void Both_accept_the_repositorys_own_file() => Both_accept(File.ReadAllText(RepositoryFiles.At("geode.json")));

    [Theory]
    [MemberData(nameof(Faults))]
    public void Both_refuse(string json, string message)
    {
        Assert.Throws<PlanetException>(() => PlanetLoader.Parse(json, "test"));
        var comparesValues = BeyondASchema.Any(rule => message.Contains(rule, StringComparison.Ordinal));
        // An empty look is not a length: the loader also refuses spaces around a display name.
        var blank = json.Contains("\"displayName\":\" \"", StringComparison.Ordinal);
        Assert.Equal(comparesValues || blank, Schema.Accepts(JsonNode.Parse(json)));
    }

    [Fact]
    public void Properties_are_the_same()
    {
        Assert.Equal(PlanetShape.Planet, Properties());
        Assert.Equal(PlanetShape.Region, Properties("$defs", "region"));
        Assert.Equal(PlanetShape.Link, Properties("$defs", "link"));
        Assert.Equal(PlanetShape.Backplane, Properties("properties", "backplane"));
        Assert.Equal(PlanetShape.Router, Properties("properties", "router"));
        Assert.Equal(PlanetShape.Scale, Properties("properties", "scale"));
        Assert.Equal(PlanetShape.Autonomy, Properties("$defs", "autonomy"));
        Assert.Equal(PlanetShape.Steward, Properties("properties", "steward"));
        Assert.Equal(PlanetShape.Stamp, Properties("properties", "stamps", "items"));
        Assert.Equal(PlanetShape.Tenants, Properties("properties", "tenants"));
        Assert.Equal(PlanetShape.Attachments, Properties("properties", "attachments"));
        Assert.Equal(PlanetShape.Ports, Properties("properties", "ports"));
    }

    [Fact]
    public void Choices_are_the_same()
    {
        Assert.Equal(AzureRegions.All.Select(r => r.Name), Strings(Schema.At("$defs", "azureRegion")["enum"]!));
        Assert.Equal(PlanetShape.Kinds, Strings(Schema.At("properties", "backplane", "properties", "kind")["enum"]!));
        Assert.Equal(RegionHostKinds.All, Strings(Schema.At("properties", "backplane", "properties", "hosts")["enum"]!));
        Assert.Equal(PlanetShape.WriteRegions, Strings(Schema.At("properties", "backplane", "properties", "writeRegions")["enum"]!));
        Assert.Equal(RegionAutonomy.Actions, Strings(Schema.At("$defs", "autonomy", "properties", "accepts", "items")["enum"]!));
        Assert.Equal(RegionFootprints.All, Strings(Schema.At("$defs", "region", "properties", "footprint")["enum"]!));
        Assert.Equal(StewardSettings.Modes, Strings(Schema.At("properties", "steward", "properties", "mode")["enum"]!));
        Assert.Equal(Residencies.All, Strings(Schema.At("properties", "stamps", "items", "properties", "residency")["enum"]!));
        Assert.Equal(TenantSources.All, Strings(Schema.At("properties", "tenants", "properties", "by")["enum"]!));
        Assert.Equal(ConsistencyLevels.All, Strings(Schema.At("properties", "backplane", "properties", "consistency")["enum"]!));
    }

    [Fact]
    public void Patterns_and_limits_are_the_same()
    {
        Assert.Equal(PlanetShape.NamePattern, Schema.At("$defs", "name")["pattern"]!.GetValue<string>());
        Assert.Equal(CosmosNames.Pattern, Schema.At("properties", "backplane", "properties", "database")["pattern"]!.GetValue<string>());
        Assert.Equal(PlanetShape.MostRegions, Schema.At("properties", "regions")["maxItems"]!.GetValue<int>());
        Assert.Equal(PlanetShape.MostRegions, Schema.At("properties", "stamps", "items", "properties", "regions")["maxItems"]!.GetValue<int>());
        Assert.Equal(PlanetShape.LowestPort, Schema.At("properties", "ports", "properties", "base")["minimum"]!.GetValue<int>());
        Assert.Equal(PlanetShape.HighestPort(0), Schema.At("properties", "ports", "properties", "base")["maximum"]!.GetValue<int>());
        foreach (var time in (string[])["offlineAfterMs", "failoverSwitchMs", "failoverNarrowMs"])
            Assert.Equal(PlanetShape.LongestFailoverMs, Schema.At("properties", "backplane", "properties", time)["maximum"]!.GetValue<int>());
        Assert.Equal(PlanetShape.MostConcurrentRequests, Scale("concurrentRequests"));
        Assert.Equal(PlanetShape.LongestPollSeconds, Scale("pollSeconds"));
        Assert.Equal(PlanetShape.LongestCooldownSeconds, Scale("cooldownSeconds"));
        Assert.Equal(PlanetPorts.MostInstances, Scale("localMost"));
        int Scale(string name) => Schema.At("properties", "scale", "properties", name)["maximum"]!.GetValue<int>();
        Assert.Equal(AttachmentSettings.MostMegabytes, Schema.At("properties", "attachments", "properties", "maxMegabytes")["maximum"]!.GetValue<int>());
        Assert.Equal(PlanetShape.LongestDelayMs, Schema.At("$defs", "link", "properties", "delayMs")["maximum"]!.GetValue<int>());
    }

    [Fact]
    public void Defaults_are_the_same()
    {
        var planet = PlanetLoader.Parse("""{"regions":["eastus"]}""", "test");
        var region = planet.Regions[0];
        Assert.Equal(planet.Name, Default<string>("properties", "name"));
        Assert.Equal(planet.Backplane.Kind, Default<string>("properties", "backplane", "properties", "kind"));
        Assert.Equal(planet.Backplane.Database, Default<string>("properties", "backplane", "properties", "database"));
        Assert.Equal(planet.Backplane.Consistency, Default<string>("properties", "backplane", "properties", "consistency"));
        Assert.Equal(planet.Backplane.Hosts, Default<string>("properties", "backplane", "properties", "hosts"));
        Assert.Equal(planet.Backplane.WriteRegions, Default<string>("properties", "backplane", "properties", "writeRegions"));
        Assert.Equal(planet.Backplane.OfflineAfterMs, Default<int>("properties", "backplane", "properties", "offlineAfterMs"));
        Assert.Equal(planet.Backplane.FailoverSwitchMs, Default<int>("properties", "backplane", "properties", "failoverSwitchMs"));
        Assert.Equal(planet.Backplane.FailoverNarrowMs, Default<int>("properties", "backplane", "properties", "failoverNarrowMs"));
        Assert.Equal(planet.Router.LatencyWindowMs, Default<double>("properties", "router", "properties", "latencyWindowMs"));
        Assert.Equal(planet.Scale.ConcurrentRequests, Default<int>("properties", "scale", "properties", "concurrentRequests"));
        Assert.Equal(planet.Scale.PollSeconds, Default<int>("properties", "scale", "properties", "pollSeconds"));
        Assert.Equal(planet.Scale.CooldownSeconds, Default<int>("properties", "scale", "properties", "cooldownSeconds"));
        Assert.Equal(planet.Scale.LocalMost, Default<int>("properties", "scale", "properties", "localMost"));
        Assert.Equal(new TenantSettings().By, Default<string>("properties", "tenants", "properties", "by"));
        Assert.Equal(new TenantSettings().Header, Default<string>("properties", "tenants", "properties", "header"));
        Assert.Equal(new AttachmentSettings().MaxMegabytes, Default<int>("properties", "attachments", "properties", "maxMegabytes"));
        Assert.Equal(planet.Ports.Base, Default<int>("properties", "ports", "properties", "base"));
        Assert.Equal(region.Priority, Default<int>("$defs", "region", "properties", "priority"));
        Assert.Equal(region.Weight, Default<int>("$defs", "region", "properties", "weight"));
        Assert.Equal(region.ZoneRedundant, Default<bool>("$defs", "region", "properties", "zoneRedundant"));
        Assert.Equal(region.Footprint, Default<string>("$defs", "region", "properties", "footprint"));
        Assert.Equal(region.MinReplicas, Default<int>("$defs", "region", "properties", "minReplicas"));
        Assert.Equal(region.MaxReplicas, Default<int>("$defs", "region", "properties", "maxReplicas"));
    }

    private static IEnumerable<string> Properties(params string[] path) => Schema.At([.. path, "properties"]).Select(p => p.Key);

    private static IEnumerable<string> Strings(JsonNode array) => array.AsArray().Select(item => item!.GetValue<string>());

    private static T Default<T>(params string[] path) => Schema.At(path)["default"]!.GetValue<T>();
}
