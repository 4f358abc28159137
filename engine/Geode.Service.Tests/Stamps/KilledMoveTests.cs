using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Geode.Service.Stamps;
using Xunit.Abstractions;

namespace Geode.Service.Tests.Stamps;

/// <summary>A tenant moves to and fro while its people write, and in each phase whoever moves it is killed.</summary>
[Collection(StampedProcessesCollection.Name)]
public sealed class KilledMoveTests(StampedProcesses stamps, ITestOutputHelper output)
{
    private const string Tenant = "wanderer";

    private static readonly string[] Phases = [MovePhases.Copying, MovePhases.Pausing, MovePhases.Closing, MovePhases.Opening, MovePhases.Cleaning];

    [Fact]
    public async Task Whoever_dies_on_the_way_nothing_acknowledged_is_lost_nobody_is_answered_by_the_wrong_side_and_nothing_is_left_behind()
    {
        await stamps.OrderAsync(Tenant, "eu");
        await using var people = new People(stamps, "amsterdam", "newyork", "singapore");
        await people.HaveWrittenAsync(30);
        var (from, to) = ("eu", "world");
        foreach (var phase in Phases)
        {
            var region = stamps.Planet.Planet.Stamps.Single(stamp => stamp.Name == from).Regions[0];
            await stamps.OrderAsync(Tenant, to);
            var victim = await KillInAsync(phase, region);
            if (victim is not null)
                await stamps.Planet.ReviveProcessAsync(victim);
            var entry = await stamps.MovedAsync(Tenant);
            output.WriteLine($"{victim ?? "Nobody"} was killed, meant to be {phase}: {entry}");
            // Undone is no loss either; then it is where it was.
            if (entry.GetProperty("stamp").GetString() == to)
                (from, to) = (to, from);
            await people.HaveWrittenAsync(30);
        }

        await people.EndAsync();
        Assert.Empty(people.Wrong);
        using var reader = stamps.PeopleOf(Tenant, "amsterdam");
        IReadOnlyList<string> lost = [], there = [];
        await InProcessPlanet.EventuallyAsync(
            async () =>
            {
                there = [.. (await reader.GetFromJsonAsync<JsonElement>("/api/notes")).EnumerateArray().Select(note => note.GetProperty("id").GetString()!)];
                lost = [.. people.Acknowledged.Except(there)];
                return lost.Count == 0;
            },
            () => $"{people.Acknowledged.Count} notes were acknowledged, {lost.Count} are lost: {string.Join(", ", lost)}");
        var regions = stamps.Planet.Planet.Stamps.Single(stamp => stamp.Name == from).Regions;
        var expected = string.Join(", ", stamps.Planet.Planet.RegionNames.Select(region => $"{region} {(regions.Contains(region) ? there.Count : 0)}"));
        var where = "";
        await InProcessPlanet.EventuallyAsync(async () => (where = (await stamps.TenantAsync(Tenant)).Where) == expected, () => $"{expected}, but there is {where}");
    }

    // As soon as the move is in that phase, or past it.
    private async Task<string?> KillInAsync(string phase, string region)
    {
        while (await stamps.PhaseAsync(Tenant) is { } now)
        {
            if (Array.IndexOf(Phases, now) < Array.IndexOf(Phases, phase))
                continue;
            if (await stamps.MoverAsync(region) is not { } mover)
                continue;
            await stamps.Planet.KillProcessAsync(mover.Name);
            return mover.Name;
        }

        return null;
    }

    /// <summary>The tenant's people all over the world, who write note after note, and look for each when they know that it was taken.</summary>
    private sealed class People : IAsyncDisposable
    {
        private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

        private readonly CancellationTokenSource _end = new();
        private readonly ConcurrentBag<string> _acknowledged = [];
        private readonly ConcurrentBag<string> _wrong = [];
        private readonly Task _writing;

        public People(StampedProcesses stamps, params string[] cities) => _writing = Task.WhenAll(cities.Select(city => Task.Run(() => WriteAsync(stamps, city))));

        public IReadOnlyCollection<string> Acknowledged => _acknowledged;

        public IReadOnlyCollection<string> Wrong => _wrong;

        public Task HaveWrittenAsync(int more)
        {
            var least = _acknowledged.Count + more;
            return InProcessPlanet.EventuallyAsync(() => Task.FromResult(_acknowledged.Count >= least || _writing.IsFaulted), $"{more} more notes");
        }

        public async Task EndAsync()
        {
            await _end.CancelAsync();
            await _writing;
        }

        public async ValueTask DisposeAsync()
        {
            await EndAsync();
            _end.Dispose();
        }

        private async Task WriteAsync(StampedProcesses stamps, string city)
        {
            using var people = stamps.PeopleOf(Tenant, city);
            for (var turn = 0; !_end.IsCancellationRequested; turn++)
            {
                var path = $"/api/notes/{city}-{turn}";
                if (await SendAsync(() => people.PutAsJsonAsync(path, new { text = "hello" })) == HttpStatusCode.OK)
                {
                    _acknowledged.Add($"{city}-{turn}");
                    if (await SendAsync(() => people.GetAsync(path)) is { } read && read is not (HttpStatusCode.OK or >= HttpStatusCode.InternalServerError or HttpStatusCode.MisdirectedRequest))
                        _wrong.Add($"{path} was acknowledged, and a moment later answered {read}");
                }

                await Task.Delay(Pause);
            }
        }

        // Null: nobody answered.
        private static async Task<HttpStatusCode?> SendAsync(Func<Task<HttpResponseMessage>> send)
        {
            try
            {
                using var answer = await send();
                return answer.StatusCode;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                return null;
            }
        }
    }
}
