using System.Net;

namespace Geode.Tests.Planets;

[Collection(LocalPlanetTests.Name)]
public class GrowthTests(LocalPlanetFixture fixture)
{
    private const string New = "brazilsouth";

    [Fact]
    public async Task A_region_that_joins_has_what_was_written_before_and_one_that_leaves_takes_nothing_with_it()
    {
        var before = await AskAsync("before", "amsterdam");
        await fixture.Planet.AddRegionAsync(New);
        using var there = new PlanetClient(fixture.Planet.Geode(New), place: null);
        await IsThereAsync(there, before);

        using var written = await there.SendAsync(HttpMethod.Post, "/api/questions", new { title = "in the new region", body = "b", tags = Array.Empty<string>() }, "growth-new");
        Assert.Equal(HttpStatusCode.Created, written.StatusCode);
        var id = System.Text.Json.JsonDocument.Parse(await written.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetString()!;
        // The router knows it: it is the nearest there.
        using (var near = new PlanetClient(fixture.Planet.Router, "saopaulo"))
            await IsThereAsync(near, id);

        // Not by force: nothing is lost.
        await fixture.Planet.RemoveRegionAsync(New);
        Assert.DoesNotContain(New, fixture.Planet.Planet.RegionNames);
        Assert.DoesNotContain(await fixture.Planet.ProcessesAsync(), p => p.Region == New);
        foreach (var left in fixture.Planet.Planet.Regions)
        {
            using var geode = new PlanetClient(fixture.Planet.Geode(left.Name), place: null);
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
