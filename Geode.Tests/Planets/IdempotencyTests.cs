using System.Net;

namespace Geode.Tests.Planets;

public sealed class IdempotencyTests(PlanetFixture fixture) : PlanetTest(fixture)
{
    [Fact]
    public async Task A_key_posted_on_both_sides_of_a_partition_is_one_question_after_healing_and_with_another_body_is_refused()
    {
        using var visitor = Visitor();
        var (key, tag) = (Guid.NewGuid().ToString(), "t" + Guid.NewGuid().ToString("N")[..12]);
        // Known from here on: the same visitor on both sides.
        await visitor.AskAsync("Known", at: Fixture.Geode("westeurope"));

        await Planet.IsolateAsync("westeurope");
        var here = await visitor.AskAsync("Once", key, at: Fixture.Geode("westeurope"), tag: tag);
        var there = await visitor.AskAsync("Once", key, at: Fixture.Geode("southeastasia"), tag: tag);
        Assert.Equal(here, there);
        await Planet.HealAsync();

        // Both sides have what the other wrote after the healing, and so all from before it.
        var later = new[]
        {
            await visitor.AskAsync("Later here", at: Fixture.Geode("westeurope"), tag: tag),
            await visitor.AskAsync("Later there", at: Fixture.Geode("southeastasia"), tag: tag),
        };
        foreach (var region in PlanetFixture.Regions)
        {
            using var reader = new PlanetClient(Fixture.Geode(region), place: null);
            List<string> listed = [];
            await Eventually.TrueAsync(
                async () =>
                {
                    listed = [.. (await reader.ReadAsync($"/api/questions?tag={tag}")).GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetString()!)];
                    return later.All(listed.Contains);
                },
                () => $"{region} never listed what was asked after the healing.");
            Assert.Equal([.. later.Append(here).Order()], listed.Order());

            using var other = await visitor.SendAsync(
                HttpMethod.Post, new Uri(Fixture.Geode(region), "/api/questions").ToString(), new { title = "Another", body = "x" }, key);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
        }
    }
}
