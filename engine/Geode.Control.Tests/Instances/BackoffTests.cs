using Geode.Control.Instances;
using Geode.TestKit;

namespace Geode.Control.Tests.Instances;

public sealed class BackoffTests
{
    [Fact]
    public void Waits_twice_as_long_each_time_up_to_a_minute()
    {
        var backoff = new Backoff(new ManualTime());

        Assert.Equal([0, 1, 2, 4, 8, 16, 32, 60, 60, 60, 60, 60], Enumerable.Range(0, 12).Select(_ => backoff.Next().TotalSeconds));
    }

    [Fact]
    public void What_went_well_for_two_minutes_begins_anew()
    {
        var time = new ManualTime();
        var backoff = new Backoff(time);
        backoff.Next();
        Assert.Equal(TimeSpan.FromSeconds(1), backoff.Next());

        time.Advance(TimeSpan.FromSeconds(121));

        Assert.Equal(TimeSpan.Zero, backoff.Next());
    }
}
