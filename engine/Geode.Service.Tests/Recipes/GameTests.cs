using System.Net;
using Geode.Recipes.Game;
using Geode.Service.Backplane;
using Geode.Topology;

namespace Geode.Service.Tests.Recipes;

[Collection(RecipePlanetCollection.Name)]
public sealed class GameTests(RecipePlanet planet) : IDisposable
{
    // One jar for all geodes, as a browser behind the router has.
    private readonly HttpClient _client = new(new HttpClientHandler()) { Timeout = TimeSpan.FromMinutes(3) };

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Who_has_just_played_and_flies_on_sees_it_there()
    {
        for (var round = 1; round <= 10; round++)
        {
            var (here, there) = round % 2 == 0 ? (planet.Europe, planet.America) : (planet.America, planet.Europe);
            await PlayAsync("traveller", 10, here, $"travel-{round}");

            Assert.Equal((round, 10 * round), await PlayerAsync("traveller", there));
        }
    }

    [Fact]
    public async Task A_match_that_is_sent_again_to_another_geode_counts_once()
    {
        await PlayAsync("ada", 5, planet.Europe, "known");
        foreach (var region in new[] { planet.Europe, planet.America, planet.Europe })
            await PlayAsync("ada", 30, region, "again");

        await InProcessPlanet.EventuallyAsync(async () => await BoardAsync("planet", planet.America, "ada") == "ada 35 of 2", "one match of 30 points");
        Assert.Equal((2, 35), await PlayerAsync("ada", planet.America));
        var (reused, _) = await planet.SendAsync(_client, HttpMethod.Post, "api/players/ada/matches", planet.America, new { points = 31 }, "again");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, reused);
    }

    [Fact]
    public async Task Boards_of_regions_and_of_the_planet_agree_after_a_cut_and_each_side_has_its_own_before()
    {
        await planet.LinksOfAsync(planet.Europe, "down");
        try
        {
            for (var match = 0; match < 3; match++)
            {
                await PlayAsync("bo", 7, planet.Europe, $"bo-e-{match}");
                await PlayAsync("cy", 9, planet.America, $"cy-a-{match}");
            }

            await PlayAsync("bo", 100, planet.America, "bo-a");
            foreach (var region in (Region[])[planet.Europe, planet.America])
                await InProcessPlanet.EventuallyAsync(async () => await BoardAsync("planet", region, "bo", "cy") is { Length: > 0 } board && board == await KeptAsync(region, "bo", "cy"), $"what {region} has");
        }
        finally
        {
            await planet.LinksOfAsync(planet.Europe, "up");
        }

        foreach (var region in planet.Planet.Regions)
        {
            foreach (var (board, best) in new[] { ("planet", "bo 121 of 4, cy 27 of 3"), ("westeurope", "bo 21 of 3"), ("eastus", "bo 100 of 1, cy 27 of 3") })
                await InProcessPlanet.EventuallyAsync(async () => await BoardAsync(board, region, "bo", "cy") == best, $"{board} in {region}: {best}");
        }
    }

    [Theory]
    [InlineData("api/players/a%20b/matches", 1, "player: 'a b' is no name; allowed are 1 to 40 letters, digits and hyphens.")]
    [InlineData("api/players/a/matches", -1, "points: A whole number from 0 to 1000000.")]
    [InlineData("api/players/a/matches", null, "points: A whole number from 0 to 1000000.")]
    public async Task What_is_wrong_is_said_and_nothing_is_kept(string path, int? points, string detail)
    {
        var (status, problem) = await planet.SendAsync(_client, HttpMethod.Post, path, planet.Europe, new { points });

        Assert.Equal((HttpStatusCode.BadRequest, detail), (status, problem.GetProperty("detail").GetString()));
        Assert.Equal((0, 0), await PlayerAsync("a", planet.Europe));
    }

    [Fact]
    public async Task A_board_that_is_none_is_answered_with_those_there_are()
    {
        var (status, problem) = await planet.SendAsync(_client, HttpMethod.Get, "api/boards/mars", planet.Europe);

        Assert.Equal((HttpStatusCode.BadRequest, "board: 'mars' is none; there are planet, westeurope, eastus, ship."), (status, problem.GetProperty("detail").GetString()));
    }

    private async Task PlayAsync(string player, int points, Region at, string key) =>
        Assert.Equal(HttpStatusCode.Created, (await planet.SendAsync(_client, HttpMethod.Post, $"api/players/{player}/matches", at, new { points }, key)).Status);

    private async Task<(int Matches, int Points)> PlayerAsync(string player, Region at)
    {
        var (status, body) = await planet.SendAsync(_client, HttpMethod.Get, $"api/players/{player}", at);
        Assert.Equal(HttpStatusCode.OK, status);
        return (body.GetProperty("matches").GetInt32(), body.GetProperty("points").GetInt32());
    }

    // What a region's own replica has. Where a replica is slow a match is sent to another one as well, also past a link that is cut.
    private async Task<string> KeptAsync(Region region, params string[] players)
    {
        var matches = await planet.Replica(region, "matches").ReadAllAsync<Match>(new("SELECT * FROM c"), null, CancellationToken.None);
        return string.Join(", ", matches.Where(match => players.Contains(match.Player)).GroupBy(match => match.Player)
            .Select(of => (Player: of.Key, Points: of.Sum(match => match.Points), Count: of.Count())).OrderByDescending(of => of.Points)
            .Select(of => $"{of.Player} {of.Points} of {of.Count}"));
    }

    // Other tests have players, too.
    private async Task<string> BoardAsync(string board, Region at, params string[] players)
    {
        var (_, body) = await planet.SendAsync(_client, HttpMethod.Get, $"api/boards/{board}", at);
        return string.Join(", ", body.EnumerateArray().Where(place => players.Contains(place.GetProperty("player").GetString()))
            .Select(place => $"{place.GetProperty("player").GetString()} {place.GetProperty("points").GetInt64()} of {place.GetProperty("matches").GetInt32()}"));
    }
}
