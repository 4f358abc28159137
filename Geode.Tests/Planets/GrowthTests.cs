using System.Net;
using Geode.Topology;

namespace Geode.Tests.Planets;

[Collection(LocalPlanetTests.Name)]
public class GrowthTests(LocalPlanetFixture fixture)
{
    private const string New = "brazilsouth";

    [Fact]
    public async Task A_region_that_joins_has_what_was_written_before_and_one_that_leaves_takes_nothing_with_it()
    {
        var before = await AskAsync("before", "amsterdam");
        var grown = await fixture.Control.PostAsync("/planet/regions", new { name = New });
        Assert.Contains(New, grown.GetProperty("regions").EnumerateArray().Select(r => r.GetString()));
        var region = fixture.Planet.Planet.Region(New);
        using var there = new PlanetClient(new Uri(PlanetPorts.Loopback(fixture.Planet.Planet.Ports.Api(region))), place: null);
        await IsThereAsync(there, before);

        using var written = await there.SendAsync(HttpMethod.Post, "/api/questions", new { title = "in the new region", body = "b", tags = Array.Empty<string>() }, "growth-new");
        Assert.Equal(HttpStatusCode.Created, written.StatusCode);
        var id = System.Text.Json.JsonDocument.Parse(await written.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetString()!;
        // The router knows it: it is the nearest there.
        using (var near = new PlanetClient(fixture.Planet.Router, "saopaulo"))
            await IsThereAsync(near, id);

        var removed = await fixture.Control.DeleteAsync($"/planet/regions/{New}");
        Assert.DoesNotContain(New, removed.GetProperty("regions").EnumerateArray().Select(r => r.GetString()));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, removed.GetProperty("lost").ValueKind);
        Assert.DoesNotContain(await fixture.Planet.ProcessesAsync(), p => p.Region == New);
        foreach (var left in fixture.Planet.Planet.Regions)
        {
            using var geode = new PlanetClient(new Uri(PlanetPorts.Loopback(fixture.Planet.Planet.Ports.Api(left))), place: null);
            await IsThereAsync(geode, id);
        }
    }

    private async Task<string> AskAsync(string title, string place)
    {
        using var client = new PlanetClient(fixture.Planet.Router, place);
        using var write = await client.SendAsync(HttpMethod.Post, "/api/questions", new { title, body = "b", tags = Array.Empty<string>() }, $"growth-{title}");
        var text = await write.Content.ReadAsStringAsync();
        Assert.True(write.StatusCode == HttpStatusCode.Created, text);
        return System.Text.Json.JsonDocument.Parse(text).RootElement.GetProperty("id").GetString()!;
    }

    private static Task IsThereAsync(PlanetClient client, string id) => Eventually.TrueAsync(
        async () =>
        {
            using var response = await client.GetAsync($"/api/questions/{id}");
            return response.StatusCode == HttpStatusCode.OK;
        },
        () => $"Question {id} is missing.");
}
