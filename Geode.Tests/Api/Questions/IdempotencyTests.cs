using System.Net;

namespace Geode.Tests.Api.Questions;

[Collection(ServicePlanetCollection.Name)]
public sealed class IdempotencyTests(ServicePlanet planet)
{
    private readonly string _key = Guid.NewGuid().ToString();

    [Fact]
    public async Task The_same_request_in_another_region_makes_nothing_new()
    {
        using var visitor = planet.Visitor();
        await visitor.AskAsync("Someone known");

        var first = await visitor.AskAsync("Once", planet.Here, _key);
        var again = await visitor.AskAsync("Once", planet.There, _key);

        Assert.Equal(first, again);
    }

    [Fact]
    public async Task A_newcomers_request_that_is_sent_on_to_another_geode_makes_one_question_of_one_owner()
    {
        // The router repeats it before the first answer, and with it the first cookie, has arrived.
        using var first = planet.Visitor();
        using var repeated = planet.Visitor();

        var id = await first.AskAsync("New here", planet.Here, _key);
        Assert.Equal(id, await repeated.AskAsync("New here", planet.There, _key));

        Assert.True((await repeated.GetAsync($"/api/questions/{id}", planet.There)).Body.GetProperty("isYours").GetBoolean());
    }

    [Fact]
    public async Task A_newcomers_vote_that_is_sent_on_to_another_geode_is_one_vote()
    {
        using var asker = planet.Visitor();
        var id = await asker.AskAsync("Vote once");
        await ServicePlanet.EventuallyAsync(async () => (await asker.GetAsync($"/api/questions/{id}", planet.There)).Status == HttpStatusCode.OK, "the question in both regions");
        using var first = planet.Visitor();
        using var repeated = planet.Visitor();
        var request = ("X-Geode-Request", _key);

        await first.SendAsync(HttpMethod.Put, $"/api/questions/{id}/vote", new { value = 1 }, planet.Here, request);
        await repeated.SendAsync(HttpMethod.Put, $"/api/questions/{id}/vote", new { value = 1 }, planet.There, request);
        // Who comes without a name is somebody else.
        using var other = planet.Visitor();
        await other.PutAsync($"/api/questions/{id}/vote", new { value = 1 });

        Assert.Equal(IdentityOf(first), IdentityOf(repeated));
        Assert.NotEqual(IdentityOf(first), IdentityOf(other));

        static string IdentityOf(Caller caller) => caller.Cookies.GetAllCookies().Single(c => c.Name == "geode-visitor").Value;
    }

    [Fact]
    public async Task Written_on_both_sides_of_a_partition_it_is_one_question_after_healing()
    {
        using var visitor = planet.Visitor();
        var tag = "t" + Guid.NewGuid().ToString("N")[..12];
        await visitor.AskAsync("Someone known");

        await planet.LinksAsync("down");
        string here;
        try
        {
            here = await visitor.AskAsync("Twice", planet.Here, _key, tag);
            Assert.Equal(here, await visitor.AskAsync("Twice", planet.There, _key, tag));
        }
        finally
        {
            await planet.LinksAsync("up");
        }

        var later = await visitor.AskAsync("Later", planet.Here, tags: tag);
        foreach (var region in planet.Planet.Regions)
        {
            await ServicePlanet.EventuallyAsync(
                async () => (await visitor.GetAsync($"/api/questions?tag={tag}", region)).Body.GetProperty("items").EnumerateArray()
                    .Select(item => item.GetProperty("id").GetString()).SequenceEqual([later, here]),
                $"one question in {region}");
        }
    }

    [Fact]
    public async Task A_key_with_another_body_or_for_something_else_is_refused()
    {
        using var visitor = planet.Visitor();
        var id = await visitor.AskAsync("Keyed", key: _key);

        var other = await visitor.PostAsync("/api/questions", new { title = "Other", body = "x" }, planet.There, _key);
        var answer = await visitor.PostAsync($"/api/questions/{id}/answers", new { body = "x" }, key: _key);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.Status);
        Assert.Equal(["Idempotency-Key"], other.Fields);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(0, (await visitor.GetAsync($"/api/questions/{id}")).Body.GetProperty("answers").GetArrayLength());
    }

    [Fact]
    public async Task A_newcomer_who_is_known_by_now_repeats_the_same_request()
    {
        using var visitor = planet.Visitor();
        Assert.Equal(await visitor.AskAsync("Again", key: _key), await visitor.AskAsync("Again", planet.There, key: _key));
    }

    [Fact]
    public async Task Keys_are_each_visitors_own()
    {
        using var one = planet.Visitor();
        using var other = planet.Visitor();
        await one.AskAsync("Known");
        await other.AskAsync("Known too");

        Assert.NotEqual(await one.AskAsync("Same", key: _key), await other.AskAsync("Same", key: _key));
    }

    [Fact]
    public async Task What_was_deleted_does_not_come_back()
    {
        using var visitor = planet.Visitor();
        await visitor.AskAsync("Known");
        var id = await visitor.AskAsync("Gone", key: _key);
        await visitor.DeleteAsync($"/api/questions/{id}");

        var again = await visitor.PostAsync("/api/questions", new { title = "Gone", body = "About Gone", tags = Array.Empty<string>() }, key: _key);

        Assert.Equal(HttpStatusCode.Gone, again.Status);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync($"/api/questions/{id}")).Status);
    }
}
