using System.Globalization;
using System.Net;

namespace Geode.Tests.Planets;

/// <summary>Visitors who change geode with every request, while replication lags behind them. For the full size set
/// <c>GEODE_DRILL_OPERATIONS=5000</c>.</summary>
public sealed class SessionTravelTests(PlanetFixture fixture) : PlanetTest(fixture)
{
    private const int Visitors = 5;
    private const double LagMs = 250;

    private static readonly int Operations = Drill.Size("GEODE_DRILL_OPERATIONS", 200);

    [Fact]
    public async Task Everyone_reads_what_they_wrote_and_nobody_reads_backwards()
    {
        var delays = (await Control.PlanetAsync()).GetProperty("links").EnumerateArray().ToList();
        await Control.DelayAsync(LagMs, LagMs / 2);
        try
        {
            await Task.WhenAll(Enumerable.Range(0, Visitors).Select(WanderAsync));
        }
        finally
        {
            foreach (var link in delays)
                await Control.LinkAsync(link);
        }
    }

    /// <summary>Counts in the title of a question of its own; someone else, who travels too, reads along.</summary>
    private async Task WanderAsync(int seed)
    {
        var random = new Random(seed);
        using var writer = Visitor();
        using var reader = Visitor();
        var path = "/api/questions/" + await writer.AskAsync("0", from: Anywhere());
        var seen = 0;
        for (var operation = 3; operation <= Operations / Visitors; operation += 3)
        {
            using (var written = await writer.SendAsync(HttpMethod.Put, path, new { title = $"{operation}", body = "x" }, from: Anywhere()))
                Assert.True(written.IsSuccessStatusCode, $"PUT: {(int)written.StatusCode} {await written.Content.ReadAsStringAsync()}");
            Assert.Equal(operation, await TitleAsync(writer));

            using var read = await reader.SendAsync(HttpMethod.Get, path, body: null, from: Anywhere());
            if (seen == 0 && read.StatusCode == HttpStatusCode.NotFound)
                continue;
            var now = await TitleAsync(reader);
            Assert.True(now >= seen, $"{now} after {seen}");
            seen = now;
        }

        Assert.NotEqual(0, seen);

        string Anywhere() => PlanetFixture.Regions[random.Next(PlanetFixture.Regions.Length)];

        async Task<int> TitleAsync(PlanetClient client) =>
            int.Parse((await client.ReadAsync(path, from: Anywhere())).GetProperty("title").GetString()!, CultureInfo.InvariantCulture);
    }
}
