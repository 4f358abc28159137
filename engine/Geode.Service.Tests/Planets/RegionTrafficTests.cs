using Geode.Service.Planets;

namespace Geode.Service.Tests.Planets;

public sealed class RegionTrafficTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Requests_of_all_instances_add_up_and_shares_count_by_requests()
    {
        var all = RegionTraffic.Of([Sign(0, new(30, 10, 100, 0, 2)), Sign(1, null), Sign(1, new(10, 30, 50, 0.4, 1))]);

        Assert.Equal(new TrafficView(40, 15, 100, 0.1, 3), all);
    }

    [Fact]
    public void An_instance_that_has_ended_counts_no_more() =>
        Assert.Equal(new TrafficView(30, 10, 100, 0, 2), RegionTraffic.Of([Sign(0, new(30, 10, 100, 0, 2)), Sign(5, new(10, 30, 50, 0.4, 1))]));

    [Fact]
    public void Idle_instances_have_the_mean_of_both()
    {
        Assert.Equal(new TrafficView(0, 20, 50, 0, 0), RegionTraffic.Of([Sign(0, new(0, 10, 20, 0, 0)), Sign(0, new(0, 30, 50, 0, 0))]));
    }

    [Fact]
    public void Who_says_nothing_of_traffic_has_none() => Assert.Null(RegionTraffic.Of([Sign(0, null)]));

    [Fact]
    public void An_instance_that_has_nothing_new_to_say_is_waited_for_longer() =>
        Assert.Equal(
            new TrafficView(30, 10, 100, 0, 3),
            RegionTraffic.Of([Sign(0, new(30, 10, 100, 0, 2)), Sign(5, new(10, 30, 50, 0.4, 1)), Sign(6, new(0, 0, 0, 0, 1), every: 5)]));

    private static SignOfLife Sign(double secondsAgo, TrafficView? traffic, double every = 1) =>
        new("api:x", "eastus", Now, Now.AddSeconds(-secondsAgo), TimeSpan.FromSeconds(every), traffic, null);
}
