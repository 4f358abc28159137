using System.Net;
using System.Text.Json;
using Geode.Testing;
using Microsoft.Azure.Cosmos;
using Xunit.Abstractions;

namespace Geode.Tests.Planets;

/// <summary>A geode at the edge: its link is down for hours, its power fails meanwhile, and nothing of it is lost; and nobody else counts on it.</summary>
[Collection(EdgePlanetTests.Name)]
public sealed class EdgeTests(EdgePlanetFixture fixture, ITestOutputHelper output) : IAsyncLifetime
{
    private const int WritesWhileCut = 120;

    private static readonly string[] Ashore = ["westeurope", "eastus"];

    public Task InitializeAsync() => MendAsync();

    public Task DisposeAsync() => MendAsync();

    [Fact]
    public async Task What_was_written_without_a_link_is_everywhere_when_there_is_one_again()
    {
        await fixture.Planet.IsolateAsync(EdgePlanetFixture.Ship);

        var (own, others) = (new List<string>(), new List<string>());
        for (var n = 0; n < WritesWhileCut; n++)
        {
            if (n == WritesWhileCut / 2)
                await PowerFailsAsync();
            // A ship that was silent for too long is helped out for that once.
            var (id, by) = await WriteAsync(EdgePlanetFixture.Aboard, $"aboard {n}");
            (by == EdgePlanetFixture.Ship ? own : others).Add(id);
            (id, by) = await WriteAsync("amsterdam", $"ashore {n}");
            Assert.NotEqual(EdgePlanetFixture.Ship, by);
            others.Add(id);
        }

        Assert.InRange(own.Count, WritesWhileCut / 2, WritesWhileCut);

        // Its clients read what they wrote, and none of it has left; but of what a slow ship was given, another geode may have been given the same.
        using (var aboard = new PlanetClient(fixture.Planet.Geode(EdgePlanetFixture.Ship), place: null))
        using (var read = await aboard.GetAsync($"/api/questions/{own[0]}"))
            Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        Assert.InRange(await StoredAsync("eastus", own), 0, own.Count / 4);
        await fixture.Planet.HealAsync();
        await fixture.Planet.ConvergedAsync();

        foreach (var region in fixture.Planet.Planet.RegionNames)
            Assert.Equal((own.Count, others.Count), (await StoredAsync(region, own), await StoredAsync(region, others)));
        output.WriteLine($"{own.Count} written aboard, {others.Count} ashore, all of them in {fixture.Planet.Planet.Regions.Count} replicas");
    }

    [Fact]
    public async Task Nobody_else_is_sent_there_not_even_when_nobody_else_is_left()
    {
        foreach (var region in Ashore)
            await fixture.Planet.KillAsync(region);
        using var ashore = new PlanetClient(fixture.Planet.Router, "london");

        using (var refused = await ashore.GetAsync("/api/questions"))
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal(EdgePlanetFixture.Ship, (await WriteAsync(EdgePlanetFixture.Aboard, "alone at sea")).By);
    }

    [Fact]
    public async Task When_it_is_lost_its_own_clients_are_served_by_the_others()
    {
        using var aboard = new PlanetClient(fixture.Planet.Router, EdgePlanetFixture.Aboard);
        await WriteAsync(EdgePlanetFixture.Aboard, "before");
        await fixture.Planet.KillAsync(EdgePlanetFixture.Ship);

        for (var n = 0; n < 20; n++)
        {
            using var answer = await aboard.GetAsync("/api/questions");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Contains(PlanetClient.ServedBy(answer), Ashore);
        }
    }

    // Without a chance to say good-bye, and what is aboard starts again by itself.
    private async Task PowerFailsAsync()
    {
        await fixture.Planet.KillAsync(EdgePlanetFixture.Ship);
        await fixture.Planet.ReviveAsync(EdgePlanetFixture.Ship);
        await IsUsedAsync();
    }

    private async Task MendAsync()
    {
        foreach (var region in fixture.Planet.Planet.RegionNames)
            await fixture.Planet.ReviveAsync(region);
        await fixture.Planet.HealAsync();
        await IsUsedAsync();
    }

    // Whom a client has just found dead it is not sent to for a while.
    private async Task IsUsedAsync()
    {
        await fixture.Planet.HealthyAsync();
        await Eventually.TrueAsync(
            async () =>
            {
                using var aboard = new PlanetClient(fixture.Planet.Router, EdgePlanetFixture.Aboard);
                using var answer = await aboard.GetAsync("/api/questions");
                return answer.IsSuccessStatusCode && PlanetClient.ServedBy(answer) == EdgePlanetFixture.Ship;
            },
            () => "The ship's clients are not sent to it.");
    }

    // Each by another person: whoever has seen what is written ashore is not served by a ship that has not.
    private async Task<(string Id, string By)> WriteAsync(string place, string title)
    {
        using var client = new PlanetClient(fixture.Planet.Router, place);
        using var answer = await client.SendAsync(HttpMethod.Post, "/api/questions", new { title, body = "b", tags = Array.Empty<string>() }, $"edge-{title.Replace(' ', '-')}");
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == HttpStatusCode.Created, $"{(int)answer.StatusCode} {text}");
        return (JsonDocument.Parse(text).RootElement.GetProperty("id").GetString()!, PlanetClient.ServedBy(answer));
    }

    private async Task<int> StoredAsync(string region, IReadOnlyList<string> ids)
    {
        using var client = fixture.Replica(region);
        var questions = client.GetContainer(fixture.Planet.Planet.Backplane.Database, "questions");
        var query = new QueryDefinition("SELECT VALUE COUNT(1) FROM c WHERE ARRAY_CONTAINS(@ids, c.id)").WithParameter("@ids", ids);
        return (await questions.GetItemQueryIterator<int>(query).ReadNextAsync()).Single();
    }
}

/// <summary>Two regions, and a ship at the edge of the network.</summary>
public sealed class EdgePlanetFixture() : OwnPlanetFixture(Options)
{
    public const string Ship = "ship";

    /// <summary>Where clients of the ship are.</summary>
    public const string Aboard = "reykjavik";

    internal static readonly TestPlanetOptions Options = new()
    {
        Configuration = new Dictionary<string, string>
        {
            ["Geode:Regions"] = "westeurope,eastus",
            ["Geode:Regions:2:Name"] = Ship,
            ["Geode:Regions:2:Latitude"] = "60",
            ["Geode:Regions:2:Longitude"] = "-15",
            ["Geode:Regions:2:Kind"] = "edge",
            ["Geode:Regions:2:Serves"] = Aboard,
            ["Geode:Steward:Mode"] = "observe",
        },
    };
}

/// <inheritdoc cref="PlanetTests"/>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class EdgePlanetTests : ICollectionFixture<EdgePlanetFixture>
{
    public const string Name = "planet with an edge";
}
