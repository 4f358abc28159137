using System.Net;
using System.Text.Json;
using Geode.Tests.Api;
using Geode.Topology;

namespace Geode.Tests.Worker.Conflicts;

[Collection(ServicePlanetCollection.Name)]
public sealed class ConflictReaderTests(ServicePlanet planet)
{
    [Fact]
    public async Task Edits_on_both_sides_of_a_partition_are_merged_and_both_originals_kept()
    {
        var id = "";
        await ServicePlanet.EventuallyAsync(
            async () => (id = await EditedApartAsync() ?? "").Length > 0,
            "an edit in each region's own replica");

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

    /// <summary>The question's id; null when a busy replica had the other region's take an edit, which then is no conflict.</summary>
    private async Task<string?> EditedApartAsync()
    {
        using var here = planet.Visitor();
        var id = await here.AskAsync("Edited");
        await here.PutAsync($"/api/questions/{id}", new { title = "Start", body = "one\ntwo\nthree" });
        // The same visitor at two places at once.
        using var there = planet.Visitor();
        there.Cookies.Add(here.Cookies.GetAllCookies());
        await ServicePlanet.EventuallyAsync(
            async () => await BodyAsync(planet.Here, id) == "one\ntwo\nthree" && await BodyAsync(planet.There, id) == "one\ntwo\nthree",
            "the question in both replicas");

        await planet.LinksAsync("down");
        try
        {
            await here.PutAsync($"/api/questions/{id}", new { title = "Start", body = "ONE\ntwo\nthree" }, planet.Here);
            if (await BodyAsync(planet.There, id) != "one\ntwo\nthree")
                return null;
            await there.PutAsync($"/api/questions/{id}", new { title = "Better", body = "one\ntwo\nTHREE" }, planet.There);
            return await BodyAsync(planet.Here, id) == "ONE\ntwo\nthree" && await BodyAsync(planet.There, id) == "one\ntwo\nTHREE" ? id : null;
        }
        finally
        {
            await planet.LinksAsync("up");
        }
    }

    /// <summary>What one region's replica holds; null before it has the question.</summary>
    private async Task<string?> BodyAsync(Region region, string id)
    {
        using var client = planet.Client(region);
        var questions = client.GetDatabase(planet.Planet.Backplane.Database).GetContainer("questions");
        using var answer = await questions.ReadItemStreamAsync(id, new(id));
        if (answer.StatusCode is HttpStatusCode.NotFound)
            return null;
        using var document = await JsonDocument.ParseAsync(answer.EnsureSuccessStatusCode().Content);
        return document.RootElement.GetProperty("body").GetString();
    }
}
