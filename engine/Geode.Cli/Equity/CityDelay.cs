using Geode.Cli.Traffic;
using Geode.Topology;

namespace Geode.Cli.Equity;

/// <summary>How long the requests of a place take.</summary>
/// <param name="Region">The geode that is nearest to it.</param>
/// <param name="P99Ms">Of 100 requests 99 are answered within it: the way there and back, and what the geode takes.</param>
internal sealed record CityDelay(UserGroup Users, string Region, double P99Ms)
{
    /// <summary>Of each place, the slowest first.</summary>
    /// <param name="geodeP99Ms">What a geode itself takes, at the 99th percentile.</param>
    public static IReadOnlyList<CityDelay> Of(IReadOnlyList<UserGroup> users, IReadOnlyList<(string Name, GeoPoint Location)> regions, double geodeP99Ms) =>
        [.. users
            .Select(u =>
            {
                var (name, ms) = regions.Select(r => (r.Name, Ms: 2 * Distance.OneWayDelay(u.Place.Location, r.Location).TotalMilliseconds)).MinBy(r => r.Ms);
                return new CityDelay(u, name, ms + geodeP99Ms);
            })
            .OrderByDescending(c => c.P99Ms).ThenBy(c => c.Users.Place.Name, StringComparer.Ordinal)];
}
