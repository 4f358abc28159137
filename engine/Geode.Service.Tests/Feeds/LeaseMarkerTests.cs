using Geode.Service.Feeds;
using Geode.Service.Hosting;
using Geode.Topology;

namespace Geode.Service.Tests.Feeds;

[Collection(ShoppingPlanetCollection.Name)]
public sealed class LeaseMarkerTests(ShoppingPlanet planet)
{
    [Fact]
    public async Task A_prefix_belongs_to_one_processor_and_a_local_one_to_one_region()
    {
        using var clients = planet.Clients(planet.Here);
        var local = LeasePlan.For(new Feed("marked", "items", FeedScope.Local), planet.Here, clients, new());
        for (var time = 0; time < 2; time++)
        {
            await ShoppingPlanet.EventuallyAsync(
                async () =>
                {
                    await LeaseMarker.ClaimAsync(local, new Feed("marked", "items", FeedScope.Local), planet.Here, default);
                    return true;
                },
                "its own prefix claimed");
        }

        var elsewhere = await Assert.ThrowsAsync<PlanetException>(
            () => LeaseMarker.ClaimAsync(local, new Feed("marked", "items", FeedScope.Local), planet.There, default));
        Assert.Contains($"region '{planet.Here}'", elsewhere.Message, StringComparison.Ordinal);
        Assert.Contains($"region '{planet.There}'", elsewhere.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<PlanetException>(
            () => LeaseMarker.ClaimAsync(local, new Feed("other", "items", FeedScope.Local), planet.Here, default));
    }

    [Fact]
    public void Local_leases_are_the_regions_own_and_global_ones_are_all_regions()
    {
        using var here = planet.Clients(planet.Here);
        using var there = planet.Clients(planet.There);
        var feed = new Feed("planned", "items", FeedScope.Local);
        Assert.NotEqual(LeasePlan.For(feed, planet.Here, here, new()).Prefix, LeasePlan.For(feed, planet.There, there, new()).Prefix);

        feed = new Feed("planned", "items", FeedScope.Global);
        Assert.Equal(LeasePlan.For(feed, planet.Here, here, new()).Prefix, LeasePlan.For(feed, planet.There, there, new()).Prefix);
    }
}
