using Geode.Foresight.Planning;

namespace Geode.Foresight.Guardrails;

/// <summary>Instances: within the region's own limits, and at most a step away.</summary>
internal static class FloorGuard
{
    private const int MostInstances = 1000;

    public static IReadOnlyDictionary<string, int> Check(
        IReadOnlyList<RegionPlan> plans, GuardState state, GuardLimits limits, List<Refusal> refused)
    {
        var floors = new Dictionary<string, int>();
        foreach (var plan in plans)
        {
            if (Region(plan, state, floors.Keys, refused) is not { } region)
                continue;
            if (!region.Limits.Accepts.HasFlag(PlanActions.Scale))
                refused.Add(new(region.Region, "The region accepts no plan for its instances."));
            else if (plan.Instances is < 0 or > MostInstances)
                refused.Add(new(region.Region, $"{plan.Instances} instances are none that there can be."));
            else
                floors[region.Region] = Step(plan.Instances, region, limits, refused);
        }

        return floors;
    }

    private static GuardedRegion? Region(RegionPlan? plan, GuardState state, IEnumerable<string> done, List<Refusal> refused)
    {
        if (plan?.Region is not { Length: > 0 } name)
            refused.Add(new(Refusal.WholePlan, "A part of it names no region."));
        else if (state.Regions.FirstOrDefault(known => known.Region == name) is not { } region)
            refused.Add(new(Words.Short(name), "No region of this planet has that name."));
        else if (done.Contains(name))
            refused.Add(new(name, "It is planned for twice; the first counts."));
        else
            return region;
        return null;
    }

    private static int Step(int wanted, GuardedRegion region, GuardLimits limits, List<Refusal> refused)
    {
        var now = Math.Clamp(Math.Max(region.Running, region.Floor ?? 0), 0, MostInstances);
        var most = Math.Max((int)(now * limits.MostGrowth), now + limits.MostAdded);
        var least = region.Floor is { } floor ? floor - Math.Max(1, (int)(floor * limits.MostShrunk)) : 0;
        var stepped = Math.Clamp(wanted, Math.Min(least, most), most);
        if (stepped != wanted)
            refused.Add(new(region.Region, $"{stepped} instances, not {wanted}: that is as far as one step goes from {(stepped < wanted ? now : region.Floor)}."));

        // Its own word counts for more than any step.
        var (low, high) = (Math.Max(0, region.Limits.Floor), Math.Max(region.Limits.Floor, region.Limits.Ceiling));
        var within = Math.Clamp(stepped, low, Math.Max(low, high));
        if (within != stepped)
            refused.Add(new(region.Region, $"{within} instances, not {stepped}: the region allows {low} to {high}."));
        return within;
    }
}
