using Geode.Service.Conflicts;
using Geode.TestKit;

namespace Geode.Service.Tests.Conflicts;

/// <summary>Merges made while replication lags: an edit that has not arrived where the merge is made is not lost from sight.</summary>
public sealed class ConflictMergerTests(LaggingPlanet planet) : IClassFixture<LaggingPlanet>
{
    private readonly string _id = $"{Guid.NewGuid():N}";
    private readonly ManualTime _later = new();

    [Fact]
    public async Task A_merge_does_not_win_over_an_edit_it_has_not_seen()
    {
        await EditApartAsync();
        // What is written there takes so long to come here that it might as well never come; the other way is quick.
        await planet.LinkAsync(planet.There, planet.Here, "down");
        await planet.WriteAsync(planet.There, _id, "new");

        await planet.Merger(_later).PassAsync(default);
        await planet.WriteAsync(planet.Here, "mark-" + _id, "after the merge");
        var merged = await EventuallyAsync(
            () => planet.WordsAsync(planet.There, _id), words => words.Contains("here") && words.Contains("there"), "the merge where the edit was made");
        // All that the first region wrote before has arrived; whoever wrote it still reads it.
        await EventuallyAsync(() => planet.WordsAsync(planet.There, "mark-" + _id), words => words.Count == 1, "what was written later");
        Assert.Contains("new", merged);
        Assert.Equal(["here", "new", "start", "there"], (await planet.WordsAsync(planet.There, _id)).Order(StringComparer.Ordinal));

        await planet.LinkAsync(planet.There, planet.Here, "up");
        await EventuallyAsync(() => planet.WordsAsync(planet.Here, _id), words => words.Count == 4, "the merge here");
        foreach (var region in (string[])[planet.Here, planet.There])
            await EventuallyAsync(() => planet.ConflictsAsync(region, _id), open => open == 0, $"no conflict left in {region}");
    }

    [Fact]
    public async Task A_region_that_does_not_answer_holds_up_no_merge()
    {
        await EditApartAsync();
        await planet.OutageAsync(planet.There, "refuse");
        try
        {
            await planet.Merger(_later).PassAsync(default);
        }
        finally
        {
            await planet.OutageAsync(planet.There, "none");
        }

        Assert.Equal(["here", "start", "there"], (await planet.WordsAsync(planet.Here, _id)).Order(StringComparer.Ordinal));
        Assert.Equal(0, await planet.ConflictsAsync(planet.Here, _id));
    }

    [Fact]
    public async Task Where_somebody_writes_all_the_time_a_conflict_waits_no_longer_than_a_minute()
    {
        await EditApartAsync();
        var past = new PastTime();
        var merger = planet.Merger(past);
        await merger.PassAsync(default);
        Assert.NotEqual(0, await planet.ConflictsAsync(planet.Here, _id));
        past.Now += ConflictMerger<object>.LongestWait;
        await merger.PassAsync(default);
        Assert.Equal(0, await planet.ConflictsAsync(planet.Here, _id));
        Assert.Equal(3, (await planet.WordsAsync(planet.Here, _id)).Count);
    }

    /// <summary>A document that holds <c>start</c> and one of <c>here</c> and <c>there</c> in both regions, and the other one as a conflict.</summary>
    private async Task EditApartAsync()
    {
        await planet.WriteAsync(planet.Here, _id, "start");
        await EventuallyAsync(() => planet.WordsAsync(planet.There, _id), words => words.Count == 1, "the document there");
        await planet.LinksAsync("down");
        await planet.WriteAsync(planet.Here, _id, "here");
        await planet.WriteAsync(planet.There, _id, "there");
        await planet.LinksAsync("up");
        foreach (var region in (string[])[planet.Here, planet.There])
            await EventuallyAsync(() => planet.ConflictsAsync(region, _id), open => open == 1, $"the conflict in {region}");
    }

    private static async Task<T> EventuallyAsync<T>(Func<Task<T>> read, Func<T, bool> isSo, string what)
    {
        var last = default(T)!;
        await ShoppingPlanet.EventuallyAsync(async () => isSo(last = await read()), what);
        return last;
    }

    /// <summary>A clock by which everything was written just now.</summary>
    private sealed class PastTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch.AddYears(30);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
