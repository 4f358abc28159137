using Geode.Tests.Api;

namespace Geode.Tests.Worker.Scores;

[Collection(ServicePlanetCollection.Name)]
public sealed class ScoresAcrossPartitionTests(ServicePlanet planet)
{
    [Fact]
    public async Task After_healing_every_region_has_the_sum_of_all_votes()
    {
        using var asker = planet.Visitor();
        var id = await asker.AskAsync("Split");
        await planet.LinksAsync("down");
        try
        {
            // Each vote again and again, and half of them on either side.
            for (var round = 0; round < 3; round++)
            {
                foreach (var region in planet.Planet.Regions)
                {
                    using var visitor = planet.Visitor();
                    await ServicePlanet.EventuallyAsync(
                        async () => (await visitor.PutAsync($"/api/questions/{id}/vote", new { value = 1 }, region)).Status
                            is System.Net.HttpStatusCode.OK,
                        $"a vote in {region}");
                    await visitor.PutAsync($"/api/questions/{id}/vote", new { value = 1 }, region);
                }
            }
        }
        finally
        {
            await planet.LinksAsync("up");
        }

        foreach (var region in planet.Planet.Regions)
        {
            using var reader = planet.Visitor();
            await ServicePlanet.EventuallyAsync(
                async () => (await reader.GetAsync($"/api/questions/{id}", region)).Number("score") == 6, $"all votes counted in {region}");
        }
    }
}
