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
        var healthy = Where(enabled, origins, choice.AwakeOnly ? static o => o.Takes && !o.IsAsleep : static o => o.Takes).Except(choice.Avoided);
        var room = Where(healthy, origins, static o => !o.Full);
        return room.IsEmpty ? OfNoneWithRoom(choice, enabled, healthy) : Of(room, choice);
    }

    /// <summary>As near as the sleeper by the latency window and its equal in priority; if it has no room, then because nobody near has.</summary>
    public int Awake(in Choice choice, int sleeper)
    {
        var origins = choice.Origins;
        var latest = LatencyMs(choice, sleeper) + latencyWindowMs;
        var near = default(OriginSet);
        foreach (var i in OriginSet.All(origins.Length).Except(choice.Tried).Except(choice.Avoided))
        {
            if (origins[i] is { Draining: false, IsAsleep: false, Takes: true, Choked: false } origin
                && origin.Priority == origins[sleeper].Priority && LatencyMs(choice, i) <= latest)
                near.Add(i);
        }

        var room = Where(near, origins, static o => !o.Full);
        return room.IsEmpty ? LeastLoaded(near, origins) : Of(room, choice);
    }

    private int Of(in OriginSet room, in Choice choice)
    {
        var origins = choice.Origins;
        var set = OrElse(Admitted(room, origins), room);
        set = LowestPriority(set, origins);
        set = WithinWindow(set, choice);
        set = OrElse(Where(set, origins, static o => o.State != OriginState.Degraded), set);
        return ByWeight(set, origins);
    }

    private int OfNoneWithRoom(in Choice choice, in OriginSet enabled, in OriginSet healthy)
    {
        var origins = choice.Origins;
        var least = LeastLoaded(healthy, origins);
        if (least >= 0 || choice.HealthyOnly)
            return least;
        // What only a plan keeps back is better than what is unwell: a plan may never leave nobody.
        var spared = Where(OriginSet.All(origins.Length).Except(choice.Tried), origins, static o => o.DrainedByPlanAlone);
        var spare = Where(spared, origins, static o => o is { Takes: true, IsAsleep: false, Full: false }).Except(choice.Avoided);
        if (!spare.IsEmpty)
            return Of(spare, choice);
        least = LeastUnwell(enabled.Except(healthy), choice) is var unwell and >= 0 ? unwell : LeastUnwell(spared, choice);
        return least >= 0 || choice.AwakeOnly ? least : NearestAsleep(OriginSet.All(origins.Length).Except(choice.Tried), choice);
    }

    /// <summary>Waking it has just failed; but nobody else is left.</summary>
    private static int NearestAsleep(in OriginSet set, in Choice choice)
    {
        var nearest = -1;
        foreach (var i in set)
        {
            if (choice.Origins[i] is { IsAsleep: true, DrainedByPerson: false, Sleep.CanBeAsked: true } && (nearest < 0 || choice.OneWayMs[i] < choice.OneWayMs[nearest]))
                nearest = i;
        }

        return nearest;
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

    // One that is cold gives way to warmer ones. Where all are as cold, as on a planet that has just started, nobody is spared by going far.
    private OriginSet Admitted(in OriginSet set, Origin[] origins)
    {
        var (coldest, warmest) = (1.0, 0.0);
        foreach (var i in set)
        {
            var share = origins[i].Share;
            (coldest, warmest) = (Math.Min(coldest, share), Math.Max(warmest, share));
        }

        if (coldest >= warmest)
            return set;
        var admitted = set;
        foreach (var i in set)
        {
            var share = origins[i].Share;
            if (share < warmest && random.NextDouble() * warmest >= share)
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

    private static double LatencyMs(in Choice choice, int i) => 2 * choice.OneWayMs[i] + choice.Origins[i].EwmaMs;

    /// <summary>Health is an opinion: when all opinions are bad, who has just answered a request comes first, and who takes no
    /// connection last.</summary>
    private static int LeastUnwell(in OriginSet set, in Choice choice)
    {
        var (best, least) = (-1, Ailment.Unreachable);
        foreach (var i in set)
        {
            if (choice.Origins[i].Choked || choice.Origins[i].IsAsleep)
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
