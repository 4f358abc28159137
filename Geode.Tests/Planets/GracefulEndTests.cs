using System.Collections.Concurrent;
using Geode.Control.Processes;

namespace Geode.Tests.Planets;

public sealed class GracefulEndTests(PlanetFixture fixture) : PlanetTest(fixture)
{
    private const int Clients = 8;

    [Fact]
    public async Task A_geode_that_is_told_to_end_under_load_fails_no_request()
    {
        var answered = new ConcurrentQueue<string>();
        var failures = new ConcurrentQueue<string>();
        using var enough = new CancellationTokenSource();
        var load = Enumerable.Range(0, Clients).Select(i => LoadAsync(i, answered, failures, enough)).ToList();
        await ServedAsync(answered, "eastus", 10);

        // It may have more instances than one.
        var api = (await Planet.ProcessesAsync()).Single(p => p is { Role: ProcessRole.Api, Region: "eastus", Instance: 1 });
        Assert.True(UnixSignal.Terminate(api.Pid!.Value));
        await Eventually.TrueAsync(
            async () => (await Planet.ProcessesAsync()).Single(p => p.Name == api.Name).Pid is null, () => $"{api.Name} never ended.");
        var elsewhere = answered.Count;
        await Eventually.TrueAsync(() => Task.FromResult(answered.Count >= elsewhere + 100), () => "Nobody answers any more.");
        await enough.CancelAsync();
        await Task.WhenAll(load);

        Assert.Equal([], failures.Distinct().Take(10));
    }

    private static Task ServedAsync(ConcurrentQueue<string> answered, string region, int times) =>
        Eventually.TrueAsync(() => Task.FromResult(answered.Count(by => by == region) >= times), () => $"{region} serves nothing.");

    /// <summary>Reads, writes with a key, and writes that nobody may repeat.</summary>
    private async Task LoadAsync(int number, ConcurrentQueue<string> answered, ConcurrentQueue<string> failures, CancellationTokenSource enough)
    {
        using var client = new PlanetClient(Planet.Router, number % 2 == 0 ? "newyork" : "amsterdam");
        for (var i = 0; !enough.IsCancellationRequested; i++)
        {
            using var answer = (i % 3) switch
            {
                0 => await client.GetAsync("/api/questions?size=1"),
                1 => await client.SendAsync(HttpMethod.Post, "/api/questions", new { title = $"{number} {i}", body = "load" }, Guid.NewGuid().ToString()),
                _ => await client.SendAsync(HttpMethod.Post, "/api/questions", new { title = $"{number} {i}", body = "load" }),
            };
            if (answer.IsSuccessStatusCode)
                answered.Enqueue(PlanetClient.ServedBy(answer));
            else
                failures.Enqueue($"{answer.RequestMessage!.Method} {i % 3}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        }
    }
}
