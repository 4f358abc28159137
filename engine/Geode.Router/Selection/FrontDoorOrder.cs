using Geode.Router.Health;
using Geode.Router.Origins;

namespace Geode.Router.Selection;

/// <summary>Front Door's order: enabled, healthy, lowest priority, within the latency window of the fastest, then by weight.
/// Beyond it: a full origin is passed over, one that just recovered gets only its share, and a degraded one gives way to
/// others in the window. When all are full the least loaded one takes a few more; when nothing is healthy the least unwell is tried
/// all the same, of several the nearest.</summary>
/// <remarks>Latency is the round trip from the client plus the origin's measured time.</remarks>
internal sealed class FrontDoorOrder(double latencyWindowMs, Random random) : IOriginSelector
{
    public int Pick(in Choice choice)
    {
        var origins = choice.Origins;
        var enabled = Where(OriginSet.All(origins.Length).Except(choice.Tried), origins, static o => !o.Draining);
        var healthy = Where(enabled, origins, static o => o.Health.State != OriginState.Unhealthy).Except(choice.Avoided);
        var room = Where(healthy, origins, static o => !o.Full);
        if (room.IsEmpty)
        {
            var least = LeastLoaded(healthy, origins);
            return least >= 0 || choice.HealthyOnly ? least : LeastUnwell(enabled.Except(healthy), choice);
        }

        var set = OrElse(Admitted(room, origins), room);
        set = LowestPriority(set, origins);
        set = WithinWindow(set, choice);
        set = OrElse(Where(set, origins, static o => o.Health.State != OriginState.Degraded), set);
        return ByWeight(set, origins);
    }

    private static OriginSet OrElse(in OriginSet set, in OriginSet otherwise) => set.IsEmpty ? otherwise : set;

    private static OriginSet Where(in OriginSet set, Origin[] origins, Func<Origin, bool> condition)
    {
        var result = default(OriginSet);
        foreach (var i in set)
        {
            if (condition(origins[i]))
                result.Add(i);
        }

        return result;
    }

    private static int LeastLoaded(in OriginSet set, Origin[] origins)
    {
        var least = -1;
        foreach (var i in set)
        {
            if (!origins[i].Choked && (least < 0 || origins[i].Load < origins[least].Load))
                least = i;
        }

        return least;
    }

    private OriginSet Admitted(in OriginSet set, Origin[] origins)
    {
        var admitted = set;
        foreach (var i in set)
        {
            var share = origins[i].Health.Share;
            if (share < 1 && random.NextDouble() >= share)
                admitted.Remove(i);
        }

        return admitted;
    }

    private static OriginSet LowestPriority(in OriginSet set, Origin[] origins)
    {
        var (lowest, result) = (int.MaxValue, default(OriginSet));
        foreach (var i in set)
        {
            var priority = origins[i].Priority;
            if (priority < lowest)
                (lowest, result) = (priority, default);
            if (priority == lowest)
                result.Add(i);
        }

        return result;
    }

    private OriginSet WithinWindow(in OriginSet set, in Choice choice)
    {
        var fastest = double.MaxValue;
        foreach (var i in set)
            fastest = Math.Min(fastest, LatencyMs(choice, i));
        var result = default(OriginSet);
        foreach (var i in set)
        {
            // A fold between the two looks may have changed it; the fastest of the first look must not be lost with that.
            if (LatencyMs(choice, i) <= fastest + latencyWindowMs)
                result.Add(i);
        }

        return OrElse(result, set);
    }

    private static double LatencyMs(in Choice choice, int i) => 2 * choice.OneWayMs[i] + choice.Origins[i].Latency.EwmaMs;

    /// <summary>Health is an opinion: when all opinions are bad, who has just answered a request comes first, and who takes no
    /// connection last.</summary>
    private static int LeastUnwell(in OriginSet set, in Choice choice)
    {
        var (best, least) = (-1, Ailment.Unreachable);
        foreach (var i in set)
        {
            if (choice.Origins[i].Choked)
                continue;
            var ailment = choice.Origins[i].Ailment;
            if (choice.Avoided.Has(i) && ailment < Ailment.Failing)
                ailment = Ailment.Failing;
            if (best < 0 || ailment < least || (ailment == least && choice.OneWayMs[i] < choice.OneWayMs[best]))
                (best, least) = (i, ailment);
        }

        return best;
    }

    private int ByWeight(in OriginSet set, Origin[] origins)
    {
        var (total, count, last) = (0, 0, -1);
        foreach (var i in set)
        {
            // Each weight could change on the way, by an operator's order: the last one is then as good as any.
            (total, last) = (total + origins[i].Weight, i);
            count++;
        }

        if (count == 1)
            return last;
        var ticket = random.Next(total);
        foreach (var i in set)
        {
            ticket -= origins[i].Weight;
            if (ticket < 0)
                return i;
        }

        return last;
    }
}
