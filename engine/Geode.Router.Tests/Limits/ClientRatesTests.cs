using System.Net;
using Geode.Router.Configuration;
using Geode.Router.Limits;
using Geode.Router.Tests.Support;

namespace Geode.Router.Tests.Limits;

public sealed class ClientRatesTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void A_client_may_burst_and_then_go_at_its_rate()
    {
        var rates = Rates(new() { RequestsPerSecond = 10, Burst = 5 });
        Assert.Equal(5, Enumerable.Range(0, 20).Count(_ => rates.Take(IPAddress.Parse("192.0.2.1")) == 0));
        Assert.Equal(1, rates.Take(IPAddress.Parse("192.0.2.1")));
        _time.Advance(300);
        Assert.Equal(3, Enumerable.Range(0, 20).Count(_ => rates.Take(IPAddress.Parse("192.0.2.1")) == 0));
    }

    [Fact]
    public void Clients_do_not_use_each_others_rate_and_a_slash_64_is_one_client()
    {
        var rates = Rates(new() { RequestsPerSecond = 1 });
        Assert.Equal(0, rates.Take(IPAddress.Parse("192.0.2.1")));
        Assert.Equal(0, rates.Take(IPAddress.Parse("192.0.2.2")));
        Assert.NotEqual(0, rates.Take(IPAddress.Parse("::ffff:192.0.2.1")));
        Assert.Equal(0, rates.Take(IPAddress.Parse("2001:db8:0:1::1")));
        Assert.NotEqual(0, rates.Take(IPAddress.Parse("2001:db8:0:1:ffff::2")));
        Assert.Equal(0, rates.Take(IPAddress.Parse("2001:db8:0:2::1")));
    }

    [Fact]
    public void The_wait_told_is_long_enough()
    {
        var rates = Rates(new() { RequestsPerSecond = 0.2, Burst = 1 });
        Assert.Equal(0, rates.Take(IPAddress.Loopback));
        var wait = rates.Take(IPAddress.Loopback);
        Assert.Equal(5, wait);
        _time.Advance(wait * 1_000);
        Assert.Equal(0, rates.Take(IPAddress.Loopback));
    }

    [Fact]
    public void No_rate_is_no_limit()
    {
        var rates = Rates(new());
        Assert.All(Enumerable.Range(0, 1_000), _ => Assert.Equal(0, rates.Take(IPAddress.Loopback)));
    }

    [Fact]
    public void Something_is_said_once_a_minute()
    {
        var once = new OnceLog(_time);
        Assert.True(once.First("a"));
        Assert.False(once.First("a"));
        Assert.True(once.First("b"));
        _time.Advance(60_000);
        Assert.True(once.First("a"));
    }

    [Fact]
    public void A_flood_of_subjects_is_not_said_at_all_beyond_a_thousand()
    {
        var once = new OnceLog(_time);
        Assert.Equal(1_000, Enumerable.Range(0, 5_000).Count(i => once.First($"{i}")));
    }

    private ClientRates Rates(LimitOptions options) => new(new Live<LimitOptions>(options), _time);
}
