using FsCheck;
using FsCheck.Fluent;
using Geode.Foresight.Scaling;

namespace Geode.Foresight.Tests.Scaling;

public sealed class StaffingTests
{
    private static readonly ServiceTarget Target = new(200, 0.99, 0.8);

    [Fact]
    public void The_count_is_the_least_that_holds_and_capacity_is_its_inverse()
    {
        var random = new Random(3);
        for (var run = 0; run < 500; run++)
        {
            var instance = new InstanceRate(0.005 + 0.1 * random.NextDouble(), random.Next(1, 20));
            var target = new ServiceTarget(20 + 400 * random.NextDouble(), 0.9 + 0.099 * random.NextDouble(), 0.3 + 0.7 * random.NextDouble());
            var rate = Math.Pow(10, 4 * random.NextDouble());
            var count = Staffing.Instances(rate, instance, target);
            if (count == Staffing.MostInstances)
                continue;
            Assert.True(Staffing.Holds(rate, count, instance, target));
            Assert.True(count == 1 || !Staffing.Holds(rate, count - 1, instance, target));
            Assert.InRange(Staffing.Capacity(count, instance, target), rate * (1 - 1e-6), double.MaxValue);
            Assert.True(count == 1 || Staffing.Capacity(count - 1, instance, target) < rate * (1 + 1e-6));
        }
    }

    /// <summary>The queue itself, request by request: of those that staffing promises, no more are late than it says.</summary>
    [Theory]
    [InlineData(3, 1)]
    [InlineData(40, 2)]
    [InlineData(300, 4)]
    public void A_simulated_queue_keeps_the_promise(double rate, int concurrency)
    {
        var instance = new InstanceRate(0.05, concurrency);
        var random = new Random(17);
        var free = new PriorityQueue<double, double>(Enumerable.Repeat((0.0, 0.0), Staffing.Instances(rate, instance, Target) * concurrency));
        var (now, late, all) = (0.0, 0, 200_000);
        for (var request = 0; request < all; request++)
        {
            now -= Math.Log(1 - random.NextDouble()) / rate;
            var begins = Math.Max(now, free.Dequeue());
            var ends = begins - Math.Log(1 - random.NextDouble()) * instance.ServiceSeconds;
            free.Enqueue(ends, ends);
            late += begins - now > Target.Milliseconds / 1000 - instance.ServiceSeconds ? 1 : 0;
        }

        Assert.InRange(late / (double)all, 0, 0.012);
    }

    [Fact]
    public void No_load_takes_one_instance_and_no_instances_serve_nothing()
    {
        Assert.Equal(1, Staffing.Instances(0, new(0.05, 8), Target));
        Assert.Equal(0, Staffing.Capacity(0, new(0.05, 8), Target));
    }

    [Fact]
    public void A_target_below_the_service_time_is_judged_by_utilisation() =>
        Assert.Equal(Math.Ceiling(1000 / (8 / 0.05 * 0.8)), Staffing.Instances(1000, new(0.05, 8), new(10, 0.99, 0.8)));

    [Fact]
    public void More_load_never_takes_fewer() => Prop.ForAll(
        Gen.Choose(0, 100_000).Select(n => n / 10.0).ToArbitrary(), Gen.Choose(0, 1_000).Select(n => n / 10.0).ToArbitrary(),
        (rate, more) => Staffing.Instances(rate + more, new(0.05, 8), Target) >= Staffing.Instances(rate, new(0.05, 8), Target))
        .QuickCheckThrowOnFailure();
}
