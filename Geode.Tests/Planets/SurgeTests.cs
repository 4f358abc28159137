using System.Text.Json;
using Geode.Testing;
using Geode.Topology;
using Xunit.Abstractions;

namespace Geode.Tests.Planets;

/// <summary>Ten times as many clients suddenly ask from one city while plans are applied, and the steward is lost in the middle of it. The bench's
/// <c>surge</c> does the same at a given rate, with figures; here each client waits for its answer, so that no machine is too slow for them.</summary>
[Collection(SurgePlanetTests.Name)]
public sealed class SurgeTests(SurgePlanetFixture fixture, ITestOutputHelper output) : IAsyncLifetime
{
    private const string City = "amsterdam";
    private const string Nearest = "westeurope";

    private static readonly string[] Regions = PlanetFixture.Regions;

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };

    private TestPlanet Planet => fixture.Planet;

    public Task InitializeAsync() => Planet.HealthyAsync();

    public async Task DisposeAsync()
    {
        foreach (var region in Regions)
            await Planet.ReviveAsync(region);
        _http.Dispose();
    }

    [Fact]
    public async Task A_city_asks_ten_times_as_much_and_the_steward_is_killed_and_no_request_fails()
    {
        await using var calm = new Crowd(Planet.Router, City, "calm", clients: 1);
        await using var far = new Crowd(Planet.Router, "singapore", "far", clients: 1);
        await Eventually.TrueAsync(async () => StewardReport.Applied(await StewardAsync(), Regions) is not null, () => "No plan was applied in every region.");
        await Eventually.TrueAsync(async () => (await FloorsAsync(Regions)).All(floor => floor > 0), () => "Plans have given no floors.");

        await using var surge = new Crowd(Planet.Router, City, "surge", clients: 9);
        await Planet.UntilAsync(
            async () => (await Planet.InstancesAsync(Nearest)).Running > 1, async () => $"The surge brought no instance: {await Planet.InstancesAsync(Nearest)}.",
            TimeSpan.FromMinutes(4));

        var before = await StewardAsync();
        var (lost, fence) = (before.GetProperty("region").GetString()!, before.GetProperty("fence").GetInt64());
        var left = Regions.Where(region => region != lost).ToArray();
        await Planet.KillProcessAsync($"worker-{lost}");
        await Eventually.TrueAsync(
            async () => StewardReport.Applied(await StewardAsync(), left) > fence, () => $"After the loss of {lost}'s Worker (fence {fence}) nobody's plan is applied.");

        var after = await StewardAsync();
        output.WriteLine($"{lost} with fence {fence}, then {after.GetProperty("region")} with fence {after.GetProperty("fence")}");
        Assert.NotEqual(lost, after.GetProperty("region").GetString());
        // Where a Worker is left, the floor is asked for again and again; where none is, it lapses.
        await Eventually.TrueAsync(async () => (await FloorsAsync([lost])).Single() is null, () => $"The floor of {lost}, whose Worker is gone, does not lapse.");
        await Eventually.TrueAsync(async () => (await FloorsAsync(left)).All(floor => floor > 0), () => "Where Workers are left there are no floors.");

        await surge.AnsweredAsync(50);
        Assert.Empty(calm.Failures.Concat(far.Failures).Concat(surge.Failures));
    }

    private Task<IReadOnlyList<int?>> FloorsAsync(IEnumerable<string> regions) => StewardReport.FloorsAsync(Planet, regions);

    private Task<JsonElement> StewardAsync() => StewardReport.ReadAsync(_http, new(PlanetPorts.Loopback(Planet.Planet.Ports.Control) + "/planet/steward"));
}
