using Geode.Router.Configuration;
using Geode.Router.Selection;
using Geode.Topology;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Geode.Router.Tests.Configuration;

public sealed class RouterSetupLoaderTests
{
    private const string TwoRegions = """{ "regions": ["westeurope", { "name": "eastus", "priority": 2, "weight": 10 }], "router": { "latencyWindowMs": 7 } }""";

    [Fact]
    public void Origins_given_one_by_one_need_no_planet()
    {
        var setup = Load("Geode:Router:Origins:a=http://127.0.0.1:1", "Geode:Router:Origins:b=https://example.org");

        Assert.Equal(["a", "b"], setup.Origins.Select(o => o.Name));
        Assert.Null(setup.Planet);
        Assert.False(setup.EmulateWan);
        Assert.All(setup.Origins, o => Assert.Equal((1, 1000, null), (o.Priority, o.Weight, o.Location)));
    }

    [Fact]
    public void What_may_be_attached_gets_through_unless_somebody_says_otherwise()
    {
        const string Planet = """Geode:Planet={ "regions": ["westeurope", "northeurope"], "attachments": { "maxMegabytes": 256 } }""";
        Assert.Equal(256 << 20, Load(Planet).Options.Limits.MaxBodyBytes);
        Assert.Equal(new LimitOptions().MaxBodyBytes, Load(Planet.Replace("256", "1", StringComparison.Ordinal)).Options.Limits.MaxBodyBytes);
        Assert.Equal(1000, Load(Planet, "Geode:Router:Limits:MaxBodyBytes=1000").Options.Limits.MaxBodyBytes);
    }

    [Fact]
    public void An_origin_may_say_more()
    {
        var origin = Assert.Single(Load(
            "Geode:Router:Origins:a:Url=http://h:1", "Geode:Router:Origins:a:Priority=3", "Geode:Router:Origins:a:Weight=7",
            "Geode:Router:Origins:a:Place=singapore").Origins);

        Assert.Equal((3, 7, Places.Find("singapore")!.Location), (origin.Priority, origin.Weight, origin.Location));
    }

    [Fact]
    public void A_planet_gives_origins_window_admin_listener_and_distances()
    {
        var setup = Load("Geode:Planet=" + TwoRegions);

        Assert.Equal(["westeurope", "eastus"], setup.Origins.Select(o => o.Name));
        Assert.Equal(setup.Planet!.Ports.Api(setup.Planet.Regions[1]), setup.Origins[1].Address.Port);
        Assert.Equal((2, 10), (setup.Origins[1].Priority, setup.Origins[1].Weight));
        Assert.Equal(7, setup.Options.LatencyWindowMs);
        Assert.Equal(PlanetPorts.Loopback(setup.Planet.Ports.RouterAdmin), setup.Options.Admin);
        Assert.Equal("westeurope", setup.Home.Name);
        Assert.True(setup.EmulateWan);
    }

    [Fact]
    public void A_planet_gives_stamps_and_how_tenants_are_told()
    {
        const string Stamps = """
            { "regions": ["westeurope", "northeurope", "eastus"], "stamps": [{ "name": "eu", "regions": ["westeurope", "northeurope"] }, { "name": "us", "regions": ["eastus"] }]
            """;
        var setup = Load($$"""Geode:Planet={{Stamps}}, "tenants": { "by": "path" } }""");
        Assert.Equal(["eu", "eu", "us"], setup.Origins.Select(o => o.Stamp));
        Assert.Equal(TenantSources.Path, setup.Options.Tenants!.By);
        Assert.Equal(new TenantSettings(), Load($$"""Geode:Planet={{Stamps}} }""").Options.Tenants);

        setup = Load("Geode:Planet=" + TwoRegions);
        Assert.All(setup.Origins, o => Assert.Null(o.Stamp));
        Assert.Null(setup.Options.Tenants);
    }

    [Fact]
    public void Stamps_can_be_given_without_a_planet()
    {
        string[] origins = ["Geode:Router:Origins:a:Url=http://h:1", "Geode:Router:Origins:a:Stamp=eu"];
        var setup = Load([.. origins, "Geode:Router:Tenants:Header=X-Customer"]);
        Assert.Equal("eu", Assert.Single(setup.Origins).Stamp);
        Assert.Equal(new TenantSettings(TenantSources.Header, "X-Customer"), setup.Options.Tenants);
        Assert.Equal(new TenantSettings(), Load(origins).Options.Tenants);
    }

