using Geode.Foresight.Scaling;

namespace Geode.Foresight.Tests.Scaling;

public sealed class HttpScaleRuleTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private DateTimeOffset _now = Start;

    [Theory]
    [InlineData(0, 1)]
    [InlineData(10, 1)]
    [InlineData(10.1, 2)]
    [InlineData(35, 4)]
    public void One_instance_for_each_concurrent_requests_of_the_past_polling(double perSecond, int desired) =>
        Assert.Equal(desired, new HttpScaleRule(new(10, 1, 100)).Desired(Start, perSecond * 15, 1));

    [Fact]
    public void Grows_by_the_documented_steps()
    {
        var rule = new HttpScaleRule(new(10, 0, 30));
        Assert.Equal([1, 4, 8, 16, 30, 30], Follow(rule, 0, 1e6, 6));
    }

    [Fact]
    public void Goes_down_only_to_the_most_it_wanted_within_five_minutes()
    {
        var rule = new HttpScaleRule(new(10, 1, 30));
        Assert.Equal(8, Follow(rule, 4, 80, 1)[0]);
        var after = Follow(rule, 8, 20, 40);
        Assert.All(after.Take(19), count => Assert.Equal(8, count));
        Assert.All(after.Skip(19), count => Assert.Equal(2, count));
    }

    [Fact]
    public void A_short_rise_within_the_five_minutes_keeps_what_it_needed()
    {
        var rule = new HttpScaleRule(new(10, 1, 30));
        Follow(rule, 8, 80, 1);
        Follow(rule, 8, 20, 10);
        Follow(rule, 8, 50, 1);
        var after = Follow(rule, 8, 20, 30);
        Assert.Equal(5, after[10]);
        Assert.Equal(2, after[^1]);
    }

    [Fact]
    public void Sleeps_after_the_cool_down_and_wakes_with_one()
    {
        var rule = new HttpScaleRule(new(10, 0, 30) { CoolDown = TimeSpan.FromSeconds(600) });
        Follow(rule, 1, 5, 1);
        var idle = Follow(rule, 1, 0, 60);
        Assert.All(idle.Take(39), count => Assert.Equal(1, count));
        Assert.Equal(0, idle[^1]);
        Assert.Equal(1, Follow(rule, 0, 200, 1)[0]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void With_the_documented_times_it_sleeps_five_minutes_after_the_last_request(int running)
    {
        var rule = new HttpScaleRule(new(10, 0, 30));
        Follow(rule, running, 10 * running, 1);

        var idle = Follow(rule, running, 0, 20);

        Assert.All(idle.Take(19), count => Assert.Equal(running, count));
        Assert.Equal(0, idle[19]);
    }

    [Fact]
    public void Nothing_but_a_request_wakes_what_sleeps() => Assert.All(Follow(new(new(10, 0, 30)), 0, 0, 5), count => Assert.Equal(0, count));

    [Fact]
    public void Never_beyond_its_bounds()
    {
        var random = new Random(11);
        for (var run = 0; run < 200; run++)
        {
            var least = random.Next(0, 4);
            var most = Math.Max(1, least) + random.Next(0, 20);
            var rule = new HttpScaleRule(new(random.Next(1, 50), least, most));
            var current = random.Next(0, 2 * most);
            for (var poll = 0; poll < 100; poll++)
                Assert.InRange(current = Follow(rule, current, random.Next(3) == 0 ? 0 : random.Next(2000), 1)[0], least, most);
        }
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1)]
    public void Refuses_what_is_no_number_of_requests(double requests) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new HttpScaleRule(new()).Desired(Start, requests, 1));

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, -1, 1)]
    [InlineData(1, 0, 0)]
    [InlineData(1, 3, 2)]
    public void Refuses_bounds_that_make_no_sense(int concurrent, int least, int most) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new HttpScaleRule(new(concurrent, least, most)));

    private List<int> Follow(HttpScaleRule rule, int current, double perSecond, int polls)
    {
        List<int> counts = [];
        for (var poll = 0; poll < polls; poll++)
        {
            _now += rule.Settings.Polling;
            counts.Add(current = rule.Desired(_now, perSecond * rule.Settings.Polling.TotalSeconds, current));
        }
        return counts;
    }
}
