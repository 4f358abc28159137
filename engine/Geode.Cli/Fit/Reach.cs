using Geode.Cli.Traffic;
using Geode.Topology;

namespace Geode.Cli.Fit;

/// <summary>What one region alone could do for where requests come from.</summary>
/// <param name="Region">The Azure region that has most requests within the bound; among equals the one with the shortest mean way.</param>
/// <param name="Share">Of all requests that are within the bound of it, 0 to 1.</param>
/// <param name="MeanMs">There and back, over all requests, by <see cref="Distance"/>.</param>
/// <param name="WorstMs">Of the place that is farthest from it.</param>
internal sealed record Reach(AzureRegion Region, double Share, double MeanMs, double WorstMs)
{
    /// <param name="users">Their shares add up to 1.</param>
    /// <param name="boundMs">There and back.</param>
    public static Reach Best(IReadOnlyList<UserGroup> users, double boundMs) => AzureRegions.All
        .Select(region =>
        {
            var ways = users.Select(u => (u.Share, Ms: 2 * Distance.OneWayDelay(u.Place.Location, region.Location).TotalMilliseconds)).ToList();
            return new Reach(region, ways.Where(w => w.Ms <= boundMs).Sum(w => w.Share), ways.Sum(w => w.Share * w.Ms), ways.Max(w => w.Ms));
        })
        .OrderByDescending(r => Math.Round(r.Share, 9)).ThenBy(r => r.MeanMs).ThenBy(r => r.Region.Name, StringComparer.Ordinal)
        .First();
}
