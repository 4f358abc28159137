using Geode.Service.Feeds;
using Geode.Service.Roles;
using Geode.TestKit;
using Geode.Topology;

namespace Geode.Service.Tests.Roles;

/// <summary>What a geode at the edge of the network does for others: nothing.</summary>
public sealed class EdgeTests
{
    [Theory]
    [InlineData("westeurope", true)]
    [InlineData("ship", false)]
    public void It_competes_for_no_role_and_no_global_feed(string region, bool expected)
    {
        var builder = Builder(region);
        builder.AddGeode().AddGlobalFeed<Nothing>("all", "things").AddLocalFeed<Nothing>("own", "things").AddRole<NoRole>("none");
        using var provider = builder.Services.BuildServiceProvider();
        var hosted = provider.GetServices<IHostedService>().ToList();

        Assert.Equal(expected, hosted.OfType<RoleHolder>().Any());
        Assert.Equal(expected ? 2 : 1, hosted.OfType<FeedProcessor>().Count());
    }

    private static WebApplicationBuilder Builder(string region)
    {
        var planet = PlanetLoader.Parse("""{ "regions": ["westeurope", { "name": "ship", "latitude": 52, "longitude": 4, "kind": "edge" }] }""", "test");
        var builder = WebApplication.CreateBuilder();
        builder.AddGeodeRuntime("edge");
        foreach (var (name, value) in PlanetEnvironment.ForWorker(planet, planet.Region(region)))
            builder.Configuration[name.Replace("__", ":", StringComparison.Ordinal)] = value;
        return builder;
    }

    private sealed class Nothing : IFeedHandler
    {
        public Task HandleAsync(string key, IReadOnlyList<Change> changes, CancellationToken cancellation) => Task.CompletedTask;
    }

    private sealed class NoRole : IRole
    {
        public Task HoldAsync(RoleTerm term, CancellationToken lost) => Task.CompletedTask;
    }
}
