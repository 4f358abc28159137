using Geode.Foresight.Planning;
using Geode.Service.Steward;

namespace Geode.Service.Tests.Steward;

[Collection(ShoppingPlanetCollection.Name)]
public sealed class PlanetReportsTests(ShoppingPlanet planet)
{
    [Fact]
    public async Task Living_processes_of_a_region_are_added_up_and_torn_reports_left_out()
    {
        var bench = await StewardBench.StartAsync(planet, shape => shape with { Regions = [.. shape.Regions, new("moon-base", "Moon Base", 0.67, 23.47, 3)] });
        var moon = bench.Shape.Regions[3];
        var now = DateTimeOffset.UtcNow;
        await Api("1", now, new { requestsPerSecond = 30.0, p50Ms = 1.0, p99Ms = 40.0, errorRate = 0.1, inFlight = 3 });
        await Api("2", now, new { requestsPerSecond = 10.0, p50Ms = 1.0, p99Ms = 90.0, errorRate = 0.5, inFlight = 4 });
        await Api("gone", now.AddSeconds(-30), new { requestsPerSecond = 500.0, p50Ms = 1.0, p99Ms = 1.0, errorRate = 0.0, inFlight = 4 });
        await Api("torn", now, "traffic");
        await Api("hostile", now, new { requestsPerSecond = 1.0e300, p50Ms = -1.0, p99Ms = -2.0, errorRate = 1e9, inFlight = -5 });
        await bench.PutAsync(moon, new
        {
            id = "worker:1",
            region = moon.Name,
            kind = "worker",
            at = now,
            ttl = 60,
            limits = new { floor = 2, ceiling = 4, accepts = new[] { "drain", "dance" } },
            processors = new object[]
            {
                new { name = "a", scope = "local", owner = true, handled = 1, redelivered = 0, putAside = 0, lagMs = 1.0, pending = 5 },
                new { name = "b", scope = "global", owner = false, handled = 1, redelivered = 0, putAside = 0, lagMs = 1.0, pending = 70 },
            },
        });

        var observation = await bench.Reports.ObserveAsync(default);
        Assert.Equal(["westeurope", "eastus", "southeastasia", "moon-base"], observation.Regions.Select(region => region.Region));
        var seen = observation.Regions[3];
        Assert.Equal(now, seen.ReportedAt!.Value, TimeSpan.FromMilliseconds(1));
        Assert.Equal((40, 7, 90), (seen.RequestsPerSecond, seen.InFlight, seen.P99Milliseconds));
        Assert.Equal(0.2, seen.ErrorShare, 6);
        Assert.Equal(2, seen.Running);
        Assert.Equal(5, seen.Backlog);
        Assert.Equal(new RegionLimits(2, 4, PlanActions.Drain), seen.Limits);

        Task Api(string id, DateTimeOffset at, object traffic) =>
            bench.PutAsync(moon, new { id = $"api:{id}", region = moon.Name, kind = "api", at, ttl = 60, traffic });
    }

    [Fact]
    public async Task Numbers_that_are_too_large_to_be_added_up_are_no_end_of_the_steward()
    {
        var bench = await StewardBench.StartAsync(planet, shape => shape with { Regions = [.. shape.Regions, new("venus-base", "Venus Base", 0, 0, 5)] });
        var (venus, now) = (bench.Shape.Regions[3], DateTimeOffset.UtcNow);
        foreach (var id in new[] { "1", "2" })
        {
            var (traffic, largest) = (new { requestsPerSecond = 7.0, p50Ms = 1.0, p99Ms = 1.0, errorRate = 0.0, inFlight = int.MaxValue }, new { requestsPerSecond = 1e308, p50Ms = 1.0, p99Ms = 1e308, errorRate = 0.0, inFlight = 1 });
            var processors = new[] { new { name = "a", scope = "local", owner = true, handled = 1, redelivered = 0, putAside = 0, lagMs = 1.0, pending = long.MaxValue } };
            await bench.PutAsync(venus, new { id = $"api:{id}", region = venus.Name, kind = "api", at = now, ttl = 60, traffic });
            await bench.PutAsync(venus, new { id = $"api:largest-{id}", region = venus.Name, kind = "api", at = now, ttl = 60, traffic = largest });
            await bench.PutAsync(venus, new { id = $"worker:{id}", region = venus.Name, kind = "worker", at = now, ttl = 60, processors });
        }

        var seen = (await bench.Reports.RegionsAsync(default)).Regions[3];
        Assert.Equal((14.0, (double)int.MaxValue, (long?)long.MaxValue), (seen.RequestsPerSecond, seen.InFlight, seen.Backlog));
    }

    [Fact]
    public async Task The_lag_is_what_the_newest_sign_is_overdue()
    {
        var bench = await StewardBench.StartAsync(planet, shape => shape with { Regions = [.. shape.Regions, new("io-base", "Io Base", 0, 0, 3), new("rhea-base", "Rhea Base", 0, 0, 4), new("titan-base", "Titan Base", 0, 0, 5)] });
        var at = DateTimeOffset.UtcNow.AddSeconds(-60);
        var promises = new Dictionary<string, object?> { ["io-base"] = 5, ["rhea-base"] = null, ["titan-base"] = "soon" };
        foreach (var region in bench.Shape.Regions.Skip(3))
            await bench.PutAsync(region, new { id = "api:1", region = region.Name, kind = "api", at, ttl = 600, every = promises[region.Name] });

        var seen = (await bench.Reports.RegionsAsync(default)).Regions.Skip(3).Select(region => region.LagMilliseconds!.Value).ToList();

        Assert.InRange(seen[0], 55_000, 115_000);
        Assert.All(seen.Skip(1), lag => Assert.Equal(seen[0] + 4_000, lag, 1));
    }

    [Fact]
    public async Task A_region_that_has_never_reported_is_there_and_silent()
    {
        var bench = await StewardBench.StartAsync(planet, shape => shape with { Regions = [.. shape.Regions, new("mars-base", "Mars Base", 0, 0, 4)] });
        var seen = (await bench.Reports.ObserveAsync(default)).Regions[3];
        Assert.Null(seen.ReportedAt);
        Assert.Equal(0, seen.Running);
    }

    [Fact]
    public async Task Only_the_steward_asks_for_places_and_regions_are_those_of_now()
    {
        var bench = await StewardBench.StartAsync(planet);
        var source = new CountingPlaces();
        var reports = new PlanetReports(bench.Board, source, bench.Place, TimeProvider.System);
        Assert.Equal(["westeurope", "eastus", "japaneast"], (await reports.RegionsAsync(default)).Regions.Select(region => region.Region));
        Assert.Equal(0, source.Asked);
        var observed = await reports.ObserveAsync(default);
        Assert.Equal(1, source.Asked);
        Assert.Equal([0, 2, 0], observed.Regions.Select(region => region.Starting));
    }

    private sealed class CountingPlaces : IPlaceSource
    {
        public int Asked { get; private set; }

        public Task<IReadOnlyList<PlaceObservation>> ReadAsync(CancellationToken cancellation)
        {
            Asked++;
            return Task.FromResult<IReadOnlyList<PlaceObservation>>([]);
        }

        public Task<IReadOnlyDictionary<string, int>> StartingAsync(CancellationToken cancellation) =>
            Task.FromResult<IReadOnlyDictionary<string, int>>(new Dictionary<string, int> { ["eastus"] = 2, ["nowhere"] = 9 });

        public Task<IReadOnlyList<string>?> RegionsAsync(CancellationToken cancellation) => Task.FromResult<IReadOnlyList<string>?>(["westeurope", "eastus", "japaneast"]);
    }
}
