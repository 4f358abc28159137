using System.Net;
using Geode.Service.Sessions;

namespace Geode.Tests.Api.Sessions;

[Collection(ServicePlanetCollection.Name)]
public sealed class SessionTravelTests(ServicePlanet planet)
{
    [Fact]
    public async Task Visitors_who_move_with_every_request_read_what_they_wrote()
    {
        const int visitors = 4, rounds = 25;
        using var asker = planet.Visitor();
        var id = await asker.AskAsync("Moving");
        var session = asker.Cookies.GetAllCookies().Single(cookie => cookie.Name == SessionTravel.Name);

        await Task.WhenAll(Enumerable.Range(0, visitors).Select(async seed =>
        {
            var random = new Random(seed);
            using var visitor = planet.Visitor();
            visitor.Cookies.Add(new Cookie(session.Name, session.Value, "/", "127.0.0.1"));
            for (var round = 0; round < rounds; round++)
            {
                var value = random.Next(-1, 2);
                var voted = await visitor.PutAsync($"/api/questions/{id}/vote", new { value }, planet.Planet.Regions[random.Next(2)]);
                Assert.Equal(HttpStatusCode.OK, voted.Status);

                var read = await visitor.GetAsync($"/api/questions/{id}", planet.Planet.Regions[random.Next(2)]);
                Assert.Equal(HttpStatusCode.OK, read.Status);
                Assert.Equal(value, read.Number("yourVote"));
            }
        }));
    }

    [Fact]
    public async Task Nobody_reads_backwards()
    {
        const int rounds = 20;
        using var writer = planet.Visitor();
        using var reader = planet.Visitor();
        var id = await writer.AskAsync("0");
        var seen = 0;
        for (var round = 1; round <= rounds; round++)
        {
            await writer.PutAsync($"/api/questions/{id}", new { title = $"{round}", body = "x" }, planet.Here);
            foreach (var region in new[] { planet.Here, planet.There })
            {
                var read = await reader.GetAsync($"/api/questions/{id}", region);
                Assert.Equal(HttpStatusCode.OK, read.Status);
                var now = int.Parse(read.Text("title"), System.Globalization.CultureInfo.InvariantCulture);
                Assert.True(now >= seen, $"{now} after {seen}");
                seen = now;
            }
        }
    }

    [Fact]
    public async Task Another_region_answers_for_one_that_lags_and_says_so()
    {
        using var visitor = planet.Visitor();
        await planet.LinksAsync("down");
        try
        {
            var id = await visitor.AskAsync("Not there yet", planet.Here);
            var read = await visitor.GetAsync($"/api/questions/{id}", planet.There);

            Assert.Equal(HttpStatusCode.OK, read.Status);
            Assert.Equal(planet.There.Name, read.Headers["X-Geode-Region"]);
            Assert.Equal(planet.Here.DisplayName, read.Headers["X-Geode-Read-From"]);
        }
        finally
        {
            await planet.LinksAsync("up");
        }
    }

    [Fact]
    public async Task What_died_with_its_region_is_not_waited_for()
    {
        using var visitor = planet.Visitor();
        await planet.LinksAsync("down");
        await visitor.AskAsync("Lost for now", planet.Here);
        await planet.OutageAsync(planet.Here, "refuse");
        try
        {
            foreach (var isBehind in new[] { true, false })
            {
                var read = await visitor.GetAsync("/api/questions", planet.There);
                Assert.Equal(HttpStatusCode.OK, read.Status);
                Assert.Equal(isBehind, read.Headers.ContainsKey(VisitorSession.BehindHeader));
            }
        }
        finally
        {
            await planet.MendAsync(planet.Here);
            await planet.LinksAsync("up");
        }
    }

    [Fact]
    public async Task A_client_without_cookies_carries_the_header()
    {
        using var writer = planet.Visitor();
        using var reader = planet.Visitor();
        var asked = await writer.PostAsync("/api/questions", new { title = "t", body = "b" });

        var read = await reader.SendAsync(
            HttpMethod.Get, asked.Headers["Location"], at: planet.There, headers: (SessionTravel.Name, asked.Headers[SessionTravel.Name]));

        Assert.Equal(HttpStatusCode.OK, read.Status);
    }

    [Fact]
    public async Task A_forged_session_is_no_session()
    {
        using var visitor = planet.Visitor();
        var id = await visitor.AskAsync("Forged");
        using var forger = planet.Visitor();

        var read = await forger.SendAsync(
            HttpMethod.Get, $"/api/questions/{id}", headers: (SessionTravel.Name, "cXVlc3Rpb25zLzA6MSM5OTk5OTk5OTk5.local.AAAA"));

        Assert.Equal(HttpStatusCode.OK, read.Status);
        Assert.False(read.Headers.ContainsKey("X-Geode-Session-Behind"));
    }
}
