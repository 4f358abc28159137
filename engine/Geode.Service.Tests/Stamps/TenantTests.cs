using System.Net;
using Geode.Service.Stamps;

namespace Geode.Service.Tests.Stamps;

/// <summary>Where tenants are, and what is said of them elsewhere.</summary>
[Collection(StampPlanetCollection.Name)]
public sealed class TenantTests(StampPlanet planet)
{
    [Fact]
    public async Task A_tenant_is_where_it_first_wrote_and_every_other_stamp_says_so()
    {
        Assert.Equal((HttpStatusCode.OK, "eu"), Seen(await planet.WriteAsync("first", "a", "hello", planet.NorthEurope)));

        foreach (var region in new[] { planet.WestEurope, planet.NorthEurope })
        {
            await InProcessPlanet.EventuallyAsync(
                async () => (await planet.SendAsync(HttpMethod.Get, "api/notes/a", region, "first")) is { Status: HttpStatusCode.OK, Stamp: "eu" }, $"the note in {region}");
        }

        foreach (var region in new[] { planet.EastUs, planet.SoutheastAsia })
        {
            foreach (var answer in new[] { await planet.SendAsync(HttpMethod.Get, "api/notes/a", region, "first"), await planet.WriteAsync("first", "b", "no", region) })
            {
                Assert.Equal((HttpStatusCode.MisdirectedRequest, "eu"), Seen(answer));
                Assert.Equal("Tenant 'first' is in stamp 'eu'; this is 'world'.", answer.Body.GetProperty("detail").GetString());
            }
        }

        await InProcessPlanet.EventuallyAsync(async () => await planet.WhereAsync("first") == "westeurope 1, northeurope 1, eastus 0, southeastasia 0", "one note in each replica of its stamp");
    }

    [Fact]
    public async Task Two_stamps_never_get_the_same_tenant()
    {
        for (var round = 0; round < 10; round++)
        {
            var tenant = $"both-{round}";
            var answers = await Task.WhenAll(planet.Planet.Regions.Select(region => planet.WriteAsync(tenant, region.Name, "mine", region)));

            var stamp = Assert.Single(answers.Select(answer => answer.Stamp).Distinct());
            Assert.Equal(2, answers.Count(answer => answer.Status == HttpStatusCode.OK));
            Assert.Equal(2, answers.Count(answer => answer.Status == HttpStatusCode.MisdirectedRequest));
            Assert.Equal(stamp, (await planet.TenantAsync(tenant)).GetProperty("tenant").GetProperty("stamp").GetString());
        }
    }

    [Fact]
    public async Task Of_a_tenant_that_nobody_has_there_is_nothing_to_read_anywhere_and_reading_places_it_nowhere()
    {
        foreach (var region in planet.Planet.Regions)
        {
            Assert.Equal((HttpStatusCode.NotFound, null), Seen(await planet.SendAsync(HttpMethod.Get, "api/notes/a", region, "nobody")));
            Assert.Equal("[]", (await planet.SendAsync(HttpMethod.Get, "api/notes", region, "nobody")).Body.GetRawText());
        }

        Assert.Equal(HttpStatusCode.NotFound, (await planet.SendAsync(HttpMethod.Get, "_tenants/nobody", planet.EastUs, null)).Status);
    }

    [Fact]
    public async Task A_placed_tenant_is_served_there_though_it_came_first_to_another()
    {
        await planet.PlaceAsync("placed", "world", "");

        Assert.Equal((HttpStatusCode.MisdirectedRequest, "world"), Seen(await planet.WriteAsync("placed", "a", "hello", planet.WestEurope)));
        Assert.Equal((HttpStatusCode.OK, "world"), Seen(await planet.WriteAsync("placed", "a", "hello", planet.SoutheastAsia)));
    }

    [Theory]
    [InlineData("-a")]
    [InlineData("a_b")]
    [InlineData("a.b")]
    public async Task What_is_no_tenant_is_refused(string tenant)
    {
        var answer = await planet.WriteAsync(tenant, "a", "hello", planet.EastUs);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal($"'{tenant}' is no tenant; allowed are 1 to 63 letters, digits and hyphens, no hyphen at an end.", answer.Body.GetProperty("detail").GetString());
    }

    [Theory]
    [InlineData("x", """{"stamp":"mars"}""", HttpStatusCode.BadRequest, "stamp: 'mars' is none; there are eu, world.")]
    [InlineData("x", """{"stamp":"world","residency":"EU"}""", HttpStatusCode.Conflict, "The data of 'x' has to stay in EU, and stamp 'world' is anywhere. An empty residency lets it go.")]
    [InlineData("x", """{"stomp":"world"}""", HttpStatusCode.BadRequest, """The body is not valid; expected {"stamp": "eu", "residency": "EU"}.""")]
    [InlineData("X", """{"stamp":"world"}""", HttpStatusCode.BadRequest, "'X' is no tenant; allowed are 1 to 63 lower-case letters, digits and hyphens, no hyphen at an end.")]
    public async Task A_wrong_order_is_refused_with_the_reason(string tenant, string order, HttpStatusCode status, string detail)
    {
        var answer = await planet.SendAsync(HttpMethod.Put, $"_tenants/{tenant}", planet.WestEurope, null, System.Text.Json.JsonDocument.Parse(order).RootElement);

        Assert.Equal((status, detail), (answer.Status, answer.Body.GetProperty("detail").GetString()));
    }

    private static (HttpStatusCode Status, string? Stamp) Seen(StampPlanet.Answer answer) => (answer.Status, answer.Stamp);
}
