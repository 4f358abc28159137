using System.Net;

namespace Geode.Tests.Planets;

public sealed class RequestPathTests(PlanetFixture fixture) : PlanetTest(fixture)
{
    [Fact]
    public async Task A_question_asked_in_Amsterdam_is_read_in_Singapore_from_the_geode_there()
    {
        using var amsterdam = new PlanetClient(Planet.Router, "amsterdam");
        using var singapore = new PlanetClient(Planet.Router, "singapore");
        var id = await amsterdam.AskAsync("From Amsterdam?");
        var last = "";

        await Eventually.TrueAsync(
            async () =>
            {
                using var response = await singapore.GetAsync($"/api/questions/{id}");
                last = await DescribeAsync(response);
                return response.StatusCode == HttpStatusCode.OK && PlanetClient.ServedBy(response) == "southeastasia";
            },
            () => $"Question {id} was never served by southeastasia, last it was {last}.");

        // The geode that serves names itself, and the router tells the same.
        await Eventually.TrueAsync(
            async () =>
            {
                using var home = await amsterdam.GetAsync($"/api/questions/{id}");
                last = await DescribeAsync(home);
                Assert.Equal(PlanetClient.ServedBy(home), home.Headers.GetValues("X-Geode-Region").Single());
                return PlanetClient.ServedBy(home) == "westeurope";
            },
            () => $"Question {id} was never served by westeurope, last it was {last}.");

        async Task<string> DescribeAsync(HttpResponseMessage answer) =>
            $"{(int)answer.StatusCode} from {PlanetClient.ServedBy(answer)}, and the router says {await Fixture.OriginsAsync()}";
    }

    [Fact]
    public async Task A_vote_moves_the_score_in_every_region()
    {
        using var asker = new PlanetClient(Planet.Router, "newyork");
        using var voter = new PlanetClient(Planet.Router, "singapore");
        var id = await asker.AskAsync("Score?");
        await Eventually.TrueAsync(
            async () =>
            {
                using var vote = await voter.SendAsync(HttpMethod.Put, $"/api/questions/{id}/vote", new { value = 1 });
                return vote.IsSuccessStatusCode;
            },
            () => "The question never reached the voter's region.");

        foreach (var region in Planet.Planet.Regions)
        {
            using var geode = new PlanetClient(Planet.Geode(region.Name), place: null);
            await Eventually.TrueAsync(
                async () =>
                {
                    using var response = await geode.GetAsync($"/api/questions/{id}");
                    return response.IsSuccessStatusCode && (await geode.ReadAsync($"/api/questions/{id}")).GetProperty("score").GetInt32() == 1;
                },
                () => $"{region} never showed the score.");
        }
    }
}
