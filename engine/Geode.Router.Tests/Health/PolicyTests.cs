using Geode.Router.Configuration;
using Geode.Router.Health;
using Geode.Router.Origins;
using Geode.Router.Tests.Support;

namespace Geode.Router.Tests.Health;

public sealed class PolicyTests
{
    private readonly ManualTime _time = new();
    private readonly Live<HealthOptions> _options = new(new());

    [Fact]
    public void Failures_in_a_row_eject_and_an_answer_between_them_does_not()
    {
        var policy = new EjectionPolicy(_options);
        Assert.Null(policy.Failed("x", Witness.OfTry()));
        Assert.Null(policy.Failed("x", Witness.OfTry()));
        policy.Answered();
        Assert.Null(policy.Failed("x", Witness.OfTry()));
        Assert.Null(policy.Failed("x", Witness.OfTry()));
        Assert.Contains("3 tries failed in a row, the last one: y", policy.Failed("y", Witness.OfTry()), StringComparison.Ordinal);
    }

    [Fact]
    public void Half_of_many_tries_failing_ejects_though_none_failed_in_a_row()
    {
        var policy = new EjectionPolicy(_options);
        for (var i = 0; i < 20; i++)
        {
            Assert.Null(policy.Failed("x", Witness.OfTry()));
            policy.Answered();
        }

        Assert.NotNull(policy.Fold(answers: 20, TimeSpan.FromMilliseconds(100)));
    }

    [Fact]
    public void Half_of_a_few_tries_failing_does_not_eject()
    {
        var policy = new EjectionPolicy(_options);
        policy.Failed("x", Witness.OfTry());
        policy.Answered();
        Assert.Null(policy.Fold(answers: 1, TimeSpan.FromMilliseconds(100)));
    }

    [Fact]
    public void An_outlier_against_its_own_history_is_degraded_when_it_stays_one()
    {
        var policy = new DegradedPolicy(_options);
        var latency = new OriginLatency(_time);
        Assert.Null(Slice(policy, latency, 2, learn: true));
        Assert.Null(Slice(policy, latency, 40));
        Assert.Null(Slice(policy, latency, 40));
        Assert.Contains("was 2", Slice(policy, latency, 40), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pause_is_no_degradation()
    {
        var policy = new DegradedPolicy(_options);
        var latency = new OriginLatency(_time);
        Assert.Null(Slice(policy, latency, 2, learn: true));
        for (var i = 0; i < 5; i++)
        {
            Assert.Null(Slice(policy, latency, 400));
            Assert.Null(Slice(policy, latency, 400));
            Assert.Null(Slice(policy, latency, 2));
        }
    }

    [Fact]
    public void Slower_by_a_few_milliseconds_is_no_degradation()
    {
        var policy = new DegradedPolicy(_options);
        var latency = new OriginLatency(_time);
        Assert.Null(Slice(policy, latency, 1, learn: true));
        for (var i = 0; i < 5; i++)
            Assert.Null(Slice(policy, latency, 8));
    }

    [Fact]
    public void Slow_start_grows_from_the_floor_to_all()
    {
        var start = new SlowStart(_options, _time);
        Assert.Equal(1, start.Share);
        start.Begin();
        Assert.Equal(0.05, start.Share, 6);
        _time.Advance(5_000);
        Assert.Equal(0.525, start.Share, 6);
        _time.Advance(5_000);
        Assert.Equal(1, start.Share);
    }

    [Fact]
    public void A_backoff_doubles_to_its_most_and_starts_again_after_calm()
    {
        var backoff = new Backoff(() => (100, 500));
        var now = TimeSpan.FromHours(1);
        Assert.Equal([100, 200, 400, 500, 500], Enumerable.Range(0, 5).Select(_ => backoff.Next(now).TotalMilliseconds));
        Assert.Equal(100, backoff.Next(now + TimeSpan.FromMilliseconds(1_001)).TotalMilliseconds);
    }

    [Fact]
    public void An_origin_that_loses_and_says_nothing_for_long_enough_is_silent()
    {
        var (policy, latency) = (new SilencePolicy(_time), new OriginLatency(_time));
        var began = _time.GetTimestamp();
        _time.Advance(60);
        Assert.Null(policy.Lost(began, latency, TimeSpan.FromMilliseconds(100), Witness.OfTry()));
        Assert.Null(policy.Lost(began, latency, TimeSpan.FromMilliseconds(100), Witness.OfTry()));
        Assert.Null(policy.Lost(began, latency, TimeSpan.FromMilliseconds(100), Witness.OfTry()));
        _time.Advance(60);
        Assert.Contains("120 ms", policy.Lost(began, latency, TimeSpan.FromMilliseconds(100), Witness.OfTry()), StringComparison.Ordinal);
    }

    [Fact]
    public void An_origin_that_is_back_is_not_silent_for_as_long_as_it_was_away()
    {
        var (policy, latency) = (new SilencePolicy(_time), new OriginLatency(_time));
        var before = _time.GetTimestamp();
        _time.Advance(60);
        for (var lost = 0; lost < 3; lost++)
            policy.Lost(before, latency, TimeSpan.FromMilliseconds(100), Witness.OfTry());
        _time.Advance(17_000);
        policy.Reset();

        var after = _time.GetTimestamp();
        _time.Advance(60);

        Assert.Null(policy.Lost(before, latency, TimeSpan.FromMilliseconds(100), Witness.OfTry()));
        Assert.Null(policy.Lost(after, latency, TimeSpan.FromMilliseconds(100), Witness.OfTry()));
        _time.Advance(60);
        Assert.Null(policy.Lost(after, latency, TimeSpan.FromMilliseconds(100), Witness.OfTry()));
        Assert.Contains("120 ms", policy.Lost(after, latency, TimeSpan.FromMilliseconds(100), Witness.OfTry()), StringComparison.Ordinal);
    }

    [Fact]
    public void An_origin_that_loses_but_answers_others_is_not_silent()
    {
        var (policy, latency) = (new SilencePolicy(_time), new OriginLatency(_time));
        for (var i = 0; i < 20; i++)
        {
            var began = _time.GetTimestamp();
            _time.Advance(60);
            latency.Record(TimeSpan.FromMilliseconds(1));
            _time.Advance(60);
            Assert.Null(policy.Lost(began, latency, TimeSpan.FromMilliseconds(100), Witness.OfTry()));
        }
    }

    private string? Slice(DegradedPolicy policy, OriginLatency latency, double milliseconds, bool learn = false)
    {
        _time.Advance(100);
        for (var i = 0; i < 10; i++)
            latency.Record(TimeSpan.FromMilliseconds(milliseconds));
        return policy.Fold(latency, latency.Fold(learn));
    }
}
