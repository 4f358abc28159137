using Geode.TestKit;
using Geode.Topology;
using Microsoft.Extensions.Configuration;

namespace Geode.Topology.Tests;

public sealed class PlanetLoaderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("geode-planet-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Repositorys_own_file_is_a_planet()
    {
        var planet = PlanetLoader.Load(RepositoryFiles.At("geode.json"));
        // Whoever starts from the template chooses others.
        Assert.True(planet.Regions.Count >= 2);
        Assert.All(planet.RegionNames, name => Assert.NotNull(AzureRegions.Find(name)));
        Assert.Equal(new BackplaneSettings("local", "qna", "Session"), planet.Backplane);
        Assert.Equal(50, planet.Router.LatencyWindowMs);
    }

    [Fact]
    public void Bare_names_comments_and_trailing_commas_will_do()
    {
        var planet = PlanetLoader.Parse("""
            {
              // Two are enough.
              "regions": ["westeurope", { "name": "eastus" /* Virginia */, },],
            }
            """, "test");
        Assert.Equal("geode", planet.Name);
        Assert.Equal(new Region("westeurope", "West Europe", 52.3667, 4.9, 0), planet.Regions[0]);
        Assert.Equal(new Region("eastus", "East US", 37.3719, -79.8164, 1), planet.Regions[1]);
        Assert.Equal(new PlanetPorts(8080), planet.Ports);
    }

    [Fact]
    public void Strong_consistency_is_for_one_region()
    {
        Assert.Equal("Strong", PlanetLoader.Parse("""{"regions":["eastus"],"backplane":{"consistency":"Strong"}}""", "test").Backplane.Consistency);
        var refused = Assert.Throws<PlanetException>(() =>
            PlanetLoader.Parse("""{"regions":["eastus","westus"],"backplane":{"consistency":"Strong"}}""", "test"));
        Assert.Contains(
            "backplane.consistency: 'Strong' is for one region; where 2 regions take writes, allowed are BoundedStaleness, Session, ConsistentPrefix, Eventual",
            refused.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Every_setting_is_read()
    {
        var planet = PlanetLoader.Parse("""
            {
              "$schema": "./engine/geode.schema.json",
              "name": "my-planet",
              "regions": [
                { "name": "moon-base", "displayName": "Moon Base", "latitude": -10.5, "longitude": 20.25, "index": 4, "priority": 5,
                  "weight": 1, "zoneRedundant": true, "minReplicas": 0, "maxReplicas": 3 },
                "eastus"
              ],
              "links": [{ "from": "eastus", "to": "moon-base", "delayMs": 1280.5 }],
              "backplane": { "kind": "azure", "database": "My Data", "consistency": "Eventual" },
              "router": { "latencyWindowMs": 0.5 },
              "ports": { "base": 9000 }
            }
            """, "test");
        var moon = new Region("moon-base", "Moon Base", -10.5, 20.25, 4)
        {
            Priority = 5,
            Weight = 1,
            ZoneRedundant = true,
            MinReplicas = 0,
            MaxReplicas = 3,
        };
        Assert.Equal("my-planet", planet.Name);
        Assert.Equal(moon, planet.Regions[0]);
        Assert.Equal([new LinkSetting("eastus", "moon-base", 1280.5)], planet.Links);
        Assert.Equal(new BackplaneSettings("azure", "My Data", "Eventual"), planet.Backplane);
        Assert.Equal(0.5, planet.Router.LatencyWindowMs);
        Assert.Equal(9000, planet.Ports.Base);
        Assert.Equal(TimeSpan.FromMilliseconds(1280.5), planet.OneWayDelay(moon, planet.Region("eastus")));
    }

    [Fact]
    public void Azure_region_can_be_moved() =>
        Assert.Equal(new GeoPoint(1, 2), PlanetLoader.Parse("""{"regions":[{"name":"eastus","latitude":1,"longitude":2}]}""", "t").Regions[0].Location);

    [Fact]
    public void Missing_file_says_which()
    {
        var path = Path.Combine(_folder.FullName, "none.json");
        Assert.Equal($"{path}: there is no such file", Assert.Throws<PlanetException>(() => PlanetLoader.Load(path)).Message);
    }

    [Fact]
    public void Folder_instead_of_a_file_is_one_line()
    {
        var message = Assert.Throws<PlanetException>(() => PlanetLoader.Load(_folder.FullName)).Message;
        Assert.StartsWith($"{_folder.FullName}: cannot be read: ", message);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void Nearest_file_upward_is_taken()
    {
        var deep = _folder.CreateSubdirectory("a").CreateSubdirectory("b");
        var path = Path.Combine(_folder.FullName, "geode.json");
        File.WriteAllText(path, """{"regions":["eastus"]}""");
        Assert.Equal(path, PlanetLoader.Nearest(deep.FullName));
        File.WriteAllText(Path.Combine(deep.FullName, "geode.json"), "{}");
        Assert.Equal(Path.Combine(deep.FullName, "geode.json"), PlanetLoader.Nearest(deep.FullName));
    }

    [Fact]
    public void No_file_upward_says_how_to_give_one()
    {
        var message = Assert.Throws<PlanetException>(() => PlanetLoader.Nearest(_folder.FullName)).Message;
        Assert.Contains("There is no geode.json in", message);
        Assert.Contains("Geode:Planet", message);
    }

    [Fact]
    public void Configuration_gives_the_planet_as_JSON_or_as_a_path()
    {
        var path = Path.Combine(_folder.FullName, "my.json");
        File.WriteAllText(path, """{"regions":["eastus"]}""");
        Assert.Equal(["eastus"], PlanetLoader.FromConfiguration(Configuration(("Geode:Planet", path))).RegionNames);
        Assert.Equal(["westus"], PlanetLoader.FromConfiguration(Configuration(("Geode:Planet", """ {"regions":["westus"]}"""))).RegionNames);
    }

    [Fact]
    public void File_is_overridden_but_an_effective_planet_is_not()
    {
        var path = Path.Combine(_folder.FullName, "my.json");
        const string Json = """{"regions":["eastus"],"ports":{"base":9000}}""";
        File.WriteAllText(path, Json);
        Assert.Equal(9100, PlanetLoader.FromConfiguration(Configuration(("Geode:Planet", path), ("Geode:Ports:Base", "9100"))).Ports.Base);
        Assert.Equal(9000, PlanetLoader.FromConfiguration(Configuration(("Geode:Planet", path), ("Geode:PlanetAsItIs", "true"), ("Geode:Ports:Base", "9100"))).Ports.Base);
        Assert.Equal(9000, PlanetLoader.FromConfiguration(Configuration(("Geode:Planet", Json), ("Geode:Ports:Base", "9100"))).Ports.Base);
    }

    [Fact]
    public void Without_configuration_the_file_above_the_current_folder_is_read() =>
        Assert.Equal(PlanetLoader.Nearest(Directory.GetCurrentDirectory()), RepositoryFiles.At("geode.json"));

    private static IConfiguration Configuration(params (string Key, string Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.Select(v => KeyValuePair.Create(v.Key, (string?)v.Value))).Build();
}
