using FsCheck;
using FsCheck.Fluent;
using Geode.Router.Health;
using Geode.Router.Origins;
using Geode.Router.Tests.Support;

namespace Geode.Router.Tests.Origins;

/// <summary>What several instances are as one origin.</summary>
public sealed class OriginTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void It_is_unhealthy_only_when_all_are_and_full_when_all_that_are_not_are() => Prop.ForAll(
        (from well in Gen.Elements(true, false) from load in Gen.Elements(0, 0.5, 1, 4.0) select (well, load)).NonEmptyListOf().ToArbitrary(), some =>
    {
        var origin = Made.Origin(time: _time);
        origin.SetInstances([.. some.Select((_, i) => new Uri($"http://127.0.0.1:{i + 1}"))]);
        foreach (var (instance, (well, load)) in origin.Instances.Zip(some))
        {
            if (well)
                instance.Health.ProbeSucceeded();
            else
                instance.Health.ProbeFailed("a test says so");
            for (var i = 0; i < Math.Ceiling(load * instance.Limit.Current); i++)
                instance.InFlight.RequestStarted();
        }

        var usable = some.Any(s => s.well) ? some.Where(s => s.well).ToList() : [.. some];
        return (origin.State == OriginState.Unhealthy) == some.All(s => !s.well)
            && origin.Takes == some.Any(s => s.well)
            && origin.Full == usable.All(s => s.load >= 1)
            && origin.Choked == some.All(s => s.load >= 4);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Its_latency_is_the_mean_of_those_that_are_well()
    {
        var origin = Two();
        origin.Instances[0].Took(10);
        origin.Instances[1].Took(30);
        origin.Average();
        Assert.InRange(origin.EwmaMs, 19, 23);
        origin.Instances[1].Health.ProbeFailed("refused");
        origin.Instances[1].Health.ProbeFailed("refused");
        origin.Average();
        Assert.InRange(origin.EwmaMs, 9, 12);
    }

    [Fact]
    public void What_stays_listed_stays_as_it_is_and_what_is_not_is_given_back()
    {
        var origin = Two();
        var (first, second) = (origin.Instances[0], origin.Instances[1]);
        var gone = origin.SetInstances([new("http://127.0.0.1:3"), new("http://127.0.0.1:2/")]);
        Assert.Same(second, origin.Instances[1]);
        Assert.Equal([first], gone);
        Assert.Equal("http://127.0.0.1:3", origin.Instances[0].Prefix);
    }

    [Fact]
    public void Its_requests_are_counted_on_when_instances_go()
    {
        var origin = Two();
        origin.Instances[0].Took(1, answers: 7);
        var gone = Assert.Single(origin.SetInstances([new("http://127.0.0.1:2")]));
        gone.Took(1, answers: 2);
        origin.Instances[0].Took(1, answers: 4);
        Assert.Equal(13, origin.Answers);
    }

    [Fact]
    public void It_sleeps_from_when_it_has_none_until_one_of_its_own_answers()
    {
        var origin = Two();
        var before = origin.Instances[0];
        origin.SetInstances([]);
        Assert.Equal((OriginState.Asleep, false), (origin.State, origin.Takes));
        // A probe that was under way.
        origin.Probed(before);
        Assert.True(origin.IsAsleep);

        origin.SetInstances([new("http://127.0.0.1:1")]);
        Assert.NotSame(before, origin.Instances[0]);
        Assert.Equal(OriginState.Asleep, origin.State);
        origin.Instances[0].Health.ProbeSucceeded();
        origin.Probed(origin.Instances[0]);
        Assert.Equal((OriginState.Healthy, 1), (origin.State, origin.Share));
    }

    private Origin Two()
    {
        var origin = Made.Origin(time: _time);
        origin.SetInstances([new("http://127.0.0.1:1"), new("http://127.0.0.1:2")]);
        foreach (var instance in origin.Instances)
            instance.Health.ProbeSucceeded();
        return origin;
    }
}
