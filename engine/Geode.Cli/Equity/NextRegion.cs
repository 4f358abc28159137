using Geode.Cli.Traffic;
using Geode.Topology;

namespace Geode.Cli.Equity;

/// <summary>A region that could be added, and what it would bring.</summary>
internal sealed record NextRegion(AzureRegion Region, Fairness With)
{
    /// <summary>Every Azure region that the planet does not have, the one that helps the slowest place most first; among equals the one with
    /// the shortest mean wait.</summary>
    /// <remarks>Not by the ratio: a region beside the quickest place would make that one quicker still, and so the ratio worse, although
    /// nobody waits longer than before.</remarks>
    public static IReadOnlyList<NextRegion> All(IReadOnlyList<UserGroup> users, IReadOnlyList<(string Name, GeoPoint Location)> regions, double geodeP99Ms) =>
        [.. AzureRegions.All
            .Where(r => regions.All(has => has.Name != r.Name))
            .Select(r => new NextRegion(r, Fairness.Of(CityDelay.Of(users, [.. regions, (r.Name, r.Location)], geodeP99Ms))))
            .OrderBy(n => Math.Round(n.With.Worst.P99Ms, 6)).ThenBy(n => n.With.MeanMs).ThenBy(n => n.Region.Name, StringComparer.Ordinal)];
}
