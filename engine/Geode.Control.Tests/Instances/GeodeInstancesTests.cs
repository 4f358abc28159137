using Geode.Control.Instances;
using Geode.TestKit;
using Geode.Topology;

namespace Geode.Control.Tests.Instances;

/// <summary>Whose word counts: a person's before the plan's, the plan's before the autoscaler's, and the limits before all.</summary>
public sealed class GeodeInstancesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_autoscaler_decides_within_the_limits()
    {
        var geode = Geode("""{ "name": "eastus", "minReplicas": 1, "maxReplicas": 2 }""");

        Assert.Equal(1, geode.Target().Count);
        Assert.True(geode.Scale(2, "busy", Now));
        Assert.False(geode.Scale(2, "busy", Now));
        Assert.Equal((2, "busy"), geode.Target());
        geode.Scale(9, "busier", Now);
        Assert.Equal(2, geode.Target().Count);
        geode.Scale(0, "idle", Now);
        Assert.Equal(1, geode.Target().Count);
    }

    [Fact]
    public void A_persons_number_counts_until_it_is_taken_back()
    {
        var geode = Geode("eastus");
        geode.Fix(2);
        geode.Scale(3, "busy", Now);
        geode.Take(new(3, 1, 1, _time.GetUtcNow().AddMinutes(1)));

        Assert.Equal((2, "as asked for"), geode.Target());
        geode.Fix(null);
        Assert.Equal(3, geode.Target().Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(-1)]
    public void A_number_beyond_the_limits_is_refused_with_the_limits(int count)
    {
        var wrong = Assert.Throws<ControlException>(() => Geode("eastus").Fix(count));

        Assert.Equal(400, wrong.Status);
        Assert.StartsWith($"count: {count} is not possible; eastus may have 1 to 3 instances", wrong.Message);
    }

    [Fact]
    public void A_plans_floor_lifts_what_the_autoscaler_says_and_lapses()
    {
        var geode = Geode("eastus");
        geode.Take(new(3, 7, 5, _time.GetUtcNow().AddSeconds(60)));

        Assert.Equal((3, "plan 5 asks for 3"), geode.Target());
        Assert.Equal(3, geode.View(1, 0).Floor);
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(1, geode.Target().Count);
        Assert.Null(geode.View(1, 0).Floor);
    }

    [Fact]
    public void An_older_plan_is_refused_also_when_the_newer_one_has_lapsed()
    {
        var geode = Geode("eastus");
        geode.Take(Floor(2, fence: 7, number: 5));
        geode.Take(Floor(3, fence: 7, number: 5));
        Assert.Equal(409, Assert.Throws<ControlException>(() => geode.Take(Floor(1, fence: 7, number: 4))).Status);
        Assert.Equal(409, Assert.Throws<ControlException>(() => geode.Take(Floor(1, fence: 6, number: 99))).Status);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(409, Assert.Throws<ControlException>(() => geode.Take(Floor(1, fence: 7, number: 4))).Status);
        Assert.Equal(2, geode.Take(Floor(2, fence: 8, number: 1)).Instances);
    }

    [Fact]
    public void A_region_applies_its_own_limits_to_plans()
    {
        var capped = Geode("""{ "name": "eastus", "autonomy": { "ceiling": 2 } }""");
        Assert.Equal(2, capped.Take(Floor(3)).Instances);
        Assert.Equal(2, capped.Target().Count);

        var closed = Geode("""{ "name": "eastus", "autonomy": { "accepts": ["steer"] } }""");
        var refused = Assert.Throws<ControlException>(() => closed.Take(Floor(2)));
        Assert.Equal(409, refused.Status);
        Assert.Contains("eastus lets no plan scale it", refused.Message);
        Assert.Equal(1, closed.Target().Count);
    }

    [Fact]
    public void What_sleeps_is_woken_once_also_when_somebody_put_it_to_sleep()
    {
        var geode = Geode("""{ "name": "eastus", "minReplicas": 0 }""");
        Assert.False(geode.Wake("a request"));
        geode.Fix(0);
        Assert.Equal(0, geode.Target().Count);

        Assert.True(geode.Wake("a request"));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.False(geode.Wake("another"));

        Assert.Equal((1, "a request"), geode.Target());
        Assert.Null(geode.View(0, 0).Fixed);
        Assert.Equal(TimeSpan.FromSeconds(2), geode.Woke());
        Assert.Null(geode.Woke());
    }

    [Fact]
    public void A_look_at_requests_from_before_somebody_came_does_not_put_it_back_to_sleep()
    {
        var geode = Geode("""{ "name": "eastus", "minReplicas": 0 }""");
        geode.Scale(0, "idle", Now);
        var looked = Now;
        _time.Advance(TimeSpan.FromMilliseconds(10));
        Assert.True(geode.Wake("a request"));

        Assert.False(geode.Scale(0, "idle", looked));
        Assert.Equal((1, "a request"), geode.Target());
        Assert.True(geode.Scale(2, "busy", looked));
        _time.Advance(TimeSpan.FromMilliseconds(10));
        Assert.True(geode.Scale(0, "idle", Now));
    }

    [Fact]
    public void Zones_that_are_up_take_over_as_far_as_they_have_room()
    {
        // Instances 1 and 4 are in the first zone, 2 and 5 in the second, 3 in the third.
        var geode = Geode("""{ "name": "eastus", "footprint": "zonal" }""", localMost: 5);
        geode.Hold([2]);

        Assert.Equal((3, "never fewer than 3"), geode.Target());
        geode.Fix(4);
        Assert.Equal((3, "there is room for no more in the zones that are up"), geode.Target());
        geode.Release([2]);
        Assert.Equal((4, "as asked for"), geode.Target());
    }

    private long Now => _time.GetTimestamp();

    private PlanFloor Floor(int instances, long fence = 1, long number = 1) => new(instances, fence, number, _time.GetUtcNow().AddSeconds(30));

    private GeodeInstances Geode(string region, int localMost = 3)
    {
        var json = region.StartsWith('{') ? region : $"\"{region}\"";
        return new(new(PlanetLoader.Parse($$"""{ "regions": [{{json}}], "scale": { "localMost": {{localMost}} } }""", "test"), _folder.At("planet.json")), "eastus", _time);
    }
}
