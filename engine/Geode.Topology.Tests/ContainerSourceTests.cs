using Geode.TestKit;
using Geode.Topology;
using Microsoft.Extensions.Configuration;

namespace Geode.Topology.Tests;

public sealed class ContainerSourceTests : IDisposable
{
    private const string Json = """{"containers":[{"name":"given","partitionKey":["/p"]}]}""";

    private readonly TemporaryFolder _folder = new();

    public ContainerSourceTests() => File.WriteAllText(_folder.At("geode.json"), """{"regions":["eastus"]}""");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_file_beside_the_planets_is_taken()
    {
        File.WriteAllText(_folder.At("containers.json"), """{"containers":[{"name":"beside","partitionKey":["/p"]}]}""");

        Assert.Equal(["beside"], Names(("Geode:Planet", _folder.At("geode.json"))));
        Assert.Equal(["given"], Names(("Geode:Planet", _folder.At("geode.json")), ("Geode:Containers", Json)));
    }

    [Fact]
    public void Where_nothing_is_listed_nothing_is_made()
    {
        Assert.Empty(Names(("Geode:Planet", _folder.At("geode.json"))));
        Assert.Empty(Names(("Geode:Planet", File.ReadAllText(_folder.At("geode.json")))));
    }

    [Fact]
    public void What_is_given_is_json_or_a_path_that_other_processes_understand()
    {
        Assert.Equal(Json, ContainerSource.Given(Configuration(("Geode:Containers", Json))));
        Assert.Equal(Path.GetFullPath("other.json"), ContainerSource.Given(Configuration(("Geode:Containers", "other.json"))));
        Assert.Null(ContainerSource.Given(Configuration(("Geode:Containers", " "))));
    }

    [Fact]
    public void A_fault_names_where_it_is()
    {
        Assert.Contains("there is no such file", Wrong(_folder.At("none.json")));
        Assert.StartsWith("Geode:Containers: ", Wrong("{}"), StringComparison.Ordinal);

        static string Wrong(string given) => Assert.Throws<PlanetException>(() => Names(("Geode:Containers", given))).Message;
    }

    [Fact]
    public void A_replica_is_handed_it()
    {
        var planet = PlanetLoader.Load(_folder.At("geode.json"));

        Assert.Equal(Json, PlanetEnvironment.ForBackplane(planet, planet.Regions[0], null, Json)[PlanetEnvironment.Containers]);
        Assert.DoesNotContain(PlanetEnvironment.Containers, PlanetEnvironment.ForBackplane(planet, planet.Regions[0], null));
    }

    private static IEnumerable<string> Names(params (string Key, string Value)[] settings) => ContainerCatalog.FromConfiguration(Configuration(settings)).Select(c => c.Name);

    private static IConfiguration Configuration(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build();
}
