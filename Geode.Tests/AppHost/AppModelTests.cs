using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Geode.Topology;

namespace Geode.Tests.AppHost;

/// <summary>The app model as Aspire would run it, without running it.</summary>
public sealed class AppModelTests : IAsyncLifetime
{
    private const string ParentRelationship = "Parent";

    private readonly Planet _planet = PlanetLoader.Load(PlanetLoader.Nearest(AppContext.BaseDirectory));
    private IDistributedApplicationTestingBuilder _builder = null!;

    public async Task InitializeAsync() => _builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.Geode_AppHost>();

    public async Task DisposeAsync() => await _builder.DisposeAsync();

    [Fact]
    public void Every_region_has_a_geode_and_the_planet_has_a_router()
    {
        var processes = _planet.RegionNames.SelectMany(r => (string[])[$"backplane-{r}", $"api-{r}", $"worker-{r}"]).Append("router");

        Assert.Equal(processes.Order(), _builder.Resources.OfType<ProjectResource>().Select(r => r.Name).Order());
        Assert.All(_planet.RegionNames, r => Assert.NotNull(Resource($"geode-{r}")));
    }

    [Theory]
    [InlineData("backplane")]
    [InlineData("api")]
    [InlineData("worker")]
    public void A_geode_is_the_parent_of_its_processes(string role)
    {
        foreach (var region in _planet.RegionNames)
        {
            var parent = Resource($"{role}-{region}").Annotations.OfType<ResourceRelationshipAnnotation>().Single(r => r.Type == ParentRelationship);
            Assert.Equal($"geode-{region}", parent.Resource.Name);
        }
    }

    [Fact]
    public void A_geode_can_be_killed_frozen_thawed_and_revived()
    {
        foreach (var region in _planet.RegionNames)
        {
            var commands = Resource($"geode-{region}").Annotations.OfType<ResourceCommandAnnotation>().Select(c => c.Name);
            Assert.Equal(["kill", "freeze", "thaw", "revive"], commands);
        }
    }

    [Fact]
    public void Endpoints_have_the_planet_s_ports_and_no_proxy()
    {
        var endpoints = _builder.Resources.SelectMany(r => r.Annotations.OfType<EndpointAnnotation>()).ToList();

        Assert.All(endpoints, e => Assert.False(e.IsProxied));
        // The control API belongs to the local planet; here the dashboard has its place.
        Assert.Equal(_planet.Ports.All(_planet).Except([_planet.Ports.Control]).Order(), endpoints.Select(e => e.Port!.Value).Order());
    }

    [Fact]
    public void Every_process_has_a_health_check() =>
        Assert.All(_builder.Resources.OfType<ProjectResource>(), p => Assert.Single(p.Annotations.OfType<HealthCheckAnnotation>()));

    private IResource Resource(string name) => _builder.Resources.Single(r => r.Name == name);
}
