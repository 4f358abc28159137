using Geode.Service.Feeds;

namespace Geode.Service.Tests.Feeds;

[Collection(ShoppingPlanetCollection.Name)]
public sealed class FenceTests(ShoppingPlanet planet)
{
    [Fact]
    public async Task Every_owner_has_a_higher_fence_than_the_one_before()
    {
        using var here = planet.Clients(planet.Here);
        using var there = planet.Clients(planet.There);
        var name = "test-" + Guid.NewGuid().ToString("N");
        var (first, second) = (new Fence(name, here, new(), planet.Here), new Fence(name, there, new(), planet.There));

        await first.RaiseAsync(default);
        await second.RaiseAsync(default);
        Assert.True(second.Current > first.Current);

        first.Saw(second.Current + 5_000);
        await first.RaiseAsync(default);
        Assert.True(first.Current > second.Current + 5_000);
    }
}
