using System.Net;
using System.Text.Json;

namespace Geode.Tests.Api.Personal;

/// <summary>The order for a visitor where no model is in force.</summary>
[Collection(ServicePlanetCollection.Name)]
public sealed class ForYouTests(ServicePlanet planet)
{
    private readonly string _tag = "t" + Guid.NewGuid().ToString("N")[..12];

    [Fact]
    public async Task Who_has_no_history_is_shown_the_general_order_and_told_why()
    {
        using var asker = planet.Visitor();
        var asked = await asker.AskAsync("General", tags: _tag);
        using var reader = planet.Visitor();
        Answer page = null!;
        await ServicePlanet.EventuallyAsync(async () => Ids(page = await ForYouAsync(reader)).Contains(asked), "the question is listed");

        Assert.Equal("tastes/none; no history", page.Headers["X-Geode-Model"]);
        Assert.Contains("no-store", page.Headers["Cache-Control"], StringComparison.Ordinal);
        Assert.False(page.Headers.ContainsKey("X-Geode-Read-From"));
        Assert.DoesNotContain(reader.Cookies.GetAllCookies(), cookie => cookie.Name == "geode-visitor");
    }

    [Fact]
    public async Task What_the_visitor_dealt_with_comes_last()
    {
        using var asker = planet.Visitor();
        using var visitor = planet.Visitor();
        var own = await visitor.AskAsync("Own", tags: _tag);
        var fresh = await asker.AskAsync("Fresh", tags: _tag);
        var voted = await asker.AskAsync("Voted", tags: _tag);
        foreach (var reader in new[] { visitor, asker })
            await reader.PutAsync($"/api/questions/{voted}/vote", new { value = 1 });

        await ServicePlanet.EventuallyAsync(async () => Ids(await ForYouAsync(visitor)) is [var first, _, _] && first == fresh, "what is new to the visitor first");
        Assert.Equal(new[] { own, voted }.Order(), Ids(await ForYouAsync(visitor)).Skip(1).Order());
    }

    [Fact]
    public async Task Pages_repeat_nothing_and_lose_nothing_though_the_list_changes_between_them()
    {
        using var asker = planet.Visitor();
        var asked = new List<string>();
        for (var i = 0; i < 7; i++)
            asked.Add(await asker.AskAsync($"Page {i}", tags: _tag));
        using var reader = planet.Visitor();
        await ServicePlanet.EventuallyAsync(async () => Ids(await ForYouAsync(reader)).Count == 7, "all are listed");

        var listed = new List<string>();
        var page = await ForYouAsync(reader, "&size=2");
        listed.AddRange(Ids(page));
        // Another order, one question more and one less; and the next pages are asked for elsewhere.
        await asker.PutAsync($"/api/questions/{asked[0]}/vote", new { value = 1 });
        await asker.AskAsync("Later", tags: _tag);
        var gone = asked.Except(listed).First();
        foreach (var region in planet.Planet.Regions)
            await ServicePlanet.EventuallyAsync(async () => Ids(await ForYouAsync(reader, at: region)).Count == 8, $"all are listed in {region}");
        await asker.DeleteAsync($"/api/questions/{gone}");
        foreach (var region in planet.Planet.Regions)
            await ServicePlanet.EventuallyAsync(async () => (await asker.GetAsync($"/api/questions/{gone}", region)).Status is HttpStatusCode.NotFound, $"gone in {region}");
        while (page.Body.TryGetProperty("continuation", out var next))
        {
            page = await ForYouAsync(reader, $"&size=2&continuation={next.GetString()}", planet.There);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.StartsWith("tastes/none; ", page.Headers["X-Geode-Model"], StringComparison.Ordinal);
            listed.AddRange(Ids(page));
        }

        Assert.Equal(asked.Where(id => id != gone).Order(), listed.Order());
    }

    [Fact]
    public async Task A_continuation_of_another_list_is_refused()
    {
        using var asker = planet.Visitor();
        for (var i = 0; i < 2; i++)
            await asker.AskAsync($"Page {i}", tags: _tag);
        Answer page = null!;
        await ServicePlanet.EventuallyAsync(async () => (page = await ForYouAsync(asker, "&size=1")).Body.TryGetProperty("continuation", out _), "a page follows");

        var refused = await asker.GetAsync($"/api/questions?sort=for-you&continuation={page.Text("continuation")}");
        Assert.Equal((HttpStatusCode.BadRequest, "continuation"), (refused.Status, Assert.Single(refused.Fields)));
    }

    private Task<Answer> ForYouAsync(Caller caller, string more = "", Geode.Topology.Region? at = null) =>
        caller.GetAsync($"/api/questions?sort=for-you&tag={_tag}{more}", at);

    private static List<string> Ids(Answer page) => [.. page.Body.GetProperty("items").EnumerateArray().Select(Id)];

    private static string Id(JsonElement item) => item.GetProperty("id").GetString()!;
}
