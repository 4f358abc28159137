using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Geode.Topology;

namespace Geode.Hosting.Tests;

/// <summary>The model as Aspire would run it, without running it.</summary>
public sealed class AddPlanetTests
{
    private static readonly string[] Regions = ["westeurope", "eastus", "southeastasia"];

    private readonly IDistributedApplicationBuilder _builder = Models.Builder();
    private readonly Planet _planet;

    public AddPlanetTests() => _planet = Models.Add(_builder, Models.Choice("local", Regions)).Resource.Planet;

    [Fact]
    public void Every_region_has_a_geode_with_its_processes_and_the_planet_has_a_router()
    {
        var processes = Regions.SelectMany(r => (string[])[$"backplane-{r}", $"api-{r}", $"worker-{r}"]).Append("router");

        Assert.Equal(processes.Order(), _builder.Resources.OfType<ProjectResource>().Where(r => !IsForLater(r)).Select(r => r.Name).Order());
        Assert.Equal(Regions.Select(r => $"geode-{r}"), _builder.Resources.OfType<GeodeResource>().Select(g => g.Name));
    }

    [Fact]
    public void Further_instances_are_there_for_later_and_not_shown()
    {
        var later = _builder.Resources.OfType<ProjectResource>().Where(IsForLater).ToList();

        Assert.Equal(Regions.SelectMany(r => (string[])[$"api-{r}-2", $"api-{r}-3"]).Order(), later.Select(r => r.Name).Order());
        Assert.All(later, r => Assert.True(r.Annotations.OfType<ResourceSnapshotAnnotation>().Single().InitialSnapshot.IsHidden));
    }

    [Fact]
    public void The_planet_is_the_parent_of_its_geodes_and_they_of_their_processes()
    {
        foreach (var region in Regions)
        {
            Assert.Equal("planet", Parent($"geode-{region}"));
            Assert.All((string[])["backplane", "api", "worker"], role => Assert.Equal($"geode-{region}", Parent($"{role}-{region}")));
        }
        Assert.Equal("planet", Parent("router"));
    }

    [Fact]
    public void A_geode_and_the_planet_can_be_broken_and_healed()
    {
        foreach (var region in Regions)
            Assert.Equal(["kill", "freeze", "thaw", "revive", "drain", "undrain", "outage", "scale"], Commands($"geode-{region}"));
        Assert.Equal(["partition", "heal", "load", "stop-load", "steward", "undo"], Commands("planet"));
    }

    [Fact]
    public void A_region_with_a_geode_in_each_zone_has_an_api_and_a_worker_in_each_and_a_command_for_one_of_them()
    {
        var builder = Models.Builder();
        var choice = Models.Choice("local", "westeurope", "eastus");
        Models.Add(builder, choice with { Planet = PlanetLoader.Parse("""{ "regions": [{ "name": "westeurope", "footprint": "zonal" }, "eastus"] }""", "test") });

        var shown = builder.Resources.OfType<ProjectResource>().Where(r => !IsForLater(r) && r.Name.Contains("westeurope", StringComparison.Ordinal)).Select(r => r.Name);
        Assert.Equal(
            ["api-westeurope", "api-westeurope-2", "api-westeurope-3", "backplane-westeurope", "worker-westeurope", "worker-westeurope-2", "worker-westeurope-3"], shown.Order());
        Assert.Contains("zone", Of("geode-westeurope"));
        Assert.DoesNotContain("zone", Of("geode-eastus"));

        IEnumerable<string> Of(string geode) => builder.Resources.Single(r => r.Name == geode).Annotations.OfType<ResourceCommandAnnotation>().Select(c => c.Name);
    }

    [Fact]
    public void Endpoints_have_the_planet_s_ports_and_no_proxy()
    {
        var endpoints = _builder.Resources.SelectMany(r => r.Annotations.OfType<EndpointAnnotation>()).ToList();

        Assert.All(endpoints, e => Assert.False(e.IsProxied));
        Assert.Equal(_planet.Ports.All(_planet).Except([_planet.Ports.Control]).Concat(_planet.Ports.FurtherInstances(_planet)).Order(), endpoints.Select(e => e.Port!.Value).Order());
    }

    [Fact]
    public void Every_process_has_a_health_check_and_runs_what_was_built() => Assert.All(_builder.Resources.OfType<ProjectResource>(), p =>
    {
        Assert.Single(p.Annotations.OfType<HealthCheckAnnotation>());
        Assert.True(File.Exists(p.Annotations.OfType<ExecutableAnnotation>().Single().Command));
    });

