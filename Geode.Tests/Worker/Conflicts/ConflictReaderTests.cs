using Geode.Tests.Api;

namespace Geode.Tests.Worker.Conflicts;

[Collection(ServicePlanetCollection.Name)]
public sealed class ConflictReaderTests(ServicePlanet planet)
{
    [Fact]
    public async Task Edits_on_both_sides_of_a_partition_are_merged_and_both_originals_kept()
    {
        using var here = planet.Visitor();
        var id = await here.AskAsync("Edited");
        await here.PutAsync($"/api/questions/{id}", new { title = "Start", body = "one\ntwo\nthree" });
        // The same visitor at two places at once.
        using var there = planet.Visitor();
        there.Cookies.Add(here.Cookies.GetAllCookies());
        await ServicePlanet.EventuallyAsync(
            async () => (await there.GetAsync($"/api/questions/{id}", planet.There)) is { Status: System.Net.HttpStatusCode.OK } read
                && read.Text("title") == "Start" && !read.Headers.ContainsKey("X-Geode-Read-From"),
            "the question in the other region's own replica");

        await planet.LinksAsync("down");
        try
        {
            await here.PutAsync($"/api/questions/{id}", new { title = "Start", body = "ONE\ntwo\nthree" }, planet.Here);
            await there.PutAsync($"/api/questions/{id}", new { title = "Better", body = "one\ntwo\nTHREE" }, planet.There);
        }
        finally
        {
            await planet.LinksAsync("up");
        }

        foreach (var region in planet.Planet.Regions)
        {
            using var reader = planet.Visitor();
            await ServicePlanet.EventuallyAsync(
                async () =>
                {
                    var read = await reader.GetAsync($"/api/questions/{id}", region);
                    return read.Text("body") == "ONE\ntwo\nTHREE" && read.Text("title") == "Better"
                        && read.Body.TryGetProperty("history", out var history)
                        && history.EnumerateArray().Select(entry => entry.GetProperty("region").GetString()).Order()
                            .SequenceEqual(planet.Planet.RegionNames.Order());
                },
                $"both edits in {region}");
        }
    }
}
