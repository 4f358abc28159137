using System.Diagnostics;
using Geode.Bench.Drills;

namespace Geode.Bench.Tests.Drills;

/// <summary>What <c>surge</c> counts as a fault. The drill itself, with the same load, is a test of the planet: <c>SurgeTests</c>.</summary>
public sealed class SurgeCommandTests
{
    private static readonly SurgeDrill.Result Well = new(
        "act", "worker-eastus", Phase(10), Phase(20), Phase(10), [], Applied: 9, AppliedFence: 2, new("eastus", 1, "act"), new("westeurope", 2, "act"));

    [Fact]
    public void All_well_is_no_fault() => Assert.Empty(SurgeCommand.Faults(Well));

    [Theory]
    [InlineData("advise")]
    [InlineData("act")]
    public void A_request_that_failed_is_one_in_any_mode(string mode) =>
        Assert.Equal([$"{mode}: 1 requests failed."], SurgeCommand.Faults(Well with { Mode = mode, Later = Phase(10) with { Failed = 1 } }));

    [Fact]
    public void Plans_have_to_keep_the_surge_fast()
    {
        var slow = Well with { During = Phase(20.1) };

        Assert.Equal(["act: p99 during the surge is 2.01 times the one before, and should be at most 2 times."], SurgeCommand.Faults(slow));
        Assert.Empty(SurgeCommand.Faults(slow with { Mode = "advise" }));
    }

    [Fact]
    public void Somebody_has_to_be_the_steward_after_the_one_that_was_killed()
    {
        var nobody = Well with { AppliedFence = 1 };

        Assert.Equal(["act: after worker-eastus was killed no plan of another steward was applied."], SurgeCommand.Faults(nobody));
        Assert.Empty(SurgeCommand.Faults(nobody with { Killed = null }));
        Assert.Equal(["act: no plan was applied."], SurgeCommand.Faults(Well with { Killed = null, Applied = 0 }));
    }

    [Fact]
    public void Requests_belong_to_the_phase_in_which_they_began()
    {
        var answers = new SurgeAnswers();
        var began = Stopwatch.GetTimestamp();
        answers.Add(answered: true, TimeSpan.Zero);
        answers.Add(answered: false, TimeSpan.Zero);
        var then = Stopwatch.GetTimestamp() + 1;
        // Answered now, begun an hour ago.
        answers.Add(answered: true, TimeSpan.FromHours(1));

        Assert.True(answers.Between(began, then) is { Requests: 2, Failed: 1, P50Ms: 0, P99Ms: 0, FailedAfterMs: [0] });
        Assert.True(answers.Between(then, then + 1) is { Requests: 0, P99Ms: null });
        Assert.True(answers.Between(long.MinValue / 2, began) is { Requests: 1, Failed: 0, P50Ms: > 3_500_000 and < 3_700_000 });
    }

    private static SurgeAnswers.Phase Phase(double p99) => new(100, 0, 5, 4, p99, []);
}