    [Fact]
    public void An_editor_that_debugs_starts_the_projects_itself()
    {
        var builder = Models.Builder("--DEBUG_SESSION_PORT=1234");

        Models.Add(builder, Models.Choice("local", "westeurope"));

        Assert.All(builder.Resources.OfType<ProjectResource>(), p => Assert.Empty(p.Annotations.OfType<ExecutableAnnotation>()));
    }

    [Fact]
    public async Task Processes_are_told_what_every_planet_tells_them()
    {
        var api = await Models.EnvironmentAsync(Resource("api-eastus"), _builder.ExecutionContext);

        var told = PlanetEnvironment.ForApi(_planet, _planet.Region("eastus"));
        Assert.All(told, setting => Assert.Equal(setting.Value, api[setting.Key]));
        Assert.Equal(PlanetPorts.Loopback(_planet.Ports.Control), api[PlanetEnvironment.Control]);
    }

    [Fact]
    public async Task Processes_of_a_stamp_are_told_of_it_and_its_geode_shows_it()
    {
        var choice = Models.Choice("local", "westeurope", "eastus");
        var planet = choice.Planet with { Stamps = [new("eu", ["westeurope"]) { Residency = "EU" }, new("world", ["eastus"])], Tenants = new() };
        var builder = Models.Builder();
        Models.Add(builder, choice with { Planet = planet });
        var europe = planet.Region("westeurope");

        async Task ToldAsync(string resource, IReadOnlyDictionary<string, string> expected)
        {
            var told = await Models.EnvironmentAsync(builder.Resources.Single(r => r.Name == resource), builder.ExecutionContext);
            Assert.All(expected.Where(e => e.Key != PlanetEnvironment.Containers), setting => Assert.Equal(setting.Value, told[setting.Key]));
        }

        await ToldAsync("api-westeurope", PlanetEnvironment.ForApi(planet, europe));
        await ToldAsync("worker-westeurope", PlanetEnvironment.ForWorker(planet, europe));
        await ToldAsync("backplane-westeurope", PlanetEnvironment.ForBackplane(planet, europe, null));
        Assert.Equal(["eu (data stays in EU)", "world"], builder.Resources.OfType<GeodeResource>()
            .Select(g => g.Annotations.OfType<ResourceSnapshotAnnotation>().Single().InitialSnapshot.Properties.Single(p => p.Name == "stamp").Value));
    }

    [Fact]
    public void An_application_takes_one_planet() =>
        Assert.Contains("'planet'", Assert.Throws<PlanetException>(() => _builder.AddPlanet("other", Models.Choice("local", "uksouth"))).Message);

    [Fact]
    public void A_region_whose_attachments_would_be_copied_to_nobody_is_said_before_anything_is_made()
    {
        var choice = Models.Choice("local", "westeurope", "eastus");
        var wrong = Assert.Throws<PlanetException>(() => Models.Add(Models.Builder(), choice with { Planet = choice.Planet with { Attachments = new() } }));
        Assert.StartsWith("geode.json: regions[0].pair: ", wrong.Message);
    }

    [Fact]
    public void A_geode_can_have_what_the_others_have_not()
    {
        var planet = _builder.CreateResourceBuilder(_builder.Resources.OfType<PlanetResource>().Single());

        Assert.Equal("geode-eastus", planet.GetGeode("eastus").Resource.Name);
        Assert.Contains("'atlantis'", Assert.Throws<PlanetException>(() => planet.GetGeode("atlantis")).Message);
    }

    [Fact]
    public void A_service_comes_after_the_store_that_all_share()
    {
        var planet = Models.Builder("--ConnectionStrings:backplane=x").AddPlanet("planet", Models.Choice("azure", "westeurope", "eastus"));

        Assert.Contains("WithReplicas", Assert.Throws<InvalidOperationException>(() => planet.WithService<Projects.Geode_Shopping>("api")).Message);
    }

    [Fact]
    public void A_geode_has_no_service_of_another_kind()
    {
        var geode = _builder.CreateResourceBuilder(_builder.Resources.OfType<GeodeResource>().First());

        Assert.Contains("allowed are api, worker", Assert.Throws<ArgumentException>(() => geode.AddService<Projects.Geode_Shopping>("mailer")).Message);
    }

    private static bool IsForLater(IResource resource) => resource.Annotations.OfType<ExplicitStartupAnnotation>().Any();

    private IResource Resource(string name) => _builder.Resources.Single(r => r.Name == name);

    private string Parent(string name) =>
        Resource(name).Annotations.OfType<ResourceRelationshipAnnotation>().Single(r => r.Type == "Parent").Resource.Name;

    private IEnumerable<string> Commands(string name) => Resource(name).Annotations.OfType<ResourceCommandAnnotation>().Select(c => c.Name);
}
