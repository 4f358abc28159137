using System.Net;
using System.Text;

namespace Geode.Tests.Api.Personal;

[Collection(ServicePlanetCollection.Name)]
public sealed class MeEndpointsTests(ServicePlanet planet)
{
    private const string Me = "/api/me/personal";

    [Fact]
    public async Task Who_only_reads_is_given_no_identity_and_nothing_is_kept()
    {
        using var reader = planet.Visitor();
        var me = await reader.GetAsync(Me);

        Assert.Equal((HttpStatusCode.OK, true, 0), (me.Status, me.Body.GetProperty("on").GetBoolean(), me.Number("kept")));
        Assert.False(me.Body.TryGetProperty("since", out _));
        Assert.Equal(HttpStatusCode.NoContent, (await reader.DeleteAsync(Me)).Status);
        Assert.DoesNotContain(reader.Cookies.GetAllCookies(), cookie => cookie.Name == "geode-visitor");
        Assert.Contains("no-store", me.Headers["Cache-Control"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_visitor_does_is_kept_once_for_each_question()
    {
        using var asker = planet.Visitor();
        var (one, other) = (await asker.AskAsync("One"), await asker.AskAsync("Other"));
        using var visitor = planet.Visitor();
        await visitor.AskAsync("Own");
        await visitor.PutAsync($"/api/questions/{one}/vote", new { value = 1 });
        await visitor.PutAsync($"/api/questions/{one}/vote", new { value = -1 });
        await visitor.PutAsync($"/api/questions/{one}/vote", new { value = 0 });
        await visitor.PostAsync($"/api/questions/{one}/answers", new { body = "b" });

        Assert.Equal(2, (await visitor.GetAsync(Me)).Number("kept"));
        Assert.NotEmpty((await visitor.GetAsync(Me)).Text("since"));

        // A look is written a moment later.
        await visitor.GetAsync($"/api/questions/{other}");
        await ServicePlanet.EventuallyAsync(async () => (await visitor.GetAsync(Me)).Number("kept") == 3, "the look is kept");
        // And it can be seen wherever the visitor goes.
        Assert.Equal(3, (await visitor.GetAsync(Me, planet.There)).Number("kept"));
    }

    [Fact]
    public async Task Off_nothing_is_recorded_and_on_again_it_is()
    {
        using var visitor = planet.Visitor();
        var id = await visitor.AskAsync("Kept");
        var off = await visitor.PutAsync(Me, new { on = false });
        Assert.Equal((HttpStatusCode.OK, false, 1), (off.Status, off.Body.GetProperty("on").GetBoolean(), off.Number("kept")));

        await visitor.AskAsync("Not kept");
        Assert.Equal("tastes/none; off", (await visitor.GetAsync("/api/questions?sort=for-you")).Headers["X-Geode-Model"]);
        Assert.Equal(1, (await visitor.GetAsync(Me)).Number("kept"));

        Assert.True((await visitor.PutAsync(Me, new { on = true })).Body.GetProperty("on").GetBoolean());
        await visitor.AskAsync("Kept again");
        Assert.Equal(2, (await visitor.GetAsync(Me)).Number("kept"));
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync($"/api/questions/{id}")).Status);
    }

    [Fact]
    public async Task What_is_kept_can_be_deleted_everywhere_and_a_wish_stays()
    {
        using var visitor = planet.Visitor();
        await visitor.AskAsync("Forget");
        await visitor.AskAsync("Forget too");
        await visitor.PutAsync(Me, new { on = false });
        await visitor.PutAsync(Me, new { on = true });

        Assert.Equal(HttpStatusCode.NoContent, (await visitor.DeleteAsync(Me)).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await visitor.DeleteAsync(Me)).Status);

        Assert.Equal(0, (await visitor.GetAsync(Me)).Number("kept"));
        Assert.Equal("tastes/none; no history", (await visitor.GetAsync("/api/questions?sort=for-you")).Headers["X-Geode-Model"]);
        await visitor.AskAsync("Remember");
        Assert.Equal(1, (await visitor.GetAsync(Me)).Number("kept"));

        await visitor.PutAsync(Me, new { on = false });
        await visitor.DeleteAsync(Me);
        Assert.False((await visitor.GetAsync(Me)).Body.GetProperty("on").GetBoolean());
    }

    [Fact]
    public async Task Deletion_reaches_the_other_replicas()
    {
        using var visitor = planet.Visitor();
        var asked = new List<string> { await visitor.AskAsync("Here"), await visitor.AskAsync("And there", planet.There) };
        foreach (var region in planet.Planet.Regions)
            await ServicePlanet.EventuallyAsync(async () => await StoredAsync(region, asked) == 2, $"both in {region}");

        await visitor.DeleteAsync(Me);

        foreach (var region in planet.Planet.Regions)
            await ServicePlanet.EventuallyAsync(async () => await StoredAsync(region, asked) == 0, $"none in {region}");
    }

    [Theory]
    [InlineData("{}", "on")]
    [InlineData("""{"on":null}""", "on")]
    [InlineData("""{"on":"false"}""", "on")]
    [InlineData("""{"on":0}""", "on")]
    [InlineData("""{"on":false,"kept":0}""", "kept")]
    [InlineData("[]", "body")]
    [InlineData("", "body")]
    public async Task A_bad_wish_is_refused_naming_the_field(string json, string field)
    {
        using var visitor = planet.Visitor();
        var refused = await visitor.PutAsync(Me, new StringContent(json, Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal([field], refused.Fields);
        Assert.DoesNotContain(visitor.Cookies.GetAllCookies(), cookie => cookie.Name == "geode-visitor");
    }

    // Whoever's they are: the ids are of this test's questions.
    private async Task<int> StoredAsync(Geode.Topology.Region region, List<string> questions)
    {
        using var client = planet.Client(region);
        var interests = client.GetDatabase(planet.Planet.Backplane.Database).GetContainer("interests");
        using var pages = interests.GetItemQueryIterator<int>(
            new Microsoft.Azure.Cosmos.QueryDefinition("SELECT VALUE COUNT(1) FROM c WHERE ARRAY_CONTAINS(@ids, c.id)").WithParameter("@ids", questions));
        var count = 0;
        while (pages.HasMoreResults)
            count += (await pages.ReadNextAsync()).Sum();
        return count;
    }
}