    [Theory]
    [InlineData("Geode:Router:Tenants:By=cookie", "Tenants:By", "header, host, path")]
    [InlineData("Geode:Router:Tenants:Header=a b", "Tenants:Header", "letters, digits and hyphens")]
    [InlineData("Geode:Router:Tenants:Heading=x", "Heading", "unknown setting")]
    [InlineData("Geode:Router:Origins:b=http://h:2", "Origins:b", "each origin has a Stamp")]
    [InlineData("Geode:Router:Origins:a:Stamp=E U", "Origins:a:Stamp", "lower-case")]
    [InlineData("Geode:Router:Origins:a:Stamp=", "Origins:a:Stamp", "1 to 32")]
    public void A_wrong_setting_about_stamps_is_one_line_too(string setting, string named, string allowed)
    {
        string[] good = ["Geode:Router:Origins:a:Url=http://h:1", "Geode:Router:Origins:a:Stamp=eu"];
        var error = Assert.Throws<OptionsValidationException>(() => Load([.. good.Where(g => g.Split('=')[0] != setting.Split('=')[0]), setting]));

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.Contains(allowed, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void What_is_said_wins_over_the_planet()
    {
        var setup = Load("Geode:Planet=" + TwoRegions, "Geode:Router:EmulateWan=false", "Geode:Router:Region=tokyo", "Geode:Router:Admin=http://127.0.0.1:77");

        Assert.False(setup.EmulateWan);
        Assert.Equal("tokyo", setup.Home.Name);
        Assert.Equal("http://127.0.0.1:77", setup.Options.Admin);
    }

    [Theory]
    [InlineData("Geode:Router:Origins:a=nonsense", "Origins:a", "http://host:port")]
    [InlineData("Geode:Router:Origins:a=http://h:1/path", "Origins:a", "without a path")]
    [InlineData("Geode:Router:Origins:a=ftp://h:1", "Origins:a", "https://")]
    [InlineData("Geode:Router:Origins:a:Wight=3", "Origins:a:Wight", "Weight")]
    [InlineData("Geode:Router:Origins:b:Weight=0", "Origins:b", "http://host:port")]
    [InlineData("Geode:Router:Tenants:By=path", "Tenants", "without stamps")]
    [InlineData("Geode:Router:LatencyWindow=3", "LatencyWindow", "unknown setting")]
    [InlineData("Geode:Router:LatencyWindowMs=x", "LatencyWindowMs", "'x'")]
    [InlineData("Geode:Router:LatencyWindowMs=-1", "LatencyWindowMs", "0 or more")]
    [InlineData("Geode:Router:LatencyWindowMs=NaN", "LatencyWindowMs", "0 or more")]
    [InlineData("Geode:Router:Region=atlantis", "Region", "atlantis")]
    [InlineData("Geode:Router:Admin=http://0.0.0.0:1", "AdminToken", "token is required")]
    [InlineData("Geode:Router:Admin=what", "Admin", "http://127.0.0.1:PORT")]
    [InlineData("Geode:Router:TrustedProxies:0=10.0.0.0/99", "TrustedProxies", "CIDR")]
    [InlineData("Geode:Router:ClientPlaces:10.0.0.0/8=atlantis", "ClientPlaces:10.0.0.0/8", "atlantis")]
    [InlineData("Geode:Router:Tries:MaxTries=0", "Tries:MaxTries", "1 to 16")]
    [InlineData("Geode:Router:Tries:RetryBudget=2", "Tries:RetryBudget", "0 to 1")]
    [InlineData("Geode:Router:Health:ProbePath=ready", "Health:ProbePath", "'/'")]
    [InlineData("Geode:Router:Concurrency:Initial=1", "Concurrency:Initial", "32 to 4096")]
    [InlineData("Geode:Router:OriginHttpVersion=3", "OriginHttpVersion", "1.1 or 2")]
    public void A_wrong_setting_is_one_line_that_names_it_and_what_is_allowed(string setting, string named, string allowed)
    {
        var error = Assert.Throws<OptionsValidationException>(() => Load("Geode:Router:Origins:z=http://127.0.0.1:1", setting));

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.Contains(allowed, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void More_origins_than_a_set_can_hold_are_refused()
    {
        var many = Enumerable.Range(0, OriginSet.Most + 1).Select(i => $"Geode:Router:Origins:o{i}=http://127.0.0.1:{i + 1}").ToArray();

        Assert.Contains($"at most {OriginSet.Most}", Assert.Throws<OptionsValidationException>(() => Load(many)).Message, StringComparison.Ordinal);
        Assert.Equal(OriginSet.Most, Load(many[..OriginSet.Most]).Origins.Count);
    }

    [Fact]
    public void The_largest_planet_has_a_router()
    {
        const int MostRegions = 254;
        Assert.Equal(MostRegions, Load(PlanetOf(MostRegions)).Origins.Count);
        Assert.Throws<PlanetException>(() => Load(PlanetOf(MostRegions + 1)));

        static string PlanetOf(int regions) =>
            $$"""Geode:Planet={ "regions": [{{string.Join(',', Enumerable.Range(0, regions).Select(i => $$"""{ "name": "r{{i}}", "latitude": {{i % 90}}, "longitude": {{i % 180}} }"""))}}] }""";
    }

    [Fact]
    public void A_wrong_planet_is_the_planets_own_error() =>
        Assert.Throws<PlanetException>(() => Load("""Geode:Planet={ "regions": ["nowhere-at-all"] }"""));

    internal static RouterSetup Load(params string[] settings) =>
        RouterSetupLoader.Load(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => s.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => (string?)pair[1])).Build());
}
