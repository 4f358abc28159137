using Geode.Router.Health;
using Geode.Router.Tests.Support;

namespace Geode.Router.Tests.Health;

public sealed class SelfDoubtTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void A_router_on_time_does_not_doubt_itself()
    {
        var doubt = new SelfDoubt(_time);
        var start = _time.GetTimestamp();
        for (var i = 0; i < 20; i++)
            Tick(doubt, 101);
        Assert.False(doubt.WasLateSince(start));
    }

    [Fact]
    public void One_late_tick_casts_doubt_on_what_began_before_it_and_not_on_what_began_after()
    {
        var doubt = new SelfDoubt(_time);
        var before = _time.GetTimestamp();
        Tick(doubt, 400);
        Tick(doubt, 100);
        Assert.True(doubt.WasLateSince(before));
        Assert.False(doubt.WasLateSince(_time.GetTimestamp()));
    }

    [Fact]
    public void It_is_busy_for_some_seconds_after_a_late_tick()
    {
        var doubt = new SelfDoubt(_time);
        Assert.False(doubt.IsBusy);
        Tick(doubt, 400);
        for (var i = 0; i < 40; i++)
            Tick(doubt, 100);
        Assert.True(doubt.IsBusy);
        for (var i = 0; i < 20; i++)
            Tick(doubt, 100);
        Assert.False(doubt.IsBusy);
    }

    [Fact]
    public void A_tick_that_is_still_owed_counts_already()
    {
        var doubt = new SelfDoubt(_time);
        _time.Advance(300);
        Assert.True(doubt.WasLateSince(_time.GetTimestamp()));
    }

    [Fact]
    public void All_silent_needs_all_and_more_than_one()
    {
        var (a, b) = (Made.Origin("a").Healthy(), Made.Origin("b").Healthy());
        a.Health.ProbeFailed("late", Ailment.Silent);
        Assert.False(SelfDoubt.AllSilent([a, b]));
        Assert.False(SelfDoubt.AllSilent([a]));
        b.Health.ProbeFailed("refused", Ailment.Unreachable);
        Assert.False(SelfDoubt.AllSilent([a, b]));
        b.Health.ProbeFailed("late", Ailment.Silent);
        Assert.True(SelfDoubt.AllSilent([a, b]));
        a.Health.ProbeSucceeded();
        Assert.False(SelfDoubt.AllSilent([a, b]));
    }

    private void Tick(SelfDoubt doubt, double afterMs)
    {
        _time.Advance(afterMs);
        doubt.Ticked();
    }
}
