using Geode.Runtime.Health;
using Geode.Tests.Azure.Bicep;
using Geode.Topology;

namespace Geode.Tests.Azure;

/// <summary>Front Door routes as the local router does: over every geode, by latency, without affinity.</summary>
public sealed class RouterParityTests
{
    private const string Edge = "infra/modules/edge.bicep";
    private const string Origin = "infra/modules/origin.bicep";
    private const string Routes = "infra/modules/routes.bicep";
    private const string Main = "infra/main.bicep";

    private static readonly Sources Varied = Sources.OfRepository.WithPlanet("""
        { "regions": ["eastus", { "name": "westeurope", "priority": 2, "weight": 10 }, { "name": "japaneast", "weight": 500 }],
          "router": { "latencyWindowMs": 20 } }
        """);

    [BicepFact]
    public async Task Front_Door_is_set_as_the_router_is() => Assert.Empty(await FaultsAsync(Sources.OfRepository));

    [BicepFact]
    public async Task So_it_is_with_priorities_and_weights() => Assert.Empty(await FaultsAsync(Varied));

    public static TheoryData<string, string, string, string> Mutations => new()
    {
        { Edge, "sessionAffinityState: 'Disabled'", "sessionAffinityState: 'Enabled'", "affinity" },
        { Edge, "additionalLatencyInMilliseconds: latencyWindowMs", "additionalLatencyInMilliseconds: 50", "window" },
        { Edge, "probePath: '/health/ready'", "probePath: '/'", "probe" },
        { Edge, "probeProtocol: 'Https'", "probeProtocol: 'Http'", "probe" },
        { Origin, "priority: region.priority", "priority: 1", "priority" },
        { Origin, "weight: region.weight", "weight: 1000", "weight" },
        { Routes, "forwardingProtocol: 'HttpsOnly'", "forwardingProtocol: 'MatchRequest'", "encrypted" },
        { Main, "  dependsOn: [origins]\n", "", "origins" },
        { Edge, "mode: 'Prevention'", "mode: 'Detection'", "firewall" },
        { Edge, "ruleType: 'RateLimitRule'", "ruleType: 'MatchRule'", "rate" },
        { Origin, "originHostHeader: hostName", "originHostHeader: 'planet'", "host" },
        { Main, "'api.${stamps[i].outputs.domain}'", "'web.${stamps[i].outputs.domain}'", "host" },
        { Main, "module origins 'modules/origin.bicep' = [for (region, i) in regions:", "module origins 'modules/origin.bicep' = [for (region, i) in filter(regions, r => r.name != 'japaneast'):", "origins" },
        { Main, "planet.?router.?latencyWindowMs ?? 50", "50", "window" },
        { Main, "region.?weight ?? 1000", "1000", "weight" },
    };

    [BicepTheory]
    [MemberData(nameof(Mutations))]
    public async Task A_difference_is_found(string path, string old, string replacement, string fault) =>
        Assert.Contains(await FaultsAsync(Varied.With(path, old, replacement)), f => f.Contains(fault, StringComparison.Ordinal));

    [BicepFact]
    public async Task A_drained_region_gets_nothing_and_the_others_everything()
    {
        var origins = Origins(await Azd.ProvisionAsync(Varied, settings: [("PLANET_DRAINED_REGIONS", "japaneast, eastus")]));

        Assert.Equal(
            [("eastus", "Disabled"), ("japaneast", "Disabled"), ("westeurope", "Enabled")],
            origins.Select(o => (o.Name.Split('/')[^1], o.Body.At("properties", "enabledState").Text())).Order());
    }

    [BicepFact]
    public async Task A_domain_of_ones_own_is_on_every_route_and_behind_the_firewall()
    {
        var azd = await Azd.ProvisionAsync(Sources.OfRepository, settings: [("PLANET_CUSTOM_DOMAIN", "www.contoso.com")]);
        var domain = azd.One("/customDomains");
        var routes = azd.Resources.Where(r => r.Type.EndsWith("/routes", StringComparison.Ordinal)).ToList();
        var protectedDomains = azd.One("/securityPolicies").Body.At("properties", "parameters", "associations", 0, "domains").List();

        Assert.Equal("www-contoso-com", domain.Name.Split('/')[^1]);
        Assert.Equal("ManagedCertificate", domain.Body.At("properties", "tlsSettings", "certificateType"));
        Assert.All(routes, r => Assert.EndsWith("/customDomains/www-contoso-com", r.Body.At("properties", "customDomains", 0, "id").Text()));
        Assert.Equal(2, protectedDomains.Count);
        Assert.Equal("https://www.contoso.com", azd.Environment["AZURE_PLANET_URL"]);
    }

