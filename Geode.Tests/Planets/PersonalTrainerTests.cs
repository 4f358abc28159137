using System.Text.Json;
using Geode.Service.Backplane;
using Geode.Testing;
using Geode.Tests.Worker.Personal;
using Geode.Topology;
using Xunit.Abstractions;

namespace Geode.Tests.Planets;

/// <summary>The trainer of a planet of real processes is lost in the middle of its first training.</summary>
[Collection(Name)]
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class PersonalTrainerTests(ITestOutputHelper output) : IAsyncLifetime
{
    public const string Name = "planet whose trainer is lost";

    private const int More = 10;

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromMinutes(3) };
    private TestPlanet? _planet;

    private TestPlanet Planet => _planet ?? throw new InvalidOperationException("The planet has not started.");

    public async Task InitializeAsync() => _planet = await TestPlanet.StartLocalAsync(PersonalPlanetFixture.Options with
    {
        // So that there is a while to be lost in.
        Environment = new Dictionary<string, string>(PersonalPlanetFixture.Options.Environment) { ["Geode__Personal__FewestDeeds"] = "1500" },
    });

    public async Task DisposeAsync()
    {
        if (_planet is not null)
            await _planet.DisposeAsync();
        _http.Dispose();
    }

    [Fact]
    public async Task When_it_is_killed_another_trains_and_every_geode_has_what_that_one_learned()
    {
        var (lost, visitors) = await TrainingAsync();
        await Planet.KillAsync(lost);
        var left = PlanetFixture.Regions.Where(region => region != lost).ToArray();

        // Visitors go on: who has just looked and found too little is not to be left alone with it.
        var (version, trainers) = ((string?)null, "");
        await Eventually.TrueAsync(
            async () =>
            {
                await PlantAsync(left[0], visitors, More);
                visitors += More;
                trainers = string.Join('\n', await Task.WhenAll(left.Select(TrainerAsync)));
                return (version = (await TastesAsync(left[0])).Text("version")) is not null;
            },
            () => $"After the loss of {lost} there is no model.\n{trainers}");
        var (by, about) = ((await TastesAsync(left[0])).Text("region"), (await TastesAsync(left[0])).GetProperty("about"));
        output.WriteLine($"{lost} was lost while it trained; {by} published {version}: {about}");
        Assert.NotEqual(lost, by);
        Assert.DoesNotContain("planted", about.GetRawText(), StringComparison.Ordinal);
        await HasAsync(left[1], version!);

        await Planet.ReviveAsync(lost);
        await Planet.HealthyAsync();
        await HasAsync(lost, version!);
    }

    // Visitors do more and more, until there is enough to learn from: which region trains then.
    private async Task<(string Region, int Visitors)> TrainingAsync()
    {
        const int Few = 110;
        var (found, visitors) = ((string?)null, Few);
        await PlantAsync("eastus", 0, Few);
        await Eventually.TrueAsync(
            async () =>
            {
                await PlantAsync("eastus", visitors, More);
                visitors += More;
                foreach (var region in PlanetFixture.Regions)
                {
                    // Twice the same: there is really something to do, and not a look that finds too little.
                    if (await SinceAsync(region) is { } since && await SinceAsync(region) == since)
                        found = region;
                }

                return found is not null;
            },
            () => "Nobody trains.");
        return (found!, visitors);
    }

    // Since when it trains; null: it does not.
    private async Task<string?> SinceAsync(string region)
    {
        var status = JsonDocument.Parse(await TrainerAsync(region)).RootElement;
        await Task.Delay(100);
        return status.Text("state") == "training" ? status.Text("since") : null;
    }

    // What the region's Worker says of it.
    private Task<string> TrainerAsync(string region) =>
        _http.GetStringAsync(new Uri($"{PlanetPorts.Loopback(Planet.Planet.Ports.Worker(Planet.Planet.Region(region)))}/api/personal/training"));

    private async Task PlantAsync(string region, int first, int visitors)
    {
        using var replica = Planet.Replica(region, new() { UseSystemTextJsonSerializerWithOptions = BackplaneJson.Options });
        await PlantedTastes.PlantAsync(replica.GetDatabase(Planet.Planet.Backplane.Database), visitors, first);
    }

    private Task HasAsync(string region, string version) =>
        Eventually.TrueAsync(async () => (await TastesAsync(region)).Text("version") == version, () => $"{region} does not use {version}.");

    // As the region's Api sees it.
    private async Task<JsonElement> TastesAsync(string region)
    {
        using var answer = await _http.GetAsync(new Uri(Planet.Geode(region), "/api/publications"));
        var publications = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("publications");
        return publications.EnumerateArray().Single(of => of.GetProperty("name").GetString() == "tastes");
    }
}
