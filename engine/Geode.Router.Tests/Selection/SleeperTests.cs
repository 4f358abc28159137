using Geode.Router.Configuration;
using Geode.Router.Origins;
using Geode.Router.Selection;
using Geode.Router.Tests.Support;

namespace Geode.Router.Tests.Selection;

/// <summary>Origins that sleep, and origins that only a plan keeps back, in the order of choice.</summary>
public sealed class SleeperTests
{
    private static readonly RouterOptions Wakeable = new() { Wake = "http://127.0.0.1:9", Concurrency = new() { Initial = 1, Min = 1, Max = 2 } };

    private readonly FrontDoorOrder _order = new(50, new CountingRandom());

    [Fact]
    public void A_sleeper_is_chosen_as_if_it_were_awake_unless_nobody_can_wake_it()
    {
        Assert.Equal(0, Pick([Sleeper(), Awake()], [1, 100]));
        Assert.Equal(1, Pick([Sleeper(), Awake()], [100, 1]));
        Assert.Equal(1, Pick([Sleeper(new()), Awake()], [1, 100]));
        Assert.Equal(-1, Pick([Sleeper(new())], [1]));
        Assert.Equal(0, Pick([Sleeper(), Unwell()], [100, 1]));
    }

    [Fact]
    public void It_is_not_chosen_where_somebody_awake_is_asked_for()
    {
        Assert.Equal(1, _order.Pick(new Choice([Sleeper(), Awake()], [1, 100], default, HealthyOnly: false, AwakeOnly: true)));
        Assert.Equal(-1, _order.Pick(new Choice([Sleeper()], [1], default, HealthyOnly: false, AwakeOnly: true)));
    }

    [Fact]
    public void Somebody_awake_within_the_window_takes_its_place()
    {
        Assert.Equal(1, Instead([Sleeper(), Awake()], [1, 26]));
        Assert.Equal(-1, Instead([Sleeper(), Awake()], [1, 27]));
        Assert.Equal(2, Instead([Sleeper(), Unwell(), Awake()], [1, 1, 20]));
        Assert.Equal(-1, Instead([Sleeper(), Sleeper()], [1, 1]));
        Assert.Equal(-1, Instead([Sleeper(), Made.Origin("c", priority: 2, options: Wakeable).Healthy()], [1, 1]));
    }

    [Fact]
    public void Even_one_that_is_full_if_it_takes_a_few_more()
    {
        var full = Awake();
        full.InFlight.RequestStarted();
        Assert.True(full.Full);
        Assert.Equal(1, Instead([Sleeper(), full], [1, 1]));
        full.InFlight.RequestStarted();
        Assert.True(full.Choked);
        Assert.Equal(-1, Instead([Sleeper(), full], [1, 1]));
    }

    [Fact]
    public void What_only_a_plan_keeps_back_is_chosen_before_what_is_unwell_and_never_before_what_is_well()
    {
        Assert.Equal(1, Pick([Drained(byPlan: true), Awake()], [1, 100]));
        Assert.Equal(0, Pick([Drained(byPlan: true), Unwell()], [100, 1]));
        Assert.Equal(1, Pick([Drained(byPlan: false), Unwell()], [1, 100]));
        Assert.Equal(0, Pick([Drained(byPlan: true)], [1]));
        Assert.Equal(-1, Pick([Drained(byPlan: false)], [1]));
    }

    private int Pick(Origin[] origins, double[] oneWayMs) => _order.Pick(new Choice(origins, oneWayMs, default, HealthyOnly: false));

    private int Instead(Origin[] origins, double[] oneWayMs) => _order.Awake(new Choice(origins, oneWayMs, default, HealthyOnly: false), 0);

    private static Origin Awake() => Made.Origin("b", options: Wakeable).Healthy();

    private static Origin Unwell() => Made.Origin("b", options: Wakeable).Unhealthy();

    private static Origin Sleeper(RouterOptions? options = null)
    {
        var origin = Made.Origin("a", options: options ?? Wakeable);
        origin.SetInstances([]);
        return origin;
    }

    private static Origin Drained(bool byPlan)
    {
        var origin = Made.Origin("d", options: Wakeable).Healthy();
        origin.DrainedByPlan = byPlan;
        origin.DrainedByPerson = !byPlan;
        return origin;
    }
}
