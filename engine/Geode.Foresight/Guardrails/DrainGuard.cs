using Geode.Foresight.Planning;

namespace Geode.Foresight.Guardrails;

/// <summary>Regions without traffic: few at a time, and never so that what is foreseen would not fit into the others.</summary>
internal static class DrainGuard
{
    public static IReadOnlyList<string> Check(IReadOnlyList<RegionPlan> plans, GuardState state, GuardLimits limits, List<Refusal> refused)
    {
        // Of a region that is planned for twice the first counts.
        var known = plans.Where(plan => plan?.Region is not null && state.Regions.Any(region => region.Region == plan.Region))
            .DistinctBy(plan => plan.Region).ToList();
        var drained = new List<string>();
        // Those that are drained already come first: else two stewards would take turns.
        foreach (var plan in known.Where(plan => plan.Drain).OrderByDescending(plan => state.Drained.Contains(plan.Region)))
        {
            if (Reason(plan, known, drained, state, limits) is { } reason)
                refused.Add(new(plan.Region, reason));
            else
                drained.Add(plan.Region);
        }

        return drained;
    }

    private static string? Reason(RegionPlan plan, List<RegionPlan> known, List<string> drained, GuardState state, GuardLimits limits)
    {
        if (!State(state, plan.Region).Limits.Accepts.HasFlag(PlanActions.Drain))
            return "The region accepts no plan to drain it.";
        if (drained.Count >= limits.MostDrained)
            return $"Not drained: at most {limits.MostDrained} at a time, and that is {string.Join(", ", drained)}.";
        var others = state.Regions.Where(region => region.Region != plan.Region && !drained.Contains(region.Region) && region is { Reports: true, IsWell: true }).ToList();
        if (others.Count == 0)
            return "Not drained: no other geode is well.";
        // Whatever the plan claims that they can serve.
        if (others.Sum(region => (long)region.Running) < State(state, plan.Region).Running)
            return "Not drained: it has more instances than all others.";
        var room = 0.0;
        foreach (var other in others)
        {
            if (Room(known.Find(p => p.Region == other.Region), other) is not { } of)
                return $"Not drained: what {other.Region} can serve is not known.";
            room += of;
        }

        var demand = state.Regions.Sum(region => Demand(known.Find(p => p.Region == region.Region), region));
        return room > 0 && room >= demand ? null : FormattableString.Invariant($"Not drained: the others serve {room:0.#} requests per second, and {demand:0.#} are foreseen.");
    }

    // Of the instances that run now, not of those that are planned.
    private static double? Room(RegionPlan? plan, GuardedRegion region) =>
        plan is { Instances: 0 } ? 0
        : plan is { Instances: > 0 } && double.IsFinite(plan.Capacity) && plan.Capacity > 0
            ? plan.Capacity / plan.Instances * Math.Min(region.Running, plan.Instances)
            : null;

    private static double Demand(RegionPlan? plan, GuardedRegion region)
    {
        var foreseen = plan?.Forecast.Upper ?? 0;
        return Math.Max(region.RequestsPerSecond, double.IsNaN(foreseen) ? double.PositiveInfinity : foreseen);
    }

    private static GuardedRegion State(GuardState state, string region) => state.Regions.First(known => known.Region == region);
}
