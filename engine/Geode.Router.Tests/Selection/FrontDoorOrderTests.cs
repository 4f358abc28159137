using FsCheck;
using FsCheck.Fluent;
using Geode.Router.Health;
using Geode.Router.Origins;
using Geode.Router.Selection;
using Geode.Router.Tests.Support;

namespace Geode.Router.Tests.Selection;

/// <summary>The selector against Front Door's documented order, written down once more and differently.</summary>
public sealed class FrontDoorOrderTests
{
    private sealed record Place(bool Enabled, bool Well, int Priority, int Weight, int OneWayMs, int ServiceMs);

    private sealed record World(IReadOnlyList<Place> Places, double WindowMs);

    [Fact]
    public void It_chooses_as_Front_Door_documents_and_shares_exactly_by_weight() => Prop.ForAll(Worlds().ToArbitrary(), world =>
    {
        var origins = world.Places.Select(Make).ToArray();
        var oneWay = world.Places.Select(p => (double)p.OneWayMs).ToArray();
        var expected = Model(world, origins);
        var selector = new FrontDoorOrder(world.WindowMs, new CountingRandom());
        var turns = Math.Max(1, expected.Sum(i => world.Places[i].Weight));
        var chosen = new Dictionary<int, int>();
        for (var turn = 0; turn < turns; turn++)
        {
            var pick = selector.Pick(new Choice(origins, oneWay, Tried: default, HealthyOnly: true));
            chosen[pick] = chosen.GetValueOrDefault(pick) + 1;
        }

        return expected.Count == 0
            ? chosen.Keys.SequenceEqual([-1])
            : expected.Count == 1
                ? chosen.Keys.SequenceEqual(expected)
                : chosen.Count == expected.Count && expected.All(i => chosen.GetValueOrDefault(i) == world.Places[i].Weight);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    [Fact]
    public void When_nothing_is_healthy_the_nearest_enabled_one_is_tried_all_the_same() => Prop.ForAll(Worlds().ToArbitrary(), world =>
    {
        var origins = world.Places.Select(p => Make(p with { Well = false })).ToArray();
        var oneWay = world.Places.Select(p => (double)p.OneWayMs).ToArray();
        var pick = new FrontDoorOrder(world.WindowMs, new CountingRandom()).Pick(new Choice(origins, oneWay, default, HealthyOnly: false));
        var enabled = world.Places.Where(p => p.Enabled).ToList();
        return enabled.Count == 0
            ? pick == -1
            : world.Places[pick].Enabled && world.Places[pick].OneWayMs == enabled.Min(p => p.OneWayMs);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void When_nothing_is_healthy_who_answers_comes_first_and_who_refuses_last()
    {
        var time = new ManualTime();
        var selector = new FrontDoorOrder(50, new CountingRandom());
        // The worse, the nearer.
        Origin[] origins =
        [
            Unwell("refuses", Ailment.Unreachable), Unwell("silent", Ailment.Silent), Unwell("breaks", Ailment.Failing),
            Unwell("not ready", Ailment.Unready), Unwell("answers", Ailment.Silent),
        ];
        time.Advance(1);
        origins[4].Latency.Record(TimeSpan.FromMilliseconds(1));
        var (tried, order) = (default(OriginSet), new List<int>());
        while (selector.Pick(new Choice(origins, [0, 10, 20, 30, 40], tried, HealthyOnly: false)) is var pick and >= 0)
        {
            order.Add(pick);
            tried.Add(pick);
        }

        Assert.Equal([4, 3, 2, 1, 0], order);

        Origin Unwell(string name, Ailment ailment)
        {
            var origin = Made.Origin(name, time: time);
            for (var i = 0; i < 2; i++)
                origin.Health.ProbeFailed("a test says so", ailment);
            Assert.Equal(OriginState.Unhealthy, origin.Health.State);
            return origin;
        }
    }

    [Fact]
    public void When_all_that_is_healthy_takes_no_more_the_unwell_are_asked()
    {
        var options = new Geode.Router.Configuration.RouterOptions { Concurrency = new() { Initial = 1, Min = 1, Max = 1 } };
        var origins = new[] { Made.Origin("a", options: options).Healthy(), Made.Origin("b", options: options).Unhealthy() };
        var selector = new FrontDoorOrder(50, new CountingRandom());
        origins[0].InFlight.RequestStarted();
        Assert.Equal(1, selector.Pick(new Choice(origins, [0, 100], default, HealthyOnly: false)));
        Assert.Equal(-1, selector.Pick(new Choice(origins, [0, 100], default, HealthyOnly: true)));
    }

    [Fact]
    public void What_was_tried_is_not_chosen_again()
    {
        var origins = new[] { Made.Origin("a").Healthy(), Made.Origin("b").Healthy(), Made.Origin("c").Healthy() };
        var selector = new FrontDoorOrder(50, new CountingRandom());
        Assert.Equal(1, selector.Pick(new Choice(origins, [0, 10, 200], OriginSet.Of(0), HealthyOnly: true)));
        Assert.Equal(2, selector.Pick(new Choice(origins, [0, 10, 200], OriginSet.Of(0, 1), HealthyOnly: true)));
        Assert.Equal(-1, selector.Pick(new Choice(origins, [0, 10, 200], OriginSet.Of(0, 1, 2), HealthyOnly: false)));
    }

    [Fact]
    public void A_full_origin_spills_beyond_its_priority_and_all_full_is_nobody()
    {
        var options = new Geode.Router.Configuration.RouterOptions { Concurrency = new() { Initial = 1, Min = 1, Max = 1 } };
        var origins = new[] { Made.Origin("a", options: options).Healthy(), Made.Origin("b", priority: 5, options: options).Healthy() };
        var selector = new FrontDoorOrder(50, new CountingRandom());
        var choice = new Choice(origins, [0, 100], default, HealthyOnly: false);
        Assert.Equal(0, selector.Pick(choice));
        origins[0].InFlight.RequestStarted();
        Assert.Equal(1, selector.Pick(choice));
        origins[1].InFlight.RequestStarted();
        Assert.Equal(-1, selector.Pick(choice));
        origins[0].InFlight.WorkEnded();
        origins[0].InFlight.RequestEnded();
        Assert.Equal(0, selector.Pick(choice));
    }

    [Fact]
    public void When_all_are_full_the_least_loaded_takes_more_until_it_is_choked()
    {
        var options = new Geode.Router.Configuration.RouterOptions { Concurrency = new() { Initial = 10, Min = 1, Max = 1_000 } };
        var origins = new[] { Made.Origin("a", options: options).Healthy(), Made.Origin("b", options: options).Healthy() };
        var selector = new FrontDoorOrder(50, new CountingRandom());
        var choice = new Choice(origins, [0, 100], default, HealthyOnly: true);
        Start(origins[0], 20);
        Start(origins[1], 12);
        Assert.Equal(1, selector.Pick(choice));
        Start(origins[1], 20);
        Assert.Equal(0, selector.Pick(choice));
        Start(origins[0], 44);
        Assert.Equal(1, selector.Pick(choice));
        Start(origins[1], 32);
        Assert.Equal(-1, selector.Pick(choice));

        static void Start(Origin origin, int requests)
        {
            for (var i = 0; i < requests; i++)
                origin.InFlight.RequestStarted();
        }
    }

    [Fact]
    public void A_degraded_origin_gives_way_within_the_window_and_not_beyond_it()
    {
        var origins = new[] { Degraded(), Made.Origin("b").Healthy() };
        var selector = new FrontDoorOrder(50, new CountingRandom());
        Assert.Equal(1, selector.Pick(new Choice(origins, [0, 0], default, HealthyOnly: true)));
        Assert.Equal(0, selector.Pick(new Choice(origins, [0, 500], default, HealthyOnly: true)));
        Assert.Equal(0, selector.Pick(new Choice(origins, [0, 0], OriginSet.Of(1), HealthyOnly: true)));
    }

    [Theory]
    [InlineData(0.04, 0)]
    [InlineData(0.06, 1)]
    public void An_origin_that_recovered_gets_its_share_even_if_it_is_by_far_the_nearest(double dice, int expected)
    {
        var recovered = Made.Origin("a").Unhealthy().Healthy().Healthy();
        Assert.Equal(OriginState.Healthy, recovered.Health.State);
        var origins = new[] { recovered, Made.Origin("b").Healthy() };
        var selector = new FrontDoorOrder(50, new CountingRandom(dice));
        Assert.Equal(expected, selector.Pick(new Choice(origins, [0, 300], default, HealthyOnly: true)));
        Assert.Equal(0, selector.Pick(new Choice(origins, [0, 300], OriginSet.Of(1), HealthyOnly: true)));
    }

    [Theory]
    [InlineData(0), InlineData(0.5), InlineData(0.99)]
    public void Where_all_are_as_cold_nobody_gives_way(double dice)
    {
        var time = new ManualTime();
        Origin[] origins = [Recovered("near"), Recovered("far"), Recovered("third", priority: 2)];
        var selector = new FrontDoorOrder(50, new CountingRandom(dice));
        Assert.Equal(0, selector.Pick(new Choice(origins, [1, 300, 1], default, HealthyOnly: false)));
        time.Advance(5_000);
        Assert.Equal(0, selector.Pick(new Choice(origins, [1, 300, 1], default, HealthyOnly: false)));

        // A tenth as warm as another one: about every tenth request.
        var colder = Recovered("colder");
        Assert.Equal(dice < 0.09 ? 0 : 1, selector.Pick(new Choice([colder, origins[1]], [1, 300], default, HealthyOnly: false)));

        Origin Recovered(string name, int priority = 1) => Made.Origin(name, priority, time: time).Unhealthy().Healthy().Healthy();
    }

    [Fact]
    public void Every_origin_of_the_largest_planet_can_be_chosen_and_passed_over()
    {
        var origins = Enumerable.Range(0, OriginSet.Most).Select(i => Made.Origin($"o{i}").Healthy()).ToArray();
        var selector = new FrontDoorOrder(50, new CountingRandom());
        foreach (var nearest in new[] { 0, 63, 64, 128, OriginSet.Most - 1 })
        {
            var oneWay = Enumerable.Range(0, origins.Length).Select(i => 300.0 + i).ToArray();
            oneWay[nearest] = 0;
            Assert.Equal(nearest, selector.Pick(new Choice(origins, oneWay, default, HealthyOnly: true)));
            Assert.NotEqual(nearest, selector.Pick(new Choice(origins, oneWay, OriginSet.Of(nearest), HealthyOnly: true)));
        }
    }

    private static Origin Degraded()
    {
        var time = new ManualTime();
        var origin = Made.Origin("a", time: time).Healthy();
        foreach (var milliseconds in new[] { 2, 2, 2, 30, 30, 30 })
        {
            time.Advance(100);
            origin.Took(milliseconds);
        }

        Assert.Equal(OriginState.Degraded, origin.Health.State);
        return origin;
    }

    private static IReadOnlyList<int> Model(World world, Origin[] origins)
    {
        var candidates = Enumerable.Range(0, origins.Length).Where(i => world.Places[i].Enabled && world.Places[i].Well).ToList();
        if (candidates.Count == 0)
            return [];
        var first = candidates.GroupBy(i => world.Places[i].Priority).OrderBy(g => g.Key).First().ToList();
        var latency = first.ToDictionary(i => i, i => 2.0 * world.Places[i].OneWayMs + origins[i].Latency.EwmaMs);
        return [.. first.Where(i => latency[i] - latency.Values.Min() <= world.WindowMs)];
    }

    private static Origin Make(Place place)
    {
        var origin = Made.Origin(priority: place.Priority, weight: place.Weight);
        origin.DrainedByPerson = !place.Enabled;
        if (place.ServiceMs > 0)
            origin.Took(place.ServiceMs);
        return place.Well ? origin.Healthy() : origin.Unhealthy();
    }

    // No sum of latencies falls on the edge of a window, where rounding would decide.
    private static Gen<World> Worlds() =>
        from count in Gen.Frequency((9, Gen.Choose(1, 12)), (1, Gen.Choose(60, 140)))
        from window in Gen.Elements(0, 5.7, 50.7, 1_000.7)
        from places in Gen.ListOf(Places(), count)
        select new World([.. places], window);

    private static Gen<Place> Places() =>
        from enabled in Gen.Elements(true, true, true, false)
        from well in Gen.Elements(true, true, false)
        from priority in Gen.Choose(1, 3)
        from weight in Gen.Choose(1, 9)
        from oneWay in Gen.Elements(0, 1, 10, 25, 26, 120)
        from service in Gen.Elements(0, 0, 3, 40)
        select new Place(enabled, well, priority, weight, oneWay, service);
}
