using Geode.Router.Health;

namespace Geode.Router.Origins;

/// <summary>What several instances are as one origin. Only those count that are not unhealthy, unless all are.</summary>
internal static class OriginTogether
{
    /// <summary>The best of them.</summary>
    public static OriginState State(OriginInstance[] instances)
    {
        var best = OriginState.Unhealthy;
        foreach (var instance in instances)
        {
            var state = instance.Health.State;
            if (state == OriginState.Healthy)
                return state;
            if (Rank(state) < Rank(best))
                best = state;
        }

        return best;
    }

    public static Ailment Ailment(OriginInstance[] instances)
    {
        var least = Health.Ailment.Unreachable;
        foreach (var instance in instances)
            least = instance.Ailment < least ? instance.Ailment : least;
        return least;
    }

    /// <summary>Whether it holds for each of them.</summary>
    public static bool All(OriginInstance[] instances, Func<OriginInstance, bool> condition)
    {
        var (any, allOfAny) = (false, instances.Length > 0);
        foreach (var instance in instances)
        {
            var holds = condition(instance);
            allOfAny &= holds;
            if (!IsUsable(instance))
                continue;
            if (!holds)
                return false;
            any = true;
        }

        return any || allOfAny;
    }

    public static double Load(OriginInstance[] instances)
    {
        var (working, limit) = (0, 0);
        foreach (var instance in instances)
        {
            if (IsUsable(instance))
                (working, limit) = (working + instance.InFlight.Working, limit + instance.Limit.Current);
        }

        return limit > 0 ? (double)working / limit : 0;
    }

    /// <summary>The best of them: one that is warm can take all.</summary>
    public static double Share(OriginInstance[] instances)
    {
        var (share, any) = (0.0, false);
        foreach (var instance in instances)
        {
            if (!IsUsable(instance))
                continue;
            (share, any) = (Math.Max(share, instance.Health.Share), true);
            if (share >= 1)
                return 1;
        }

        return any ? share : 1;
    }

    /// <summary>The mean: what a request may expect, whichever it gets.</summary>
    public static double EwmaMs(OriginInstance[] instances)
    {
        var (sum, count) = (0.0, 0);
        foreach (var instance in instances)
        {
            if (IsUsable(instance) && instance.Latency.EwmaMs > 0)
                (sum, count) = (sum + instance.Latency.EwmaMs, count + 1);
        }

        return count > 0 ? sum / count : 0;
    }

    private static bool IsUsable(OriginInstance instance) => instance.Health.State != OriginState.Unhealthy;

    private static int Rank(OriginState state) => state switch
    {
        OriginState.Healthy => 0,
        OriginState.Degraded => 1,
        OriginState.Unknown => 2,
        _ => 3,
    };
}
