using System.Globalization;
using System.Net;
using Geode.Testing;

namespace Geode.Tests.Planets;

/// <summary>Visitors who change geode with every request, while replication lags behind them. For the full size set
/// <c>GEODE_DRILL_OPERATIONS=5000</c>.</summary>
public sealed class SessionTravelTests(PlanetFixture fixture) : PlanetTest(fixture)
{
    private const int Visitors = 5;
    private const int LagMs = 250;

    private static readonly int Last = Drill.Size("GEODE_DRILL_OPERATIONS", 200) / Visitors / 3 * 3;

    [Fact]
    public async Task Everyone_reads_what_they_wrote_and_nobody_reads_backwards()
    {
        var writers = await AskAsync();
        await LaggingAsync(() => Task.WhenAll(writers.Select(WanderAsync)));
    }

    /// <summary>A merge is a write like any other, made by somebody who may not have seen the visitor's last one.</summary>
    [Fact]
    public async Task Nobody_reads_backwards_while_conflicts_wait_to_be_merged()
    {
        var writers = await AskAsync();
        await Planet.IsolateAsync(PlanetFixture.Regions[0]);
        foreach (var region in PlanetFixture.Regions.Take(2))
            await Task.WhenAll(writers.Select(writer => EditAsync(writer, region)));
        await Planet.HealAsync();

        await LaggingAsync(() => Task.WhenAll(writers.Select(WanderAsync)));
        foreach (var writer in writers)
        {
            await Eventually.TrueAsync(
                async () => (await writer.Client.ReadAsync(writer.Path)).TryGetProperty("history", out var history)
                    && history.EnumerateArray().Any(version => PlanetFixture.Regions.Contains(version.GetProperty("body").GetString())),
                () => "What was edited apart was not merged.");
            Assert.Equal($"{Last}", (await writer.Client.ReadAsync(writer.Path)).GetProperty("title").GetString());
        }
    }

    private async Task<List<Writer>> AskAsync()
    {
        var writers = new List<Writer>();
        for (var seed = 0; seed < Visitors; seed++)
        {
            var client = Visitor();
            writers.Add(new(client, "/api/questions/" + await client.AskAsync("0"), new Random(seed)));
        }

        foreach (var (writer, region) in from writer in writers from region in PlanetFixture.Regions select (writer, region))
        {
            using var anyone = Visitor();
            await Eventually.TrueAsync(
                async () =>
                {
                    using var read = await anyone.SendAsync(HttpMethod.Get, At(region, writer.Path), body: null);
                    return read.IsSuccessStatusCode;
                },
                () => $"The question did not arrive in {region}.");
        }

        return writers;
    }

    /// <summary>Edits in that region as somebody who has seen no edit elsewhere.</summary>
    private async Task EditAsync(Writer writer, string region)
    {
        using var twin = Visitor();
        twin.Cookies.Add(writer.Client.Cookies.GetAllCookies());
        using var written = await twin.SendAsync(HttpMethod.Put, At(region, writer.Path), new { title = "0", body = region });
        Assert.True(written.IsSuccessStatusCode, $"PUT: {(int)written.StatusCode}");
    }

    private string At(string region, string path) => new Uri(Fixture.Geode(region), path).ToString();

    private async Task LaggingAsync(Func<Task> drill)
    {
        foreach (var (from, to) in Links())
            await Planet.LagAsync(from, to, LagMs.Milliseconds(), (LagMs / 2).Milliseconds());
        try
        {
            await drill();
        }
        finally
        {
            foreach (var (from, to) in Links())
                await Planet.LagAsync(from, to, Planet.Planet.OneWayDelay(Planet.Planet.Region(from), Planet.Planet.Region(to)));
        }
    }

    private static IEnumerable<(string From, string To)> Links() =>
        from a in PlanetFixture.Regions from b in PlanetFixture.Regions where a != b select (a, b);

    /// <summary>Counts in the title of a question of its own; someone else, who travels too, reads along.</summary>
    private async Task WanderAsync(Writer of)
    {
        var (writer, path, random) = of;
        using var reader = Visitor();
        var seen = 0;
        for (var operation = 3; operation <= Last; operation += 3)
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

    private sealed record Writer(PlanetClient Client, string Path, Random Random);
}
