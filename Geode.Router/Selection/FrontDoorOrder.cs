using System.Numerics;
using Geode.Router.Health;
using Geode.Router.Origins;

namespace Geode.Router.Selection;

/// <summary>Front Door's order: enabled, healthy, lowest priority, within the latency window of the fastest, then by weight.
/// Beyond it: a full origin is passed over, one that just recovered gets only its share, and a degraded one gives way to
/// others in the window. When all are full the least loaded one takes a few more; when nothing is healthy the nearest is tried all
/// the same.</summary>
/// <remarks>Latency is the round trip from the client plus the origin's measured time. Sets of origins are bit masks.</remarks>
internal sealed class FrontDoorOrder(double latencyWindowMs, Random random) : IOriginSelector
{
    public int Pick(in Choice choice)
    {
        var origins = choice.Origins;
        var enabled = Where(All(origins.Length) & ~choice.Tried, origins, static o => !o.Draining);
        var healthy = Where(enabled, origins, static o => o.Health.State != OriginState.Unhealthy);
        if (healthy == 0)
            return choice.HealthyOnly ? -1 : Nearest(Where(enabled, origins, static o => !o.Choked), choice);

        var room = Where(healthy, origins, static o => !o.Full);
        if (room == 0)
            return LeastLoaded(healthy, origins);
        var set = OrElse(Admitted(room, origins), room);
        set = LowestPriority(set, origins);
        set = WithinWindow(set, choice);
        set = OrElse(Where(set, origins, static o => o.Health.State != OriginState.Degraded), set);
        return BitOperations.IsPow2(set) ? BitOperations.TrailingZeroCount(set) : ByWeight(set, origins);
    }

    private static ulong All(int count) => count == 64 ? ulong.MaxValue : (1UL << count) - 1;

    private static ulong OrElse(ulong set, ulong otherwise) => set != 0 ? set : otherwise;

    private static ulong Where(ulong set, Origin[] origins, Func<Origin, bool> condition)
    {
        var result = 0UL;
        for (var rest = set; rest != 0; rest &= rest - 1)
        {
            var i = BitOperations.TrailingZeroCount(rest);
            if (condition(origins[i]))
                result |= 1UL << i;
        }

        return result;
    }

    private static int LeastLoaded(ulong set, Origin[] origins)
    {
        var least = -1;
        for (var rest = Where(set, origins, static o => !o.Choked); rest != 0; rest &= rest - 1)
        {
            var i = BitOperations.TrailingZeroCount(rest);
            if (least < 0 || origins[i].Load < origins[least].Load)
                least = i;
        }

        return least;
    }

    private ulong Admitted(ulong set, Origin[] origins)
    {
        for (var rest = set; rest != 0; rest &= rest - 1)
        {
            var i = BitOperations.TrailingZeroCount(rest);
            var share = origins[i].Health.Share;
            if (share < 1 && random.NextDouble() >= share)
                set &= ~(1UL << i);
        }

        return set;
    }

    private static ulong LowestPriority(ulong set, Origin[] origins)
    {
        var (lowest, result) = (int.MaxValue, 0UL);
        for (var rest = set; rest != 0; rest &= rest - 1)
        {
            var i = BitOperations.TrailingZeroCount(rest);
            var priority = origins[i].Priority;
            if (priority < lowest)
                (lowest, result) = (priority, 0);
            if (priority == lowest)
                result |= 1UL << i;
        }

        return result;
    }

    private ulong WithinWindow(ulong set, in Choice choice)
    {
        var fastest = double.MaxValue;
        for (var rest = set; rest != 0; rest &= rest - 1)
            fastest = Math.Min(fastest, LatencyMs(choice, BitOperations.TrailingZeroCount(rest)));
        var result = 0UL;
        for (var rest = set; rest != 0; rest &= rest - 1)
        {
            var i = BitOperations.TrailingZeroCount(rest);
            if (LatencyMs(choice, i) <= fastest + latencyWindowMs)
                result |= 1UL << i;
        }

        return result;
    }

    private static double LatencyMs(in Choice choice, int i) => 2 * choice.OneWayMs[i] + choice.Origins[i].Latency.EwmaMs;

    private static int Nearest(ulong set, in Choice choice)
    {
        var nearest = -1;
        for (var rest = set; rest != 0; rest &= rest - 1)
        {
            var i = BitOperations.TrailingZeroCount(rest);
            if (nearest < 0 || choice.OneWayMs[i] < choice.OneWayMs[nearest])
                nearest = i;
        }

        return nearest;
    }

    private int ByWeight(ulong set, Origin[] origins)
    {
        var total = 0;
        for (var rest = set; rest != 0; rest &= rest - 1)
            total += origins[BitOperations.TrailingZeroCount(rest)].Weight;
        var ticket = random.Next(total);
        var rest2 = set;
        while (true)
        {
            var i = BitOperations.TrailingZeroCount(rest2);
            ticket -= origins[i].Weight;
            rest2 &= rest2 - 1;
            if (ticket < 0 || rest2 == 0)
                return i;
        }
    }
}
