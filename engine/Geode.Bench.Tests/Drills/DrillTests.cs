using Geode.Bench.Drills;

namespace Geode.Bench.Tests.Drills;

/// <summary>Short forms of the drills that <c>Geode.Bench</c> runs in full: <c>crash</c>, <c>regions</c> and <c>many-regions</c>.</summary>
public sealed class DrillTests
{
    [Fact]
    public async Task A_replica_killed_under_writes_has_every_acknowledged_one()
    {
        var result = await CrashDrill.RunAsync(rounds: 3, seed: 1, longest: TimeSpan.FromSeconds(1), CancellationToken.None);

        Assert.Empty(result.Faults);
        Assert.True(result.Acknowledged > 50, $"only {result.Acknowledged} writes were tried");
    }

    [Fact]
    public async Task Regions_killed_and_cut_off_lose_nothing_and_end_equal()
    {
        var result = await RegionsDrill.RunAsync(TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(1.5), delayMs: 5, seed: 3, CancellationToken.None);

        Assert.Empty(result.Faults);
        Assert.True(result.Kills > 0 && result.Partitions > 0, $"{result.Kills} kills and {result.Partitions} partitions");
        Assert.True(result is { Acknowledged: > 100, SharedWrites: > 20 }, $"only {result.Acknowledged} and {result.SharedWrites} writes were tried");
    }

    [Fact]
    public async Task Many_regions_of_one_process_end_equal()
    {
        var result = await ManyRegionsDrill.RunAsync(regions: 12, rate: 20, seconds: 2, items: 7, TimeSpan.FromMinutes(2), CancellationToken.None);

        Assert.True(result is { Writes: 480, ConvergedSeconds: not null, AreEqual: true }, $"{result}");
    }
}
