using Geode.Cli.Drill;

namespace Geode.Cli.Tests.Drill;

public sealed class DrillResultTests
{
    private static readonly DrillSettings Settings = new(new("http://127.0.0.1"), "eastus", "kill", "/", [], 10, TimeSpan.FromSeconds(1), Allowed: 1);

    [Fact]
    public void A_quantile_is_the_smallest_time_that_so_many_did_not_exceed()
    {
        var phase = DrillPhase.Of("lost", [.. Enumerable.Range(1, 200).Select(ms => new Reading("lost", "amsterdam", ms, ms > 50 ? "westeurope" : "eastus", ms == 200 ? "503" : null))]);
        Assert.Equal((200, 1, 100.0, 198.0, 200.0), (phase.Requests, phase.Failed, phase.P50Ms, phase.P99Ms, phase.SlowestMs));
        Assert.Equal(["westeurope 150", "eastus 50"], phase.Served.Select(s => $"{s.Key} {s.Value}"));
    }

    [Theory]
    [InlineData(1, true, true)]
    [InlineData(2, true, false)]
    [InlineData(0, false, false)]
    public void It_is_passed_with_as_many_failures_as_are_allowed_by_a_planet_that_is_well_again(int failed, bool recovered, bool passed)
    {
        var result = DrillResult.Of(Settings, [.. Enumerable.Range(0, 3).Select(i => new Reading("before", "amsterdam", 1, "eastus", i < failed ? "503" : null))], recovered);
        Assert.Equal((3, failed, passed), (result.Requests, result.Failed, result.Passed));
        Assert.Equal(["before", "lost", "back"], result.Phases.Select(p => p.Name));
    }

    [Fact]
    public void Nothing_sent_is_nothing_slow() => Assert.Equal((0, 0.0, 0.0), (DrillPhase.Of("back", []).Requests, DrillPhase.Of("back", []).P99Ms, DrillPhase.Of("back", []).SlowestMs));
}
