using Geode.Topology;

namespace Geode.Foresight.Planning;

/// <summary>A region's own limits, as <c>geode.json</c> gives them.</summary>
public static class RegionLimitsExtensions
{
    /// <summary>Of a region in Azure: its <c>autonomy</c>, or its replicas where that says nothing.</summary>
    public static RegionLimits Limits(this Region region)
    {
        ArgumentNullException.ThrowIfNull(region);
        return region.Autonomy is { } autonomy
            ? new(autonomy.FloorOf(region), autonomy.CeilingOf(region), PlanActionNames.Parse(autonomy.Accepts))
            : new(region.MinReplicas, region.MaxReplicas);
    }

    /// <summary>Of a region on one machine, which has fewer instances than Azure.</summary>
    public static RegionLimits LimitsHere(this Region region, ScaleSettings scale)
    {
        ArgumentNullException.ThrowIfNull(scale);
        var limits = region.Limits();
        var ceiling = Math.Min(limits.Ceiling, scale.MostOf(region));
        return limits with { Floor = Math.Min(limits.Floor, ceiling), Ceiling = ceiling };
    }
}