    /// <summary>Front Door keeps for days what does not say how long it may be kept, so what is somebody's own is not on a caching route.</summary>
    [BicepFact]
    public async Task Only_public_files_are_cached()
    {
        var routes = (await Azd.ProvisionAsync(Sources.OfRepository)).Resources.Where(r => r.Type.EndsWith("/routes", StringComparison.Ordinal)).ToList();
        var cached = routes.Where(r => r.Body.At("properties", "cacheConfiguration") is not null)
            .SelectMany(r => r.Body.At("properties", "patternsToMatch").List()).Select(p => p.Text()).ToList();

        Assert.NotEmpty(cached);
        Assert.All(cached, pattern => Assert.DoesNotMatch("^/(api|hubs|health)|^/\\*$", pattern));
    }

    /// <summary>What a module of the compiled template waits for; a loop goes by its own name.</summary>
    private static async Task<IEnumerable<string?>> DependenciesAsync(Sources sources, string module)
    {
        using var folder = sources.Write();
        var compiled = await BicepCompiler.Instance.CompileAsync(folder.At("infra/main.bicep"));
        return compiled.Template.GetProperty("resources").EnumerateArray().Single(r => r.GetProperty("name").GetString() == module)
            .GetProperty("dependsOn").EnumerateArray().Select(d => d.GetString());
    }

    private static IEnumerable<Deployed> Origins(Azd azd) => azd.Resources.Where(r => r.Type.EndsWith("/origins", StringComparison.Ordinal));

    private static async Task<List<string>> FaultsAsync(Sources sources)
    {
        var faults = new List<string>();
        var planet = Planets.OfRepository(sources);
        var azd = await Azd.ProvisionAsync(sources);
        object? Properties(string type) => azd.One(type).Body.At("properties");
        void Expect(bool holds, string what)
        {
            if (!holds)
                faults.Add(what);
        }

        var group = Properties("/originGroups");
        Expect(group.At("sessionAffinityState") is "Disabled", "affinity is on");
        Expect(group.At("loadBalancingSettings", "additionalLatencyInMilliseconds") is long window && window == planet.Router.LatencyWindowMs, "another window");
        var probe = group.At("healthProbeSettings");
        Expect(probe.At("probePath") is HealthEndpoints.Ready && probe.At("probeProtocol") is "Https", "another probe");

        var origins = Origins(azd).ToDictionary(r => r.Name.Split('/')[^1], r => r.Body.At("properties"));
        Expect(origins.Keys.Order().SequenceEqual(planet.RegionNames.Order()), "other origins");
        foreach (var region in planet.Regions.Where(r => origins.ContainsKey(r.Name)))
        {
            var origin = origins[region.Name];
            Expect(origin.At("priority") is long priority && priority == region.Priority, $"{region}: another priority");
            Expect(origin.At("weight") is long weight && weight == region.Weight, $"{region}: another weight");
            var host = origin.At("hostName").Text();
            Expect(host == $"api.<cae-{region}.defaultDomain>" && origin.At("originHostHeader") as string == host, $"{region}: another host");
        }

        foreach (var route in azd.Resources.Where(r => r.Type.EndsWith("/routes", StringComparison.Ordinal)))
        {
            Expect(route.Body.At("properties", "forwardingProtocol") is "HttpsOnly", $"{route}: not encrypted");
        }

        Expect((await DependenciesAsync(sources, "routes")).Contains("origins"), "routes are made before their origins");
        var firewall = Properties("/FrontDoorWebApplicationFirewallPolicies");
        Expect(firewall.At("policySettings", "mode") is "Prevention", "the firewall only looks on");
        Expect(firewall.At("customRules", "rules", 0, "ruleType") is "RateLimitRule", "no rate rule");
        return faults;
    }
}
