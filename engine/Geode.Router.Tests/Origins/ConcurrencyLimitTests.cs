using Geode.Router.Configuration;
using Geode.Router.Origins;
using Geode.Router.Tests.Support;

namespace Geode.Router.Tests.Origins;

public sealed class ConcurrencyLimitTests
{
    private readonly ManualTime _time = new();
    private readonly OriginLatency _latency;
    private readonly ConcurrencyLimit _limit = new(new(new() { Initial = 200, Min = 8, Max = 400 }));

    public ConcurrencyLimitTests()
    {
        _latency = new OriginLatency(_time);
        Slice(2, peak: 10, learn: true);
    }

    [Fact]
    public void It_is_cut_from_what_was_in_flight_in_proportion_to_the_slowdown()
    {
        Slice(18, peak: 100);
        Assert.True(_limit.Overloaded);
        Assert.InRange(_limit.Current, 40, 60);
    }

    [Fact]
    public void It_is_never_cut_below_the_least_nor_by_everything_at_once()
    {
        Slice(10_000, peak: 100);
        Assert.Equal(30, _limit.Current);
        for (var i = 0; i < 10; i++)
            Slice(10_000, peak: 20);
        Assert.Equal(8, _limit.Current);
    }

    [Fact]
    public void At_the_least_it_is_no_overload_any_more_but_slowness()
    {
        for (var i = 0; i < 10; i++)
            Slice(10_000, peak: 20);
        Assert.False(_limit.Overloaded);
    }

    [Fact]
    public void It_grows_while_it_is_used_and_answers_stay_quick()
    {
        for (var i = 0; i < 20; i++)
            Slice(2, peak: _limit.Current);
        Assert.Equal(400, _limit.Current);
    }

    [Fact]
    public void It_stays_while_it_is_not_used()
    {
        Slice(2, peak: 20);
        Assert.Equal(200, _limit.Current);
    }

    [Fact]
    public void Slow_answers_of_a_few_requests_are_no_load()
    {
        Slice(10_000, peak: 8);
        Assert.Equal(200, _limit.Current);
    }

    private void Slice(double milliseconds, int peak, bool learn = false)
    {
        _time.Advance(100);
        for (var i = 0; i < 10; i++)
            _latency.Record(TimeSpan.FromMilliseconds(milliseconds));
        _limit.Fold(_latency, _latency.Fold(learn), peak);
    }
}
