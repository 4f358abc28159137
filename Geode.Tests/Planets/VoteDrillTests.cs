using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Azure.Cosmos;
using Xunit.Abstractions;

namespace Geode.Tests.Planets;

/// <summary>Votes through all geodes while they are killed, frozen, cut off and fail; then the count. For the full size set
/// <c>GEODE_DRILL_VOTES=5000</c>.</summary>
public sealed class VoteDrillTests(PlanetFixture fixture, ITestOutputHelper output) : PlanetTest(fixture)
{
    private const int Visitors = 20;
    private const int Questions = 5;

    private static readonly int Votes = Drill.Size("GEODE_DRILL_VOTES", 600);

    [Fact]
    public async Task After_every_fault_each_score_is_the_sum_of_the_votes_in_every_region()
    {
        using var asker = Visitor();
        var questions = new List<string>();
        for (var i = 0; i < Questions; i++)
            questions.Add(await asker.AskAsync($"Drill {i}", from: PlanetFixture.Regions[i % 3]));
        await EverywhereAsync(questions);

        var failures = new ConcurrentQueue<string>();
        var cast = 0;
        using var over = new CancellationTokenSource();
        var voting = Task.WhenAll(Enumerable.Range(0, Visitors).Select(VoteAsync));
        // One fault after the other, each for a part of the votes.
        await CastAsync(Votes / 5);
        await Planet.KillAsync("southeastasia");
        await CastAsync(Votes / 5);
        await Planet.ReviveAsync("southeastasia");
        await Planet.FreezeAsync("eastus");
        await CastAsync(Votes / 5);
        await Planet.ThawAsync("eastus");
        await Planet.IsolateAsync("westeurope");
        await CastAsync(Votes / 5);
        await Planet.HealAsync();
        await RedeliverAsync();
        await CastAsync(Votes - cast);
        await over.CancelAsync();
        await voting;
        await Fixture.MendAsync();

        Assert.Equal([], failures.Distinct().Take(10));
        await CountsAgreeAsync(questions);
        output.WriteLine($"{cast} votes");

        async Task VoteAsync(int seed)
        {
            var random = new Random(seed);
            using var visitor = Visitor();
            while (!over.IsCancellationRequested)
            {
                var (question, from) = (questions[random.Next(Questions)], PlanetFixture.Regions[random.Next(3)]);
                using var vote = await visitor.SendAsync(HttpMethod.Put, $"/api/questions/{question}/vote", new { value = random.Next(-1, 2) }, from: from);
                if (!vote.IsSuccessStatusCode)
                    failures.Enqueue($"{(int)vote.StatusCode} from {from}: {await vote.Content.ReadAsStringAsync()}");
                Interlocked.Increment(ref cast);
            }
        }

        Task CastAsync(int more)
        {
            var enough = Volatile.Read(ref cast) + more;
            return Eventually.TrueAsync(() => Task.FromResult(Volatile.Read(ref cast) >= enough), () => $"Only {cast} votes were cast.");
        }

        // Replicas that fail in the middle of a batch, and a lease that is older than the work done under it.
        async Task RedeliverAsync()
        {
            foreach (var region in PlanetFixture.Regions)
            {
                await Planet.OutageAsync(region, "unavailable");
                await CastAsync(Visitors);
                await Planet.OutageAsync(region, "none");
                await CastAsync(Visitors);
            }

            await RewindAsync();
        }
    }

    /// <summary>Takes the lease of the count from its owner and sets it back to the beginning, as if nothing had been written down yet: whoever
    /// takes it is given every vote again.</summary>
    private async Task RewindAsync()
    {
        // All geodes look for the leases in the planet's first region.
        using var client = Fixture.Replica(PlanetFixture.Regions[0]);
        var leases = client.GetDatabase(Planet.Planet.Backplane.Database).GetContainer("leases");
        await Eventually.TrueAsync(
            async () =>
            {
                if (await LeaseAsync(leases) is not { } lease || lease["ContinuationToken"] is null)
                    return false;
                var id = lease["id"]!.GetValue<string>();
                (lease["ContinuationToken"], lease["Owner"]) = (null, null);
                using var body = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(lease.ToJsonString()));
                using var answer = await leases.ReplaceItemStreamAsync(body, id, new(id), new() { IfMatchEtag = lease["_etag"]!.GetValue<string>() });
                return answer.IsSuccessStatusCode;
            },
            () => "The lease of the count could not be set back.");
        await Eventually.TrueAsync(
            async () => await LeaseAsync(leases) is { } lease && lease["ContinuationToken"] is not null,
            () => "Nobody has gone on from the lease that was set back.");
    }

    private static async Task<JsonObject?> LeaseAsync(Container leases)
    {
        using var pages = leases.GetItemQueryIterator<JsonObject>("SELECT * FROM c WHERE STARTSWITH(c.id, 'global-scores-') AND IS_DEFINED(c.LeaseToken)");
        JsonObject? found = null;
        while (pages.HasMoreResults)
            found = (await pages.ReadNextAsync()).FirstOrDefault() ?? found;
        return found;
    }

    private async Task EverywhereAsync(List<string> questions)
    {
        foreach (var region in PlanetFixture.Regions)
        {
            using var reader = new PlanetClient(Fixture.Geode(region), place: null);
            foreach (var question in questions)
            {
                await Eventually.TrueAsync(
                    async () =>
                    {
                        using var read = await reader.GetAsync($"/api/questions/{question}");
                        return read.StatusCode == HttpStatusCode.OK;
                    },
                    () => $"Question {question} never came to {region}.");
            }
        }
    }

    private async Task CountsAgreeAsync(List<string> questions)
    {
        var problems = new List<string> { "not looked yet" };
        await Eventually.TrueAsync(
            async () =>
            {
                problems.Clear();
                var everywhere = new List<string>();
                foreach (var region in PlanetFixture.Regions)
                {
                    var (votes, scores) = await CountAsync(region, questions);
                    everywhere.Add(string.Join(' ', votes));
                    if (!votes.SequenceEqual(scores))
                        problems.Add($"{region}: votes {string.Join(' ', votes)}, scores {string.Join(' ', scores)}");
                }

                if (everywhere.Distinct().Count() > 1)
                    problems.Add("votes differ: " + string.Join(" | ", everywhere));
                output.WriteLine($"votes sum up to {everywhere[0]}; {problems.Count} disagreements");
                return problems.Count == 0;
            },
            () => string.Join('\n', problems));
    }

    private async Task<(List<int> Votes, List<int> Scores)> CountAsync(string region, List<string> questions)
    {
        using var client = Fixture.Replica(region);
        var database = client.GetDatabase(Planet.Planet.Backplane.Database);
        var (votes, scores) = (new List<int>(), new List<int>());
        foreach (var question in questions)
        {
            votes.Add(await SumAsync(database.GetContainer("votes"), question, "value"));
            scores.Add(await SumAsync(database.GetContainer("scores"), question, "total"));
        }

        return (votes, scores);
    }

    private static async Task<int> SumAsync(Container container, string question, string property)
    {
        using var pages = container.GetItemQueryIterator<JsonObject>("SELECT * FROM c", requestOptions: new() { PartitionKey = new(question) });
        var sum = 0;
        while (pages.HasMoreResults)
            sum += (await pages.ReadNextAsync()).Sum(document => document[property]?.GetValue<int>() ?? 0);
        return sum;
    }
}
