using Geode.Foresight.Planning;
using Geode.Service.Steward;

namespace Geode.Service.Tests.Steward;

[Collection(ShoppingPlanetCollection.Name)]
public sealed class LoadHistoryTests(ShoppingPlanet planet)
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(10);
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly PlannerSettings Settings = new(Step, TimeSpan.FromHours(24), TimeSpan.FromSeconds(30));

    [Fact]
    public async Task A_new_steward_foresees_what_one_that_saw_it_all_does()
    {
        var bench = await StewardBench.StartAsync(planet);
        var (history, witness) = (new LoadHistory(bench.Board, Step), new PlanetPlanner(Settings));
        var at = Noon;
        // Two hours and a half, of which the last five minutes are written.
        for (var i = 0; i < 900; i++, at += Step)
        {
            var observation = Serving(bench, at, i);
            witness.Learn(observation);
            await history.AddAsync(observation, default);
        }

        var heir = new PlanetPlanner(Settings);
        var taught = await new LoadHistory(bench.Board, Step).TeachAsync(heir, at, default);

        Assert.InRange(taught, 870, 900);
        var next = Serving(bench, at, 900);
        var (expected, actual, ignorant) = (witness.Plan(next, 1), heir.Plan(next, 1), new PlanetPlanner(Settings).Plan(next, 1));
        Assert.Equal(expected.Regions[0].Forecast.Value, actual.Regions[0].Forecast.Value, 0.05 * expected.Regions[0].Forecast.Value);
        Assert.NotEqual(ignorant.Regions[0].Forecast, actual.Regions[0].Forecast);
    }

    [Fact]
    public async Task What_two_stewards_saw_of_an_hour_is_read_together()
    {
        var bench = await StewardBench.StartAsync(planet);
        var (here, there) = (bench.Here, bench.Shape.Regions[1]);
        var (early, late) = (new double?[360], new double?[360]);
        Array.Fill(early, 3, 0, 100);
        Array.Fill(late, 5, 200, 50);
        await bench.PutAsync(here, LoadDocument.Of(here, Noon, new Dictionary<string, double?[]> { [here.Name] = early }));
        await bench.PutAsync(there, LoadDocument.Of(there, Noon, new Dictionary<string, double?[]> { [here.Name] = late }));

        Assert.Equal(150, await new LoadHistory(bench.Board, Step).TeachAsync(new(Settings), Noon.AddHours(1), default));
    }

    [Fact]
    public async Task Documents_that_are_torn_hostile_or_from_the_future_teach_nothing()
    {
        var bench = await StewardBench.StartAsync(planet);
        var region = bench.Here.Name;
        object?[] regions =
        [
            null, "none", new Dictionary<string, object?> { [region] = null }, new Dictionary<string, object> { [region] = "1" },
            new Dictionary<string, object> { [region] = new double[] { -1, -1e308 } }, new Dictionary<string, object> { [region] = Array.Empty<double>() },
        ];
        for (var i = 0; i < regions.Length; i++)
            await bench.PutAsync(bench.Here, new { id = $"load:{i}", region, kind = "load", from = Noon, regions = regions[i], ttl = 60 });
        await bench.PutAsync(bench.Here, LoadDocument.Of(bench.Here, Noon.AddHours(9), new Dictionary<string, double?[]> { [region] = [1, 2] }));

        Assert.Equal(0, await new LoadHistory(bench.Board, Step).TeachAsync(new(Settings), Noon.AddHours(1), default));
    }

    private static PlanetObservation Serving(StewardBench bench, DateTimeOffset at, int i) => new(
        at,
        [.. bench.Shape.Regions.Select(region => new RegionObservation(region.Name, at, 50 + i / 10.0, 1, 20, 0, 0, 0, 1, 0, new(1, 10)))],
        []);
}
