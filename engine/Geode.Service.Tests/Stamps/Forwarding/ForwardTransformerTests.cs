using System.Net;
using Geode.Service.Stamps.Forwarding;
using Geode.Topology;

namespace Geode.Service.Tests.Stamps.Forwarding;

/// <summary>What changes on the way from stamp to stamp.</summary>
public sealed class ForwardTransformerTests
{
    [Fact]
    public async Task The_request_says_who_asked_and_nothing_that_the_first_router_said()
    {
        var context = Context();
        context.Request.Headers["X-Azure-FDID"] = "11111111-2222-3333-4444-555555555555";
        context.Request.Headers["X-Azure-RequestChain"] = "hops=1";
        context.Request.Headers["X-FD-HealthProbe"] = "1";
        context.Request.Headers["X-Forwarded-Host"] = "acme.example.com";
        context.Request.Headers["X-Tenant"] = "acme";
        using var request = new HttpRequestMessage();

        await new ForwardTransformer("acme", new()).TransformRequestAsync(context, request, "https://eu.example.com/", default);

        Assert.Equal(
            [
                "X-Forwarded-For: 203.0.113.7", "X-Forwarded-Host: acme.example.com", "X-Forwarded-Proto: https", "X-Geode-Passed-On: 1", "X-Tenant: acme",
            ],
            request.Headers.NonValidated.Select(header => $"{header.Key}: {header.Value}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("westeurope", HttpStatusCode.BadGateway, false)]
    [InlineData(null, HttpStatusCode.BadGateway, true)]
    [InlineData(null, HttpStatusCode.Forbidden, false)]
    public async Task A_server_error_that_no_geode_gave_is_none_of_its_answers(string? region, HttpStatusCode status, bool isAway)
    {
        using var answer = new HttpResponseMessage(status);
        if (region is not null)
            answer.Headers.Add("X-Geode-Region", region);
        var transformer = new ForwardTransformer("acme", new());

        Assert.Equal(!isAway, await transformer.TransformResponseAsync(Context(), answer, default));
        Assert.Equal(isAway, transformer.IsAway);
    }

    [Theory]
    [InlineData(TenantSources.Path, "geode-stamp=eu; max-age=300; path=/t/acme; secure; samesite=lax; httponly")]
    [InlineData(TenantSources.Header, "geode-stamp=eu; max-age=300; path=/; secure; samesite=lax; httponly")]
    public async Task The_hint_is_for_one_tenant_where_the_path_names_it(string by, string cookie)
    {
        using var answer = new HttpResponseMessage(HttpStatusCode.MisdirectedRequest);
        answer.Headers.Add("X-Geode-Region", "westeurope");
        answer.Headers.Add("X-Geode-Stamp", "eu");
        var context = Context();
        context.Response.StatusCode = (int)answer.StatusCode;
        var transformer = new ForwardTransformer("acme", new(by));

        await transformer.TransformResponseAsync(context, answer, default);

        Assert.Equal(cookie, context.Response.Headers.SetCookie);
        Assert.Equal("eu", transformer.Corrected);
    }

    [Theory]
    [InlineData("mars", "https://mars.example.com", "Geode__Stamps__mars: there is no such stamp; allowed are eu, world.")]
    [InlineData("eu", "eu.example.com", "Geode__Stamps__eu: 'eu.example.com' is not the base address of a router; allowed is one like https://eu.example.com/.")]
    [InlineData("eu", "https://example.com/eu", "Geode__Stamps__eu: 'https://example.com/eu' is not the base address of a router; allowed is one like https://eu.example.com/.")]
    public void A_wrong_address_is_refused(string stamp, string address, string fault)
    {
        var planet = PlanetLoader.Parse("""{ "regions": ["westeurope", "eastus"], "stamps": [{ "name": "eu", "regions": ["westeurope"] }, { "name": "world", "regions": ["eastus"] }] }""", "test");
        var configuration = new Microsoft.Extensions.Configuration.ConfigurationManager { [$"Geode:Stamps:{stamp}"] = address };

        Assert.Equal(fault, Assert.Throws<PlanetException>(() => StampAddresses.Read(configuration, new(planet, planet.Stamps[1], new()))).Message);
    }

    private static DefaultHttpContext Context() => new()
    {
        Request = { Scheme = "https", Host = new("planet.example.com"), Method = "GET" },
        Connection = { RemoteIpAddress = IPAddress.Parse("203.0.113.7") },
    };
}
