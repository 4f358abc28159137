using Geode.TestKit;
using Geode.Topology;

namespace Geode.Topology.Tests;

public sealed class ContainerCatalogTests
{
    public static TheoryData<string, string> Faults => new()
    {
        { """{}""", "containers: is missing; give a list of containers" },
        { """{"containers":[]}""", "containers: has 0 containers; allowed are 1 or more" },
        { """{"containers":[{"name":"a","partitionKey":["/p"],"ttl":5}]}""", "containers[0]: unknown property 'ttl'; allowed are name, partitionKey, defaultTtlSeconds, conflicts, uniqueKeys, maxThroughput" },
        { """{"containers":[{"name":"a"}]}""", "containers[0].partitionKey: is missing; give a list of paths" },
        { """{"containers":[{"name":"a#b","partitionKey":["/p"]}]}""", "containers[0].name: 'a#b' is not a legal container name; allowed are 1 to 255 characters other than / \\ # ? and not ending with a space" },
        { """{"containers":[{"name":"a","partitionKey":["p"]}]}""", "containers[0].partitionKey[0]: 'p' is not a path; allowed are '/' and a property name, also nested: /questionId, /owner/id" },
        { """{"containers":[{"name":"a","partitionKey":["/a","/b","/c","/d"]}]}""", "containers[0].partitionKey: has 4 paths; allowed are 1 to 3" },
        { """{"containers":[{"name":"a","partitionKey":["/a","/a"]}]}""", "containers[0].partitionKey[1]: path '/a' is given twice; each may be given once" },
        { """{"containers":[{"name":"a","partitionKey":["/p"]},{"name":"a","partitionKey":["/p"]}]}""", "containers[1].name: container 'a' is given twice; each may be given once" },
        { """{"containers":[{"name":"a","partitionKey":["/p"],"defaultTtlSeconds":0}]}""", "containers[0].defaultTtlSeconds: 0 is not a time to live; allowed are -1 (each item's own) and 1 or more seconds" },
        { """{"containers":[{"name":"a","partitionKey":["/p"],"defaultTtlSeconds":-2}]}""", "containers[0].defaultTtlSeconds: must be a whole number from -1 to 2147483647, not -2" },
        { """{"containers":[{"name":"a","partitionKey":["/p"],"conflicts":{"mode":"Manual"}}]}""", "containers[0].conflicts.mode: must be one of LastWriterWins, Custom, not 'Manual'" },
        { """{"containers":[{"name":"a","partitionKey":["/p"],"conflicts":{"mode":"Custom","path":"/x"}}]}""", "containers[0].conflicts.path: has no meaning with Custom; allowed with LastWriterWins only" },
        { """{"containers":[{"name":"a","partitionKey":["/p"],"uniqueKeys":[["x"]]}]}""", "containers[0].uniqueKeys[0][0]: 'x' is not a path; allowed are '/' and a property name, also nested: /questionId, /owner/id" },
        { """{"containers":[{"name":"a","partitionKey":["/p"],"maxThroughput":1500}]}""", "containers[0].maxThroughput: 1500 is not a multiple of 1000, as autoscale needs" },
    };

    private static IReadOnlyList<ContainerDefinition> OfRepository => ContainerCatalog.Load(RepositoryFiles.At("containers.json"));

    [Fact]
    public void Containers_of_the_service_are_read_from_the_file() => Assert.Equal(
        ["questions", "votes", "scores", "activity", "idempotency", "interests", "publications", "leases", "leases-local", "deadletters"],
        OfRepository.Select(c => c.Name));

    [Fact]
    public void Scores_are_won_by_the_higher_fence() =>
        Assert.Equal(new ConflictPolicy("LastWriterWins", "/fence"), OfRepository.Single(c => c.Name == "scores").Conflicts);

    [Fact]
    public void Every_field_is_read()
    {
        var container = Assert.Single(ContainerCatalog.Parse("""
            {
              "containers": [
                {
                  "name": "all", "partitionKey": ["/a", "/b/c"], "defaultTtlSeconds": -1, "conflicts": { "mode": "Custom" },
                  "uniqueKeys": [["/x", "/y"], ["/z"]], "maxThroughput": 4000
                }
              ]
            }
            """, "test"));
        var expected = new ContainerDefinition("all", ["/a", "/b/c"], -1, new("Custom"), [["/x", "/y"], ["/z"]], 4000);
        Assert.Equivalent(expected, container, strict: true);
    }

    [Fact]
    public void Left_out_means_off()
    {
        var container = Assert.Single(ContainerCatalog.Parse("""{"containers":[{"name":"a","partitionKey":["/p"]}]}""", "test"));
        Assert.Equal((null, null, null, null), (container.DefaultTtlSeconds, container.Conflicts, container.UniqueKeys, container.MaxThroughput));
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void Names_the_place_the_fault_and_what_is_allowed(string json, string message)
    {
        var error = Assert.Throws<PlanetException>(() => ContainerCatalog.Parse(json, "containers.json"));
        Assert.Equal($"containers.json: {message}", error.Message);
    }
}
