using System.Diagnostics;
using System.Text.Json;
using Geode.Service.Backplane;
using Geode.Topology;

namespace Geode.Tests.Api.Mesh;

[Collection(ServicePlanetCollection.Name)]
public sealed class QuestionsHubTests(ServicePlanet planet)
{
    [Fact]
    public async Task What_is_asked_in_one_region_appears_in_another()
    {
        await using var listener = await HubClient.FollowAsync(planet, planet.There);
        using var asker = planet.Visitor();
        var id = await asker.AskAsync("Live", planet.Here);
        await asker.PutAsync($"/api/questions/{id}/vote", new { value = 1 }, planet.Here);

        // Each container is replicated for itself, so the score can come before what it is the score of.
        var seen = await listener.UntilAsync(change => IsScore(change, id, 1));
        if (!seen.Any(IsQuestion))
            seen.AddRange(await listener.UntilAsync(IsQuestion));

        var question = seen.First(IsQuestion);
        Assert.Equal("Live", question.GetProperty("title").GetString());
        Assert.Equal(planet.Here.Name, question.GetProperty("region").GetString());
        Assert.DoesNotContain("visitor\"", question.GetRawText(), StringComparison.Ordinal);

        bool IsQuestion(JsonElement change) => Kind(change) == "question" && Id(change) == id;
    }

    [Fact]
    public async Task Who_moves_to_another_region_misses_nothing_and_is_told_nothing_twice()
    {
        const int questions = 30;
        using var asker = planet.Visitor();
        var told = new List<string>();
        var asked = new List<string>();
        // What a slow replica did not answer in time was written in the other region as well: two versions, and each is told.
        var written = new HashSet<string>();
        var regions = planet.Planet.Regions;

        var listener = await HubClient.FollowAsync(planet, regions[0]);
        try
        {
            for (var i = 0; i < questions; i++)
            {
                asked.Add(await AskAsync($"Resumed {i}", regions[i % 2]));
                if (i % 3 != 2)
                    continue;
                // Until the newest is told, then on to the other region, with what is still on its way.
                Note(await listener.UntilAsync(change => Kind(change) == "question" && Id(change) == asked[^1]));
                await AskAsync($"Between {i}", regions[(i + 1) % 2]);
                var cursor = listener.Cursor;
                await listener.DisposeAsync();
                listener = await HubClient.FollowAsync(planet, regions[(i / 3 + 1) % 2], cursor);
            }

            var last = await AskAsync("The last", regions[0]);
            Note(await listener.UntilAsync(change => Kind(change) == "question" && Id(change) == last));
        }
        finally
        {
            await listener.DisposeAsync();
        }

        Assert.Empty(asked.Except(told));
        Assert.Empty(told.GroupBy(id => id).Where(times => times.Count() > 1).Select(times => times.Key).Except(written));

        async Task<string> AskAsync(string text, Region region)
        {
            var start = Stopwatch.GetTimestamp();
            var id = await asker.AskAsync(text, region);
            if (Stopwatch.GetElapsedTime(start) >= BackplaneClientOptions.HedgeAfter)
                written.Add(id);
            return id;
        }

        void Note(List<JsonElement> changes) => told.AddRange(changes.Where(change => Kind(change) == "question").Select(Id));
    }

    [Theory]
    [InlineData("rubbish")]
    [InlineData("eyJQbGFjZXMiOlsiYSIsImIiXSwiUmVjZW50IjoiIn0")]
    public async Task A_cursor_that_is_none_starts_afresh_and_says_so(string cursor)
    {
        await using var listener = await HubClient.FollowAsync(planet, planet.Here, cursor);
        Assert.Empty(await listener.UpdateAsync());
        Assert.True(listener.WasReset);

        using var asker = planet.Visitor();
        var id = await asker.AskAsync("Afresh");
        await listener.UntilAsync(change => Kind(change) == "question" && Id(change) == id);
    }

    private static string Kind(JsonElement change) => change.GetProperty("kind").GetString()!;

    private static string Id(JsonElement change) => change.GetProperty("id").GetString()!;

    private static bool IsScore(JsonElement change, string id, int score) =>
        Kind(change) == "score" && Id(change) == id && change.GetProperty("score").GetInt32() == score;
}
