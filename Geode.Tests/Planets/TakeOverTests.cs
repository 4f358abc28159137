using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Azure.Cosmos;
using Xunit.Abstractions;

namespace Geode.Tests.Planets;

/// <summary>The processor that has one owner on the planet: its owner is lost, or there are two.</summary>
public sealed class TakeOverTests(PlanetFixture fixture, ITestOutputHelper output) : PlanetTest(fixture)
{
    [Fact]
    public async Task When_the_owners_region_is_lost_another_takes_over_with_a_higher_fence()
    {
        using var visitor = Visitor();
        var id = await visitor.AskAsync("Taken over", from: "eastus");
        await VoteAsync(visitor, id, 1, "eastus");
        await ScoreAsync(id, 1, PlanetFixture.Regions);
        var owner = await OwnerAsync(Fixture.Geode("eastus"));
        var survivors = PlanetFixture.Regions.Where(region => region != owner).ToArray();
        var before = await StoredAsync(survivors[0], id);

        await Planet.KillAsync(owner);
        var clock = Stopwatch.StartNew();
        await VoteAsync(visitor, id, -1, survivors[0]);
        await ScoreAsync(id, -1, survivors);
        output.WriteLine($"{clock.Elapsed.TotalSeconds:0.0} s from the loss of {owner} to the first count by another owner, seen in every region left");

        var after = await StoredAsync(survivors[0], id);
        Assert.True(after.Fence > before.Fence, $"fence {before.Fence}, then {after.Fence}");
        Assert.DoesNotContain(owner, after.Writer, StringComparison.Ordinal);

        await Planet.ReviveAsync(owner);
        await ScoreAsync(id, -1, [owner]);
    }

    [Fact]
    public async Task Two_owners_during_a_partition_leave_exact_totals_after_it()
    {
        using var visitor = Visitor();
        var id = await visitor.AskAsync("Two owners", from: "eastus");
        await VoteAsync(visitor, id, 1, "eastus");
        await ScoreAsync(id, 1, PlanetFixture.Regions);
        var (cut, other) = ("westeurope", "eastus");

        await Planet.IsolateAsync(cut);
        // Whoever owns it now: its region's replica fails the far side's owners, so they count by themselves.
        for (var i = 0; i < 4; i++)
        {
            using var there = Visitor();
            await VoteAsync(there, id, 1, other, at: Fixture.Geode(other));
            using var here = Visitor();
            await VoteAsync(here, id, 1, cut, at: Fixture.Geode(cut));
        }

        await Planet.HealAsync();
        await ScoreAsync(id, 9, PlanetFixture.Regions);
    }

    private static async Task VoteAsync(PlanetClient visitor, string id, int value, string from, Uri? at = null)
    {
        var path = (at is null ? "" : at.GetLeftPart(UriPartial.Authority)) + $"/api/questions/{id}/vote";
        await Eventually.TrueAsync(
            async () =>
            {
                using var vote = await visitor.SendAsync(HttpMethod.Put, path, new { value }, from: from);
                return vote.StatusCode == HttpStatusCode.OK;
            },
            () => $"No vote on {id} was taken from {from}.");
    }

    /// <summary>Waits until it is so in all of these regions.</summary>
    private async Task ScoreAsync(string id, int expected, IReadOnlyList<string> regions)
    {
        foreach (var region in regions)
        {
            using var reader = new PlanetClient(Fixture.Geode(region), place: null);
            int? score = null;
            await Eventually.TrueAsync(
                async () =>
                {
                    using var read = await reader.GetAsync($"/api/questions/{id}");
                    if (read.StatusCode == HttpStatusCode.OK)
                        score = JsonDocument.Parse(await read.Content.ReadAsStringAsync()).RootElement.GetProperty("score").GetInt32();
                    return score == expected;
                },
                () => $"The score in {region} is {score}, not {expected}.");
        }
    }

    private static async Task<string> OwnerAsync(Uri geode)
    {
        using var anyone = new PlanetClient(geode, place: null);
        List<string> owners = [];
        await Eventually.TrueAsync(
            async () =>
            {
                owners = [.. (await anyone.ReadAsync("/api/planet")).GetProperty("regions").EnumerateArray()
                    .Where(region => region.GetProperty("processors").EnumerateArray()
                        .Any(p => p.GetProperty("name").GetString() == "scores" && p.GetProperty("owner").GetBoolean()))
                    .Select(region => region.GetProperty("name").GetString()!)];
                return owners.Count == 1;
            },
            () => $"Owners of the scores: {string.Join(", ", owners)}.");
        return owners[0];
    }

    private async Task<(long Fence, string Writer)> StoredAsync(string region, string id)
    {
        using var client = Fixture.Replica(region);
        var scores = client.GetDatabase(Planet.Planet.Backplane.Database).GetContainer("scores");
        var score = (await scores.ReadItemAsync<JsonObject>(id, new(id))).Resource;
        return (score["fence"]!.GetValue<long>(), score["writer"]!.GetValue<string>());
    }
}
