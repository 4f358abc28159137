using FsCheck;
using FsCheck.Fluent;
using Geode.Router.Health;
using Geode.Router.Origins;
using Geode.Router.Selection;
using Geode.Router.Tests.Support;

namespace Geode.Router.Tests.Selection;

public sealed class InstanceOrderTests
{
    /// <param name="Load">Of its limit; 4: it gets no more.</param>
    private sealed record Some(OriginState State, double Load, bool Tried, bool Avoided)
    {
        public bool May => !Tried && Load < 4;

        public bool IsWell => May && State != OriginState.Unhealthy && !Avoided && Load < 1;
    }

    [Fact]
    public void Of_two_at_random_the_less_busy_keeps_all_about_as_busy()
    {
        var instances = Instances(10, new ManualTime());
        foreach (var instance in instances)
            instance.Health.ProbeSucceeded();
        var random = new Random(1);
        for (var i = 0; i < 2_000; i++)
            InstanceOrder.OfTwo(instances, random)!.InFlight.RequestStarted();

        // At random alone the spread would be about 90.
        var loads = instances.Select(i => i.InFlight.Working).ToList();
        Assert.InRange(loads.Max() - loads.Min(), 0, 10);
    }

    [Fact]
    public void It_is_the_least_busy_of_the_best_never_a_choked_or_a_tried_one_and_none_only_when_none_may() => Prop.ForAll(Worlds().ToArbitrary(), world =>
    {
        var time = new ManualTime();
        var instances = Instances(world.Length, time);
        foreach (var (instance, some) in instances.Zip(world))
            Become(instance, some, time);
        Some Of(OriginInstance instance) => world[Array.IndexOf(instances, instance)];
        foreach (var wellOnly in new[] { false, true })
        {
            var best = InstanceOrder.Best(instances, i => Of(i).Tried, i => Of(i).Avoided, wellOnly, new Random(1));
            var well = world.Where(s => s.IsWell).ToList();
            if (best is null)
            {
                if (well.Count > 0 || (!wellOnly && world.Any(s => s.May)))
                    return false;
            }
            else if (!Of(best).May || (well.Count > 0 || wellOnly) && !Of(best).IsWell
                || (well.Any(s => s.State == OriginState.Healthy) && (Of(best).State != OriginState.Healthy
                    || Of(best).Load > well.Where(s => s.State == OriginState.Healthy).Min(s => s.Load))))
            {
                return false;
            }
        }

        return true;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Two_are_taken_unseen_only_when_both_are_as_they_should_be()
    {
        var time = new ManualTime();
        var instances = Instances(2, time);
        instances[0].Health.ProbeSucceeded();
        Assert.Null(InstanceOrder.OfTwo(instances, new Random(1)));
        instances[1].Health.ProbeSucceeded();
        Assert.NotNull(InstanceOrder.OfTwo(instances, new Random(1)));
        instances[1].Health.TryFailed("reset", Ailment.Failing, 1);
        Assert.Null(InstanceOrder.OfTwo(instances, new Random(1)));
    }

    [Fact]
    public void One_that_has_just_come_gets_its_growing_share()
    {
        var time = new ManualTime();
        var origin = Made.Origin(time: time).Healthy();
        origin.SetInstances([new("http://127.0.0.1:9"), new("http://127.0.0.1:10")]);
        origin.Instances[1].Health.ProbeSucceeded();
        var random = new Random(1);
        int OfThousand() => Enumerable.Range(0, 1_000).Count(_ =>
            (InstanceOrder.OfTwo(origin.Instances, random) ?? InstanceOrder.Best(origin.Instances, _ => false, _ => false, false, random)) == origin.Instances[1]);
        Assert.InRange(OfThousand(), 5, 60);
        time.Advance(5_000);
        Assert.InRange(OfThousand(), 180, 340);
        time.Advance(5_000);
        Assert.InRange(OfThousand(), 420, 580);
    }

    private static OriginInstance[] Instances(int count, ManualTime time)
    {
        var origin = Made.Origin(time: time);
        origin.SetInstances([.. Enumerable.Range(0, count).Select(i => new Uri($"http://127.0.0.1:{100 + i}"))]);
        // Not one of them joins others that are warm: so none starts slowly.
        return [.. origin.Instances.Select(i => new OriginInstance(origin, i.Prefix, new OriginSettings(new()), time))];
    }

    private static void Become(OriginInstance instance, Some some, ManualTime time)
    {
        if (some.State == OriginState.Unhealthy)
            instance.Health.ProbeFailed("a test says so");
        else if (some.State == OriginState.Healthy)
            instance.Health.ProbeSucceeded();
        for (var i = 0; i < Math.Ceiling(some.Load * instance.Limit.Current); i++)
            instance.InFlight.RequestStarted();
        if (some.Avoided)
            instance.Health.Opinions.Failed(1, "a test says so");
    }

    private static Gen<Some[]> Worlds() =>
        (from state in Gen.Elements(OriginState.Healthy, OriginState.Unhealthy, OriginState.Unknown)
         from load in Gen.Elements(0, 0.25, 0.5, 1, 4.0)
         from tried in Gen.Elements(false, false, true)
         from avoided in Gen.Elements(false, false, true)
         select new Some(state, load, tried, avoided)).ArrayOf(4);
}
