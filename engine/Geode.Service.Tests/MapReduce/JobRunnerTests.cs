using Geode.Service.MapReduce;
using Geode.Shopping;

namespace Geode.Service.Tests.MapReduce;

[Collection(ShoppingPlanetCollection.Name)]
public sealed class JobRunnerTests(ShoppingPlanet planet)
{
    [Fact]
    public void The_sum_does_not_depend_on_how_the_parts_are_cut()
    {
        using var clients = planet.Clients(planet.Here);
        var job = new JobRunner<Item>("wanted", "items", new Wanted(), clients);
        Dictionary<string, long>[] parts = [new() { ["a"] = 1, ["b"] = 2 }, new() { ["b"] = 3 }, []];
        var whole = job.Reduce(parts);
        Assert.Equal(new Dictionary<string, long> { ["a"] = 1, ["b"] = 5 }, whole);
        Assert.Equal(whole, job.Reduce([job.Reduce(parts[1..]), parts[0]]));
    }
}
