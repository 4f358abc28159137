using Geode.Router.Health;
using Geode.Router.Origins;
using Geode.Router.Tests.Support;

namespace Geode.Router.Tests.Health;

public sealed class OriginHealthTests
{
    private readonly ManualTime _time = new();
    private readonly Origin _origin;
    private UInt128 _clients = 1;

    public OriginHealthTests() => _origin = Made.Origin(time: _time);

    private OriginHealth Health => _origin.Health;

    [Fact]
    public void The_first_probe_decides()
    {
        Assert.Equal(OriginState.Unknown, Health.State);
        Health.ProbeSucceeded();
        Assert.Equal(OriginState.Healthy, Health.State);
        Assert.Equal(1, Health.Share);

        var other = Made.Origin();
        Assert.True(other.Health.ProbeFailed("connection refused"));
        Assert.Equal(OriginState.Unhealthy, other.Health.State);
        Assert.Contains("connection refused", other.Health.Now.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void After_that_it_takes_two_bad_probes_and_two_good_ones()
    {
        _origin.Healthy();
        Assert.False(Health.ProbeFailed("x"));
        Assert.True(Health.ProbeFailed("x"));
        Assert.False(Health.ProbeFailed("x"));
        Health.ProbeSucceeded();
        Assert.Equal(OriginState.Unhealthy, Health.State);
        Health.ProbeFailed("x");
        Health.ProbeSucceeded();
        Assert.Equal(OriginState.Unhealthy, Health.State);
        Health.ProbeSucceeded();
        Assert.Equal(OriginState.Healthy, Health.State);
        Assert.Equal(0.05, Health.Share, 6);
    }

    [Fact]
    public void Probes_that_the_router_may_have_missed_itself_count_a_third()
    {
        _origin.Healthy();
        for (var i = 0; i < 5; i++)
            Assert.False(Health.ProbeFailed("late", Ailment.Silent, doubtful: true));
        Assert.True(Health.ProbeFailed("late", Ailment.Silent, doubtful: true));
    }

    [Fact]
    public void One_that_was_never_heard_of_may_still_be_starting_and_one_that_refuses_is_not()
    {
        Assert.False(Health.ProbeFailed("late", Ailment.Silent));
        Assert.Equal(OriginState.Unknown, Health.State);
        Assert.True(Health.ProbeFailed("late", Ailment.Silent));
        Assert.True(Made.Origin().Health.ProbeFailed("refused", Ailment.Unreachable));
    }

    [Fact]
    public void An_answer_disproves_what_was_held_against_it_before_and_not_what_comes_after()
    {
        Health.ProbeFailed("late", Ailment.Silent);
        Assert.Equal(Ailment.Silent, _origin.Ailment);
        Answer();
        Assert.Equal(Ailment.None, _origin.Ailment);
        _time.Advance(1);
        Health.TryFailed("connection refused", Ailment.Unreachable, default);
        Assert.Equal(Ailment.Unreachable, _origin.Ailment);
        Health.ProbeSucceeded();
        Assert.Equal(Ailment.None, _origin.Ailment);
    }

    [Fact]
    public void A_probe_sent_before_an_answer_says_nothing_against_it()
    {
        var asked = _time.GetTimestamp();
        Answer();
        Health.ProbeFailed("late", Ailment.Silent, asked);
        Assert.Equal(Ailment.None, _origin.Ailment);
    }

    [Fact]
    public void Who_stumbled_has_no_room_to_spare_until_it_answers_or_it_is_long_ago()
    {
        Assert.True(_origin.HasRoomToSpare);
        Health.Stumble();
        Assert.False(_origin.HasRoomToSpare);
        Answer();
        Assert.True(_origin.HasRoomToSpare);
        _time.Advance(1);
        Health.Stumble();
        Assert.False(_origin.HasRoomToSpare);
        _time.Advance(10_001);
        Assert.True(_origin.HasRoomToSpare);
        for (var i = 0; i < _origin.Limit.Current / 2; i++)
            _origin.InFlight.RequestStarted();
        Assert.False(_origin.HasRoomToSpare);
    }

    [Fact]
    public void Who_fails_more_than_a_tenth_of_its_tries_has_no_room_to_spare()
    {
        for (var i = 0; i < 16; i++)
            Answer();
        Fails();
        Fails();
        _time.Advance(100);
        _origin.Fold();
        Assert.False(_origin.HasRoomToSpare);
    }

    [Fact]
    public void Failed_tries_eject_and_good_probes_bring_it_back_only_after_its_time()
    {
        _origin.Healthy();
        Assert.False(Fails());
        Assert.False(Fails());
        Assert.True(Fails());
        Probes(5);
        Assert.Equal(OriginState.Unhealthy, Health.State);
        _time.Advance(1_001);
        Probes(1);
        Assert.Equal(OriginState.Healthy, Health.State);
    }

    [Fact]
    public void Who_is_ejected_again_stays_out_longer()
    {
        _origin.Healthy();
        Eject();
        _time.Advance(1_001);
        Probes(2);
        Eject();
        _time.Advance(1_001);
        Probes(2);
        Assert.Equal(OriginState.Unhealthy, Health.State);
        _time.Advance(1_000);
        Probes(1);
        Assert.Equal(OriginState.Healthy, Health.State);
    }

    [Fact]
    public void A_slow_origin_is_degraded_then_gets_another_chance_with_a_trickle()
    {
        _origin.Healthy();
        Slices(2, 10);
        Slices(60, 3);
        Assert.Equal(OriginState.Degraded, Health.State);
        Assert.Contains("ms, was", Health.Now.Why, StringComparison.Ordinal);
        _time.Advance(5_001);
        _origin.Fold();
        Assert.Equal(OriginState.Healthy, Health.State);
        Assert.Equal(0.05, Health.Share, 6);
    }

    [Fact]
    public void A_degraded_origin_that_fails_is_unhealthy()
    {
        _origin.Healthy();
        Slices(2, 10);
        Slices(60, 3);
        Eject();
        Assert.Equal(OriginState.Unhealthy, Health.State);
        Slices(60, 3);
        Assert.Equal(OriginState.Unhealthy, Health.State);
    }

    [Fact]
    public void An_overloaded_origin_is_given_less_and_not_called_degraded()
    {
        _origin.Healthy();
        Slices(2, 10);
        for (var i = 0; i < 100; i++)
            _origin.InFlight.RequestStarted();
        Slices(60, 1);
        Assert.InRange(_origin.Limit.Current, 8, 100);
        Assert.Equal(OriginState.Healthy, Health.State);
    }

    [Fact]
    public void What_is_measured_while_the_router_itself_was_held_up_is_not_held_against_the_origin()
    {
        _origin.Healthy();
        Slices(2, 10);
        var (limit, baseline) = (_origin.Limit.Current, _origin.Latency.BaselineMs);
        for (var slice = 0; slice < 10; slice++)
        {
            for (var i = 0; i < 40; i++)
                _origin.InFlight.RequestStarted();
            for (var i = 0; i < 40; i++)
            {
                _origin.Latency.Record(TimeSpan.FromMilliseconds(500));
                _origin.InFlight.WorkEnded();
                _origin.InFlight.RequestEnded();
            }

            _time.Advance(500);
            Assert.False(_origin.Fold(late: true));
        }

        Assert.Equal(OriginState.Healthy, Health.State);
        Assert.Equal((limit, baseline), (_origin.Limit.Current, _origin.Latency.BaselineMs));
    }

    private void Answer()
    {
        _time.Advance(1);
        _origin.Latency.Record(TimeSpan.FromMilliseconds(1));
        Health.TryAnswered();
    }

    /// <summary>For one client after the other.</summary>
    private bool Fails() => Health.TryFailed("reset", Ailment.Failing, _clients++);

    private void Eject()
    {
        for (var i = 0; i < 3; i++)
            Fails();
    }

    private void Probes(int count)
    {
        for (var i = 0; i < count; i++)
            Health.ProbeSucceeded();
    }

    private void Slices(double milliseconds, int count)
    {
        for (var i = 0; i < count; i++)
        {
            _time.Advance(100);
            _origin.Took(milliseconds);
        }
    }
}
