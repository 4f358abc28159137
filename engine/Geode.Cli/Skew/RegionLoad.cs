using Geode.Cli.Traffic;
using Geode.Topology;

namespace Geode.Cli.Skew;

/// <summary>What a region carries when every place goes to its nearest.</summary>
/// <param name="Share">Of all requests, 0 to 1.</param>
/// <param name="Places">How many go there.</param>
internal sealed record RegionLoad(string Region, double Share, int Places)
{
    /// <summary>Of every region, the heaviest first.</summary>
    public static IReadOnlyList<RegionLoad> Of(IReadOnlyList<UserGroup> users, Planet planet)
    {
        var nearest = users.ToLookup(u => Nearest(u.Place, planet), u => u.Share);
        return [.. planet.Regions.Select(r => new RegionLoad(r.Name, nearest[r.Name].Sum(), nearest[r.Name].Count())).OrderByDescending(r => r.Share).ThenBy(r => r.Region, StringComparer.Ordinal)];
    }

    /// <summary>The region that a place goes to.</summary>
    public static string Nearest(Place place, Planet planet) => planet.Regions.MinBy(r => Distance.OneWayDelay(place.Location, r.Location))!.Name;
}
