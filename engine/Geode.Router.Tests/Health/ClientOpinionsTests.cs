using Geode.Router.Configuration;
using Geode.Router.Health;
using Geode.Router.Origins;
using Geode.Router.Tests.Support;

namespace Geode.Router.Tests.Health;

public sealed class ClientOpinionsTests
{
    private readonly ManualTime _time = new();
    private readonly ClientOpinions _opinions;

    public ClientOpinionsTests() => _opinions = new(new Live<HealthOptions>(new()), _time);

    [Fact]
    public void Three_failures_in_a_row_are_enough_for_the_client_and_say_nothing_to_others()
    {
        Assert.False(_opinions.Any);
        Fail(1, 2);
        Assert.False(_opinions.Avoids(1));
        Fail(1, 1);
        Assert.True(_opinions.Avoids(1));
        Assert.False(_opinions.Avoids(2));
        Assert.Equal(1, _opinions.Avoiding);
    }

    [Fact]
    public void An_answer_to_the_client_is_forgiveness_and_one_to_others_is_not()
    {
        Fail(1, 2);
        _opinions.Answered(1);
        Fail(1, 2);
        Assert.False(_opinions.Avoids(1));
        _opinions.Answered(2);
        Fail(1, 1);
        Assert.True(_opinions.Avoids(1));
    }

    [Fact]
    public void After_its_time_one_more_failure_is_enough_and_keeps_it_away_for_longer()
    {
        Fail(1, 3);
        _time.Advance(1_001);
        Assert.False(_opinions.Avoids(1));
        Fail(1, 1);
        _time.Advance(1_001);
        Assert.True(_opinions.Avoids(1));
        _time.Advance(1_000);
        _opinions.Answered(1);
        Fail(1, 2);
        Assert.False(_opinions.Avoids(1));
    }

    [Fact]
    public void Half_of_many_tries_failing_is_enough_too()
    {
        for (var i = 0; i < 20; i++)
        {
            Fail(1, 1);
            _opinions.Answered(1);
        }

        _opinions.Fold(TimeSpan.FromMilliseconds(100));
        Assert.True(_opinions.Avoids(1));
    }

    [Fact]
    public void Requests_lost_to_silence_count_for_their_client()
    {
        var (latency, began) = (new OriginLatency(_time), _time.GetTimestamp());
        _time.Advance(200);
        for (var i = 0; i < 3; i++)
            _opinions.Lost(1, began, latency, TimeSpan.FromMilliseconds(100));
        Assert.True(_opinions.Avoids(1));
    }

    [Fact]
    public void What_is_long_ago_is_forgotten()
    {
        Fail(1, 1);
        Fail(2, 3);
        _time.Advance(10_001);
        _opinions.Fold(TimeSpan.FromMilliseconds(10_001));
        Assert.True(_opinions.Any);
        _time.Advance(60_000);
        _opinions.Fold(TimeSpan.FromMilliseconds(60_000));
        Assert.False(_opinions.Any);
    }

    [Fact]
    public void There_is_a_limit_to_what_is_remembered()
    {
        for (var client = 0; client < 5_000; client++)
            Fail((UInt128)client, 3);
        Assert.Equal(4_096, _opinions.Avoiding);
    }

    private void Fail(UInt128 client, int times)
    {
        for (var i = 0; i < times; i++)
            _opinions.Failed(client, "reset");
    }
}
