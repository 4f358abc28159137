using Geode.Router.Configuration;
using Geode.Router.Health;

namespace Geode.Router.Tests.Health;

public sealed class ProbeDeadlineTests
{
    private readonly ProbeDeadline _deadline = new();
    private readonly HealthOptions _options = new();

    private double NextMs => _deadline.NextMs(_options);

    [Fact]
    public void A_quick_origin_has_the_configured_time()
    {
        Assert.Equal(300, NextMs);
        for (var i = 0; i < 100; i++)
            _deadline.Answered(i % 2 == 0 ? 1 : 20);
        Assert.Equal(300, NextMs);
    }

    [Fact]
    public void A_miss_doubles_it_up_to_ten_times_and_an_answer_says_what_it_takes()
    {
        var given = new List<double>();
        for (var i = 0; i < 5; i++)
        {
            given.Add(NextMs);
            _deadline.Extend();
        }

        Assert.Equal([300, 600, 1_200, 2_400, 3_000], given);
        _deadline.Answered(600);
        Assert.Equal(2_400, NextMs);
        for (var i = 0; i < 100; i++)
            _deadline.Answered(600);
        Assert.InRange(NextMs, 1_200, 1_210);
    }

    [Fact]
    public void When_the_machine_is_quick_again_so_is_the_deadline()
    {
        for (var i = 0; i < 10; i++)
            _deadline.Answered(900);
        for (var i = 0; i < 50; i++)
            _deadline.Answered(2);
        Assert.Equal(300, NextMs);
    }

    [Fact]
    public void A_longer_configured_time_is_never_shortened() =>
        Assert.Equal(8_000, new ProbeDeadline().NextMs(new HealthOptions { ProbeTimeoutMs = 8_000 }));
}
