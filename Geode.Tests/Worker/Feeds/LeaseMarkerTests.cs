using Geode.Service.Backplane;
using Geode.Tests.Api;
using Geode.Topology;
using Geode.Worker.Feeds;

namespace Geode.Tests.Worker.Feeds;

[Collection(ServicePlanetCollection.Name)]
public sealed class LeaseMarkerTests(ServicePlanet planet)
{
    [Fact]
    public async Task A_prefix_belongs_to_one_processor_and_a_local_one_to_one_region()
    {
        var marker = new LeaseMarker();
        using var clients = new BackplaneClients(
            planet.Planet, planet.Here, BackplaneConnection.Parse(PlanetEnvironment.ConnectionString(planet.Planet, planet.Here)));
        var local = LeasePlan.For(new Handler("marked", FeedScope.Local), planet.Here, clients);
        await marker.ClaimAsync(local, new Handler("marked", FeedScope.Local), planet.Here, default);
        await marker.ClaimAsync(local, new Handler("marked", FeedScope.Local), planet.Here, default);

        var elsewhere = await Assert.ThrowsAsync<PlanetException>(
            () => marker.ClaimAsync(local, new Handler("marked", FeedScope.Local), planet.There, default));
        Assert.Contains($"region '{planet.Here}'", elsewhere.Message, StringComparison.Ordinal);
        Assert.Contains($"region '{planet.There}'", elsewhere.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<PlanetException>(
            () => marker.ClaimAsync(local, new Handler("other", FeedScope.Local), planet.Here, default));
    }

    [Fact]
    public void Local_leases_are_the_regions_own_and_global_ones_are_all_regions()
    {
        using var here = Clients(planet.Here);
        using var there = Clients(planet.There);
        var handler = new Handler("planned", FeedScope.Local);
        Assert.NotEqual(LeasePlan.For(handler, planet.Here, here).Prefix, LeasePlan.For(handler, planet.There, there).Prefix);

        handler = new Handler("planned", FeedScope.Global);
        Assert.Equal(LeasePlan.For(handler, planet.Here, here).Prefix, LeasePlan.For(handler, planet.There, there).Prefix);
    }

    private BackplaneClients Clients(Region region) => new(
        planet.Planet, region, BackplaneConnection.Parse(PlanetEnvironment.ConnectionString(planet.Planet, region)));

    private sealed class Handler(string name, FeedScope scope) : IFeedHandler
    {
        public string Name => name;

        public string Source => "questions";

        public FeedScope Scope => scope;

        public string KeyOf(Change change) => change.Id;

        public Task HandleAsync(string key, IReadOnlyList<Change> changes, CancellationToken cancellation) => Task.CompletedTask;
    }
}
