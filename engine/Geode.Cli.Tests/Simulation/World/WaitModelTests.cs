using Geode.Cli.Simulation.World;

namespace Geode.Cli.Tests.Simulation.World;

public sealed class WaitModelTests
{
    /// <summary>Against a queue that is simulated request by request, with the same service times.</summary>
    [Theory]
    [InlineData(1, 4, 60)]
    [InlineData(4, 4, 290)]
    [InlineData(4, 4, 305)]
    public void The_share_that_is_late_is_that_of_a_queue_of_single_requests(int instances, int concurrency, double rate)
    {
        var model = new WaitModel(new(0.05, concurrency), 0.5);
        var random = new Random(7);
        var sigma = Math.Sqrt(Math.Log(1.25));
        var free = new PriorityQueue<double, double>(Enumerable.Repeat((0.0, 0.0), instances * concurrency));
        var (now, late, all) = (0.0, 0, 400_000);
        for (var request = 0; request < all; request++)
        {
            now -= Math.Log(1 - random.NextDouble()) / rate;
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            var ends = Math.Max(now, free.Dequeue()) + 0.05 * Math.Exp(sigma * normal - sigma * sigma / 2);
            free.Enqueue(ends, ends);
            late += ends - now > 0.15 ? 1 : 0;
        }

        var share = late / (double)all;
        Assert.InRange(model.Longer(0.15, 0, model.ByChance(rate, instances)), 0.5 * share - 0.004, 1.5 * share + 0.004);
    }

    [Fact]
    public void The_mean_of_service_is_what_was_asked_for()
    {
        var (model, histogram) = (new WaitModel(new(0.08, 1), 0.5), new LatencyHistogram());
        model.Record(histogram, 1000, 0, (0, 0));
        Assert.InRange(histogram.Percentile(0.5), 66, 80);
        Assert.InRange(histogram.Percentile(0.99), 130, 220);
    }
}
