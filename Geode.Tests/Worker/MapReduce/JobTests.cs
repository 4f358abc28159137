using System.Net;
using System.Text.Json;
using Geode.Tests.Api;
using Geode.Worker.Words;

namespace Geode.Tests.Worker.MapReduce;

[Collection(ServicePlanetCollection.Name)]
public sealed class JobTests(ServicePlanet planet)
{
    [Fact]
    public async Task All_regions_together_count_what_one_node_would()
    {
        using var visitor = planet.Visitor();
        var word = "w" + Guid.NewGuid().ToString("N");
        for (var i = 0; i < 5; i++)
            await visitor.AskAsync($"{word} {word} {i}", planet.Planet.Regions[i % 2]);

        // A region that was slow for a moment has its share done for it, which changes no count; a job in which each does its own must come.
        await ServicePlanet.EventuallyAsync(
            async () => await CountedAsync(visitor, word) is var counted && counted.GetProperty("filledIn").GetArrayLength() == 0,
            "a job in which every region did its share");

        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync($"/api/jobs/{planet.There}/nothing")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync("/api/jobs/nowhere/nothing")).Status);
    }

    private async Task<JsonElement> CountedAsync(Caller visitor, string word)
    {
        var started = await visitor.PostAsync("/api/jobs/words", at: planet.There);
        Assert.Equal(HttpStatusCode.Accepted, started.Status);
        Answer? result = null;
        await ServicePlanet.EventuallyAsync(
            async () => (result = await visitor.GetAsync(started.Headers["Location"], planet.There)).Body.GetProperty("isDone").GetBoolean(),
            "the job done");

        Assert.Equal(5, result!.Body.GetProperty("counts").GetProperty(word).GetInt32());
        return result.Body;
    }

    [Fact]
    public void A_post_counts_a_word_once() =>
        Assert.Equal([new("the", 1), new("end", 1)], new WordCount().Map(new("The, the", "END. of")));
}
