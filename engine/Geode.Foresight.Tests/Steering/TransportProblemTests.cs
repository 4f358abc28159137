using Geode.Foresight.Steering;

namespace Geode.Foresight.Tests.Steering;

public sealed class TransportProblemTests
{
    /// <summary>With whole amounts there is a whole optimum, so trying every whole flow finds it.</summary>
    [Fact]
    public void As_cheap_as_the_cheapest_of_all_flows()
    {
        var random = new Random(41);
        for (var run = 0; run < 400; run++)
        {
            var (sources, sinks) = (random.Next(1, 4), random.Next(1, 4));
            var offered = Enumerable.Range(0, sources).Select(_ => (double)random.Next(0, 5)).ToArray();
            var room = Enumerable.Range(0, sinks).Select(_ => (double)random.Next(0, 6)).ToArray();
            var cost = new double[sources, sinks];
            for (var s = 0; s < sources; s++)
                for (var t = 0; t < sinks; t++)
                    cost[s, t] = random.Next(0, 12);
            var flow = TransportProblem.Solve(offered, room, cost);
            Check(offered, room, flow);
            var placed = Math.Min(offered.Sum(), room.Sum());
            Assert.Equal(placed, Sum(flow), 6);
            Assert.Equal(Cheapest(offered, room, cost, placed, 0, 0), Cost(flow, cost), 6);
        }
    }

    [Fact]
    public void Nothing_goes_where_it_may_not_and_nothing_beyond_the_room()
    {
        var random = new Random(42);
        for (var run = 0; run < 200; run++)
        {
            var (sources, sinks) = (random.Next(1, 30), random.Next(1, 30));
            var offered = Enumerable.Range(0, sources).Select(_ => 100 * random.NextDouble()).ToArray();
            var room = Enumerable.Range(0, sinks).Select(_ => 120 * random.NextDouble()).ToArray();
            var cost = new double[sources, sinks];
            for (var s = 0; s < sources; s++)
                for (var t = 0; t < sinks; t++)
                    cost[s, t] = random.Next(4) == 0 ? double.PositiveInfinity : 300 * random.NextDouble();
            var flow = TransportProblem.Solve(offered, room, cost);
            Check(offered, room, flow);
            for (var s = 0; s < sources; s++)
                for (var t = 0; t < sinks; t++)
                    Assert.True(flow[s, t] == 0 || double.IsFinite(cost[s, t]));
            Assert.False(CanImprove(flow, cost, room));
        }
    }

    private static void Check(double[] offered, double[] room, double[,] flow)
    {
        for (var s = 0; s < offered.Length; s++)
            Assert.InRange(Enumerable.Range(0, room.Length).Sum(t => flow[s, t]), 0, offered[s] + 1e-6);
        for (var t = 0; t < room.Length; t++)
            Assert.InRange(Enumerable.Range(0, offered.Length).Sum(s => flow[s, t]), 0, room[t] + 1e-6);
    }

    /// <summary>Whether taking from one pair and giving to another makes it cheaper: by one move to room, or by a swap of two.</summary>
    private static bool CanImprove(double[,] flow, double[,] cost, double[] room)
    {
        var (sources, sinks) = (flow.GetLength(0), flow.GetLength(1));
        for (var t = 0; t < sinks; t++)
        {
            var left = room[t] - Enumerable.Range(0, sources).Sum(s => flow[s, t]);
            for (var s = 0; s < sources; s++)
                for (var from = 0; from < sinks; from++)
                {
                    if (flow[s, from] < 1e-4)
                        continue;
                    if (left > 1e-4 && cost[s, t] < cost[s, from] - 1e-6)
                        return true;
                    for (var other = 0; other < sources; other++)
                        if (flow[other, t] > 1e-4 && cost[s, t] + cost[other, from] < cost[s, from] + cost[other, t] - 1e-6)
                            return true;
                }
        }

        return false;
    }

    private static double Cheapest(double[] offered, double[] room, double[,] cost, double left, int source, int sink)
    {
        if (source == offered.Length)
            return left < 1e-9 ? 0 : double.PositiveInfinity;
        if (sink == room.Length)
            return Cheapest(offered, room, cost, left, source + 1, 0);
        var least = double.PositiveInfinity;
        for (var amount = 0; amount <= Math.Min(offered[source], room[sink]); amount++)
        {
            offered[source] -= amount;
            room[sink] -= amount;
            least = Math.Min(least, amount * cost[source, sink] + Cheapest(offered, room, cost, left - amount, source, sink + 1));
            offered[source] += amount;
            room[sink] += amount;
        }

        return least;
    }

    private static double Sum(double[,] flow) => flow.Cast<double>().Sum();

    private static double Cost(double[,] flow, double[,] cost) => flow.Cast<double>().Zip(cost.Cast<double>(), (f, c) => f * c).Sum();
}
