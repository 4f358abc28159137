using System.Net.Http.Json;
using System.Text.Json;
using Geode.Topology;
using Xunit.Abstractions;

namespace Geode.Tests.Planets;

/// <summary>The steward of a planet of real processes: it is lost, cut off, and told to undo.</summary>
[Collection(LocalPlanetTests.Name)]
public sealed class StewardTests(LocalPlanetFixture fixture, ITestOutputHelper output) : IAsyncLifetime
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromMinutes(3) };

    private Uri Control => new(PlanetPorts.Loopback(fixture.Planet.Planet.Ports.Control));

    public async Task InitializeAsync()
    {
        await fixture.MendAsync();
        await ModeAsync("act");
        // What was said must have arrived in every region before links are cut. To see "act" there is not enough: it may be that of the test before.
        await fixture.Planet.ConvergedAsync();
        foreach (var region in PlanetFixture.Regions)
        {
            await Eventually.TrueAsync(
                async () => await ReadAsync(fixture.Geode(region), "/api/planet/steward") is var seen && StewardReport.Applied(seen, [region]) is not null
                    && seen.GetProperty("mode").GetString() == "act" && StewardReport.Own(seen, region)?.GetProperty("mode").GetString() == "act",
                () => $"No plan was applied in {region}.");
        }
    }

    public async Task DisposeAsync()
    {
        await fixture.MendAsync();
        await ModeAsync("observe");
        _http.Dispose();
    }

    [Fact]
    public async Task When_the_steward_is_killed_another_plans_on_with_a_higher_fence()
    {
        var before = await ReadAsync(Control, "/planet/steward");
        var (lost, fence) = (before.GetProperty("region").GetString()!, before.GetProperty("fence").GetInt64());
        var left = PlanetFixture.Regions.Where(region => region != lost).ToArray();

        await fixture.Planet.KillAsync(lost);
        long? applied = null;
        await Eventually.TrueAsync(
            async () => (applied = StewardReport.Applied(await ReadAsync(Control, "/planet/steward"), left)) > fence,
            () => $"After the loss of {lost} (fence {fence}) the regions left apply plans of fence {applied}.");
        var after = await ReadAsync(Control, "/planet/steward");
        Assert.NotEqual(lost, after.GetProperty("region").GetString());
        output.WriteLine($"{lost} with fence {fence}, then {after.GetProperty("region")} with fence {applied}");

        // Its region comes back and follows the one that there is.
        await fixture.Planet.ReviveAsync(lost);
        await Eventually.TrueAsync(async () => StewardReport.Applied(await ReadAsync(fixture.Geode(lost), "/api/planet/steward"), [lost]) >= applied, () => $"{lost} does not follow.");
    }

    [Fact]
    public async Task A_region_that_is_cut_off_changes_nothing_and_goes_on_after_it()
    {
        var cut = (await ReadAsync(Control, "/planet/steward")).GetProperty("region").GetString()!;
        var left = PlanetFixture.Regions.Where(region => region != cut).ToArray();
        var fence = StewardReport.Applied(await ReadAsync(Control, "/planet/steward"), PlanetFixture.Regions);

        await fixture.Planet.IsolateAsync(cut);
        var reason = "";
        await Eventually.TrueAsync(
            async () =>
            {
                var own = StewardReport.Own(await ReadAsync(fixture.Geode(cut), "/api/planet/steward"), cut);
                reason = string.Join(" ", own?.GetProperty("refused").EnumerateArray().Select(refusal => refusal.GetProperty("reason").GetString()) ?? []);
                return own is { } applied && !applied.GetProperty("allowed").GetBoolean() && reason.Contains("fewer than half", StringComparison.Ordinal);
            },
            () => $"{cut}, alone, says: {reason}");
        output.WriteLine($"{cut}, alone: {reason}");

        await fixture.Planet.HealAsync();
        await Eventually.TrueAsync(
            async () => StewardReport.Applied(await ReadAsync(fixture.Geode(cut), "/api/planet/steward"), PlanetFixture.Regions) >= fence && await SameEverywhereAsync(),
            () => $"After the partition the regions do not follow one plan; {left[0]} and {cut} differ.");
    }

    [Fact]
    public async Task Undo_is_one_call_and_what_plans_did_is_gone()
    {
        await Eventually.TrueAsync(async () => (await FloorsAsync()).All(floor => floor > 0), () => "Plans have given no floors.");
        using (var undo = await _http.PostAsync(new Uri(Control, "/planet/steward/undo"), null))
            undo.EnsureSuccessStatusCode();
        // Who has not heard of it yet may have applied once more; all hear of it.
        await Eventually.TrueAsync(async () => (await FloorsAsync()).All(floor => floor is null), () => "There are floors after the undo.");
        await Eventually.TrueAsync(
            async () =>
            {
                var steward = await ReadAsync(Control, "/planet/steward");
                return PlanetFixture.Regions.All(region => StewardReport.Own(steward, region) is { } own && !own.GetProperty("allowed").GetBoolean());
            },
            () => "Plans are applied after the undo.");
        Assert.True((await ReadAsync(Control, "/planet/steward")).TryGetProperty("heldUntil", out _));
    }

    private async Task<bool> SameEverywhereAsync()
    {
        var fences = new List<long?>();
        foreach (var region in PlanetFixture.Regions)
            fences.Add(StewardReport.Applied(await ReadAsync(fixture.Geode(region), "/api/planet/steward"), [region]));
        return fences.Distinct().Count() == 1;
    }

    private Task<IReadOnlyList<int?>> FloorsAsync() => StewardReport.FloorsAsync(fixture.Planet, PlanetFixture.Regions);

    private async Task ModeAsync(string mode)
    {
        using var answer = await _http.PutAsJsonAsync(new Uri(Control, "/planet/steward"), new { mode });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    private Task<JsonElement> ReadAsync(Uri from, string path) => StewardReport.ReadAsync(_http, new(from, path));
}
