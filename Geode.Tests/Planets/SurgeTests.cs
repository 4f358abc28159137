using System.Net.Http.Json;
using System.Text.Json;
using Geode.Control.Load;
using Geode.Testing;
using Geode.Topology;
using Xunit.Abstractions;

namespace Geode.Tests.Planets;

/// <summary>One city suddenly asks ten times as much while plans are applied, and the steward is lost in the middle of it. The bench's
/// <c>surge</c> is the same in full, with figures.</summary>
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
        await Planet.StopLoadAsync();
        foreach (var region in Regions)
            await Planet.ReviveAsync(region);
        _http.Dispose();
    }

    [Fact]
    public async Task A_city_asks_ten_times_as_much_and_the_steward_is_killed_and_no_request_fails()
    {
        await Planet.StartLoadAsync(new() { Clients = 6, RequestsPerSecond = 6, Places = [City, "newyork", "singapore"] });
        await Eventually.TrueAsync(async () => StewardReport.Applied(await StewardAsync(), Regions) is not null, () => "No plan was applied in every region.");
        await Eventually.TrueAsync(async () => (await FloorsAsync(Regions)).All(floor => floor > 0), () => "Plans have given no floors.");

        await Planet.SurgeAsync(City, factor: 10, TimeSpan.FromHours(1));
        await Planet.UntilAsync(
            async () => (await Planet.InstancesAsync(Nearest)).Running > 1, async () => $"The surge brought no instance: {await Planet.InstancesAsync(Nearest)}.",
            TimeSpan.FromMinutes(4));

        var before = await StewardAsync();
        var (lost, fence) = (before.GetProperty("region").GetString()!, before.GetProperty("fence").GetInt64());
        var left = Regions.Where(region => region != lost).ToArray();
        var answered = (await LoadAsync()).Requests;
        await Planet.KillProcessAsync($"worker-{lost}");
        await Eventually.TrueAsync(
            async () => StewardReport.Applied(await StewardAsync(), left) > fence, () => $"After the loss of {lost}'s Worker (fence {fence}) nobody's plan is applied.");

        var after = await StewardAsync();
        output.WriteLine($"{lost} with fence {fence}, then {after.GetProperty("region")} with fence {after.GetProperty("fence")}");
        Assert.NotEqual(lost, after.GetProperty("region").GetString());
        // Where a Worker is left, the floor is asked for again and again; where none is, it lapses.
        await Eventually.TrueAsync(async () => (await FloorsAsync([lost])).Single() is null, () => $"The floor of {lost}, whose Worker is gone, does not lapse.");
        await Eventually.TrueAsync(async () => (await FloorsAsync(left)).All(floor => floor > 0), () => "Where Workers are left there are no floors.");

        await Eventually.TrueAsync(async () => (await LoadAsync()).Requests > answered + 50, () => "The clients do not go on.");
        var load = await LoadAsync();
        output.WriteLine($"{load.Requests} requests, {load.Failures} failed");
        Assert.True(load.Failures == 0, $"{load.Failures} of {load.Requests} requests failed:\n{string.Join('\n', (await Planet.TimelineAsync()).Select(e => $"{e.At:HH:mm:ss.fff} {e.Message}"))}");
    }

    private async Task<LoadView> LoadAsync() => await Planet.LoadAsync() ?? throw new InvalidOperationException("No clients run.");

    private async Task<IReadOnlyList<int?>> FloorsAsync(IEnumerable<string> regions) =>
        [.. (await Task.WhenAll(regions.Select(region => Planet.InstancesAsync(region)))).Select(instances => instances.Floor)];

    private async Task<JsonElement> StewardAsync()
    {
        using var answer = await _http.GetAsync(new Uri(PlanetPorts.Loopback(Planet.Planet.Ports.Control) + "/planet/steward"));
        return answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<JsonElement>() : default;
    }
}
