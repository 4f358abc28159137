using System.Collections.Concurrent;
using System.Globalization;
using System.Net;

namespace Geode.Tests.Planets;

/// <summary><c>GEODE_KILL_RUNS=50 dotnet test … --filter KillTests</c> kills and revives as often; beside
/// <c>dotnet run --project Geode.Bench -- starve</c> it does so on a busy machine.</summary>
public sealed class KillTests(PlanetFixture fixture) : PlanetTest(fixture)
{
    private const int Clients = 16;
    private const int AsksPerClient = 12;

    private int _answered;

    [Fact]
    public async Task Killing_a_geode_under_load_fails_no_read_and_no_keyed_write_and_the_revived_region_has_every_document()
    {
        var runs = Environment.GetEnvironmentVariable("GEODE_KILL_RUNS") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : 1;
        for (var run = 0; run < runs; run++)
            await KillAndReviveAsync(run);
    }

    private async Task KillAndReviveAsync(int run)
    {
        var asked = new ConcurrentDictionary<string, string>();
        var failures = new ConcurrentQueue<string>();
        var third = new TaskCompletionSource();
        var clients = Enumerable.Range(0, Clients).Select(i => LoadAsync(run, i, asked, failures, third)).ToArray();

        await third.Task;
        await Planet.KillAsync("westeurope");
        await Task.WhenAll(clients);
        await Planet.ReviveAsync("westeurope");

        Assert.True(failures.IsEmpty, $"Run {run}: {string.Join('\n', failures.Take(20))}");
        Assert.Equal(Clients * AsksPerClient, asked.Count);
        using var geode = new PlanetClient(Planet.Geode("westeurope"), place: null);
        foreach (var id in asked.Values)
        {
            await Eventually.TrueAsync(
                async () =>
                {
                    using var response = await geode.GetAsync($"/api/questions/{id}");
                    return response.StatusCode == HttpStatusCode.OK;
                },
                () => $"Question {id} is not in westeurope after its revival.");
        }
    }

    // Half of the clients are next to the geode that dies.
    private async Task LoadAsync(int run, int number, ConcurrentDictionary<string, string> asked, ConcurrentQueue<string> failures, TaskCompletionSource third)
    {
        using var client = new PlanetClient(Planet.Router, number % 2 == 0 ? "amsterdam" : "newyork");
        for (var i = 0; i < AsksPerClient; i++)
        {
            var key = $"load-{run}-{number}-{i}";
            await TryAsync($"POST {key}", async () =>
            {
                using var write = await client.SendAsync(HttpMethod.Post, "/api/questions", new { title = key, body = "load", tags = Array.Empty<string>() }, key);
                var text = await write.Content.ReadAsStringAsync();
                var isMade = write.StatusCode is HttpStatusCode.Created or HttpStatusCode.OK;
                if (isMade)
                    asked[key] = System.Text.Json.JsonDocument.Parse(text).RootElement.GetProperty("id").GetString()!;
                return isMade ? null : $"{(int)write.StatusCode} {text}";
            });
            await TryAsync($"GET by client {number}", async () =>
            {
                using var read = await client.GetAsync("/api/questions");
                return read.IsSuccessStatusCode ? null : $"{(int)read.StatusCode} {await read.Content.ReadAsStringAsync()}";
            });
            if (asked.Count >= Clients * AsksPerClient / 3)
                third.TrySetResult();
        }

        third.TrySetResult();

        async Task TryAsync(string what, Func<Task<string?>> request)
        {
            var before = Volatile.Read(ref _answered);
            string? problem;
            try
            {
                problem = await request();
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                problem = e.Message;
            }

            // Whether the planet stood still, or this request alone.
            if (problem is null)
                Interlocked.Increment(ref _answered);
            else
                failures.Enqueue($"{DateTime.UtcNow:HH:mm:ss.fff} {what}: {problem} (answers to others meanwhile: {Volatile.Read(ref _answered) - before}; {await Fixture.OriginsAsync()})");
        }
    }
}
