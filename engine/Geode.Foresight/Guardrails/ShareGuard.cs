using Geode.Foresight.Planning;

namespace Geode.Foresight.Guardrails;

/// <summary>Where a place's requests go: only between regions that accept it, a step at a time, and never all away from a geode that is well.</summary>
internal static class ShareGuard
{
    private const double Rounding = 1e-6;

    public static IReadOnlyList<PlacePlan> Check(
        IReadOnlyList<PlacePlan> plans, GuardState state, GuardLimits limits, IReadOnlyList<string> drained, List<Refusal> refused)
    {
        var wanted = new Dictionary<string, PlacePlan>();
        foreach (var plan in plans)
        {
            if (plan?.Place is not { Length: > 0 } place)
                refused.Add(new(Refusal.WholePlan, "A part of it names no place."));
            else if (!state.Nearest.ContainsKey(place))
                refused.Add(new(Words.Short(place), "No place has that name."));
            else if (wanted.ContainsKey(place))
                refused.Add(new(place, "It is planned for twice; the first counts."));
            else if (Reason(plan, state) is { } reason)
                refused.Add(new(place, reason));
            else
                wanted[place] = plan;
        }

        // A place that is steered now and not in the plan goes back to the nearest, a step at a time too.
        return
        [
            .. state.Nearest.Keys.Where(place => wanted.ContainsKey(place) || state.Shares.ContainsKey(place)).Order(StringComparer.Ordinal)
                .Select(place => Step(place, wanted.GetValueOrDefault(place), state, limits, drained, refused)).OfType<PlacePlan>(),
        ];
    }

    private static string? Reason(PlacePlan plan, GuardState state)
    {
        if (plan.Shares is not { Count: > 0 } shares)
            return "It has no shares.";
        if (shares.Keys.FirstOrDefault(name => state.Regions.All(region => region.Region != name)) is { } unknown)
            return $"No region of this planet is named '{Words.Short(unknown)}'.";
        if (shares.Values.Any(share => !double.IsFinite(share) || share < 0 || share > 1))
            return "A share is a number from 0 to 1.";
        if (Math.Abs(shares.Values.Sum() - 1) > 0.001)
            return "Its shares do not add up to 1.";
        var own = state.Regions.FirstOrDefault(region =>
            !region.Limits.Accepts.HasFlag(PlanActions.Steer)
            && Math.Abs(shares.GetValueOrDefault(region.Region) - Of(state.Nearest[plan.Place], region.Region)) > Rounding);
        return own is null ? null : $"{own.Region} accepts no plan for where clients go.";
    }

    private static PlacePlan? Step(
        string place, PlacePlan? plan, GuardState state, GuardLimits limits, IReadOnlyList<string> drained, List<Refusal> refused)
    {
        var nearest = state.Nearest[place];
        var before = Now(place, state);
        var target = plan is null ? new Dictionary<string, double> { [nearest] = 1 } : Whole(plan.Shares);
        KeepNearest(place, nearest, target, state, limits, drained, refused);
        var names = before.Keys.Union(target.Keys).ToList();
        var farthest = names.Max(name => Math.Abs(target.GetValueOrDefault(name) - before.GetValueOrDefault(name)));
        // All shares by the same part of the way, so that they still add up to 1.
        var part = farthest > limits.MostShareMoved ? limits.MostShareMoved / farthest : 1;
        if (part < 1)
            refused.Add(new(place, FormattableString.Invariant($"A step towards its shares: at most {limits.MostShareMoved} at a time.")));
        var shares = names.Select(name => (Name: name, Share: Between(before.GetValueOrDefault(name), target.GetValueOrDefault(name), part)))
            .Where(share => share.Share > Rounding).ToDictionary(share => share.Name, share => share.Share);
        return shares.Count == 1 && shares.ContainsKey(nearest) ? null : new(place, shares, Words.Short(plan?.Reason ?? "Back to the nearest."));
    }

    private static double Between(double from, double to, double part) => part < 1 ? from + part * (to - from) : to;

    // A geode that gets nothing cannot be seen to be well.
    private static void KeepNearest(
        string place, string nearest, Dictionary<string, double> target, GuardState state, GuardLimits limits, IReadOnlyList<string> drained,
        List<Refusal> refused)
    {
        var own = target.GetValueOrDefault(nearest);
        var isWell = state.Regions.FirstOrDefault(region => region.Region == nearest) is { Reports: true, IsWell: true };
        if (own >= limits.LeastShare || !isWell || drained.Contains(nearest))
            return;
        foreach (var name in target.Keys.Where(name => name != nearest).ToList())
            target[name] *= (1 - limits.LeastShare) / (1 - own);
        target[nearest] = limits.LeastShare;
        refused.Add(new(place, FormattableString.Invariant($"{nearest} is well and keeps {limits.LeastShare}.")));
    }

    private static IReadOnlyDictionary<string, double> Now(string place, GuardState state) =>
        state.Shares.TryGetValue(place, out var shares) ? shares : new Dictionary<string, double> { [state.Nearest[place]] = 1 };

    private static Dictionary<string, double> Whole(IReadOnlyDictionary<string, double> shares)
    {
        var sum = shares.Values.Sum();
        return shares.ToDictionary(share => share.Key, share => share.Value / sum);
    }

    private static double Of(string nearest, string region) => nearest == region ? 1 : 0;
}
