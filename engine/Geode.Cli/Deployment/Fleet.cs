using Geode.Foresight.Costs;
using Geode.Foresight.Scaling;
using Geode.Topology;

namespace Geode.Cli.Deployment;

/// <summary>The instances of a region in a month, as the Bicep templates deploy them.</summary>
/// <param name="Api">On average.</param>
/// <param name="Worker">Likewise.</param>
/// <param name="Busy">Of the Api's, as many as never idle.</param>
internal sealed record Fleet(double Api, double Worker, double Busy)
{
    /// <summary>Hours of a month: a year's by twelve.</summary>
    public const double Hours = 730;

    /// <summary>What an instance takes, with its collector.</summary>
    public static InstanceShape Shape { get; } = new(1, 2);

    public double Instances => Api + Worker;

    /// <summary><c>busy = requests/s × service time / concurrency</c>; of the Api <c>busy / utilisation</c>, and no fewer than the region wants.</summary>
    /// <param name="perSecond">Requests that the region serves, on average.</param>
    /// <param name="rate">What an instance can do.</param>
    /// <param name="utilisation">Of an instance at which another one comes, 0 to 1.</param>
    public static Fleet Of(Region region, double perSecond, InstanceRate rate, double utilisation)
    {
        var least = region.ZoneRedundant ? Math.Max(RegionFootprints.ZonesOfARegion, region.MinReplicas) : region.MinReplicas;
        var busy = perSecond / rate.PerSecond;
        return new(Math.Max(least, busy / utilisation), region.ZoneRedundant ? Math.Max(RegionFootprints.ZonesOfARegion, region.MinReplicas) : Math.Max(1, region.MinReplicas), busy);
    }
}
