using System.Globalization;
using Geode.Backplane.Storage;

namespace Geode.Backplane.Tests.Model;

/// <summary>Random schedules over the product's storage and replication. By default a part that takes seconds; the whole check is
/// <c>GEODE_MODEL_RUNS=2000 dotnet test engine/Geode.Backplane.Tests --filter ModelCheckTests</c>, and <c>GEODE_MODEL_SEED=n</c> starts at that seed.</summary>
public sealed class ModelCheckTests
{
    private const int Steps = 250;

    [Fact]
    public async Task Regions_end_equal_and_no_acknowledged_write_is_lost_unrecorded()
    {
        var (first, runs) = (Setting("GEODE_MODEL_SEED", 1), Setting("GEODE_MODEL_RUNS", 150));
        string? failure = null;
        await Parallel.ForAsync(first, first + runs, async (seed, cancel) =>
        {
            if (await FailureOfAsync(seed, null) is { } found)
                Interlocked.CompareExchange(ref failure, found, null);
        });
        Assert.True(failure is null, failure);
    }

    /// <summary>A resolver that on a tie keeps what is there: the version that comes first stands, and regions differ in what came first.</summary>
    [Fact]
    public async Task A_tie_that_is_kept_local_is_found() => Assert.NotNull(await FirstFailureAsync(value => new KeepsLocalOnTie(new ConflictResolver(value))));

    /// <summary>A resolver that forgets deletions: a late older write brings the item back.</summary>
    [Fact]
    public async Task A_dropped_tombstone_is_found() => Assert.NotNull(await FirstFailureAsync(value => new DropsTombstones(new ConflictResolver(value))));

    [Fact]
    public void A_schedule_depends_on_its_seed_alone() => Assert.Equal(ModelStep.Schedule(7, Steps), ModelStep.Schedule(7, Steps));

    [Fact]
    public async Task Shrinking_leaves_only_steps_that_are_needed()
    {
        var schedule = ModelStep.Schedule(1, 100);
        ModelStep[] needed = [schedule[3], schedule[50], schedule[98]];
        Assert.Equal(needed, await Shrinker.ShrinkAsync(schedule, s => Task.FromResult(needed.All(s.Contains))));
    }

    private static async Task<string?> FirstFailureAsync(Func<Func<Document, double>, IConflictResolver> resolver)
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            if (await ModelWorld.RunAsync(seed, ModelStep.Schedule(seed, Steps), resolver) is { } failure)
                return failure;
        }

        return null;
    }

    private static async Task<string?> FailureOfAsync(int seed, Func<Func<Document, double>, IConflictResolver>? resolver)
    {
        var schedule = ModelStep.Schedule(seed, Steps);
        if (await ModelWorld.RunAsync(seed, schedule, resolver) is null)
            return null;
        var shrunk = await Shrinker.ShrinkAsync(schedule, async s => await ModelWorld.RunAsync(seed, s, resolver) is not null);
        return $"Seed {seed}: {await ModelWorld.RunAsync(seed, shrunk, resolver)}\nSchedule:\n{string.Join('\n', shrunk)}";
    }

    private static int Setting(string name, int byDefault) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : byDefault;

    private sealed class KeepsLocalOnTie(ConflictResolver right) : IConflictResolver
    {
        public Document Merge(Document? current, Document incoming)
        {
            var merged = right.Merge(current, incoming);
            var isTie = current is { Deleted: false } && !incoming.Deleted && merged.Conflict is { Others.Count: > 0 }
                && HybridClock.Seconds(current.Commit.Stamp) == HybridClock.Seconds(incoming.Commit.Stamp);
            return isTie ? current! : merged;
        }
    }

    private sealed class DropsTombstones(ConflictResolver right) : IConflictResolver
    {
        public Document Merge(Document? current, Document incoming) => right.Merge(current is { Deleted: true } ? null : current, incoming);
    }
}
