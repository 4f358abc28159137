using Geode.Service.Planets;

namespace Geode.Service.Tests.Planets;

public sealed class RegionProcessorsTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_one_that_does_the_work_says_how_late_it_is_whoever_spoke_last()
    {
        var standBy = new ProcessorView("scores", "global", Owner: false, 2, 0, 1, 9_000, 70);
        var owner = new ProcessorView("scores", "global", Owner: true, 10, 3, 0, 40, 5);

        var together = new ProcessorView("scores", "global", Owner: true, 12, 3, 1, 40, 5);
        Assert.Equal([together], RegionProcessors.Of([Sign(0, standBy), Sign(1, owner)]));
        Assert.Equal([together], RegionProcessors.Of([Sign(0, owner), Sign(1, standBy)]));
    }

    [Fact]
    public void Where_all_stand_by_the_latest_of_them_counts() => Assert.Equal(
        [Idle("scores") with { Owner = false, Handled = 3, LagMs = 20 }],
        RegionProcessors.Of([Sign(0, Idle("scores") with { Owner = false, Handled = 1, LagMs = 10 }), Sign(0, Idle("scores") with { Owner = false, Handled = 2, LagMs = 20 })]));

    [Fact]
    public void Each_processor_is_told_once_and_a_Worker_that_has_ended_not_at_all() => Assert.Equal(
        ["trends", "scores", "jobs"],
        RegionProcessors.Of([Sign(0, Idle("trends"), Idle("scores")), Sign(1, Idle("trends"), Idle("jobs")), Sign(9, Idle("gone"))]).Select(p => p.Name));

    [Fact]
    public void Sums_of_what_anybody_may_have_written_end_nobody() =>
        Assert.Equal(long.MaxValue, RegionProcessors.Of([Sign(0, Idle("trends") with { Handled = long.MaxValue }), Sign(0, Idle("trends") with { Handled = long.MaxValue })]).Single().Handled);

    [Fact]
    public void Who_says_nothing_of_processors_has_none() => Assert.Empty(RegionProcessors.Of([new("api:x", "eastus", Now, Now, TimeSpan.FromSeconds(1), null, null)]));

    private static ProcessorView Idle(string name) => new(name, "local", Owner: true, 0, 0, 0, 0, 0);

    private static SignOfLife Sign(double secondsAgo, params ProcessorView[] processors) =>
        new("worker:x", "eastus", Now, Now.AddSeconds(-secondsAgo), TimeSpan.FromSeconds(1), null, processors);
}
