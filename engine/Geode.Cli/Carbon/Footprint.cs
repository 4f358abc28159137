using Geode.Cli.Deployment;
using Geode.Foresight.Costs;
using Geode.Topology;

namespace Geode.Cli.Carbon;

/// <summary>What a month of a planet emits, when each place goes to the cleanest geode within so much more delay than to its nearest.</summary>
/// <param name="ExtraMs">One way, that is given for it; 0: every place goes to its nearest.</param>
/// <param name="Regions">In the planet's order.</param>
/// <param name="MeanMs">There and back, of all requests.</param>
internal sealed record Footprint(double ExtraMs, IReadOnlyList<RegionFootprint> Regions, double MeanMs)
{
    /// <summary>Of the regions that have a figure.</summary>
    public double Kilograms => Regions.Sum(r => r.Kilograms ?? 0);

    /// <param name="settings">What the planet is and does.</param>
    /// <param name="extraMs">One way.</param>
    public static Footprint Of(CarbonSettings settings, double extraMs)
    {
        var regions = settings.Load.Planet.Regions;
        var (perSecond, mean) = (new double[regions.Count], 0.0);
        foreach (var user in settings.Load.Users)
        {
            var ways = regions.Select(r => Distance.OneWayDelay(user.Place.Location, r.Location).TotalMilliseconds).ToArray();
            var chosen = Choose(settings, ways, extraMs);
            perSecond[chosen] += user.Share * settings.Load.PerSecond;
            mean += user.Share * 2 * ways[chosen];
        }

        return new(extraMs, [.. regions.Select((r, i) => RegionFootprint.Of(settings, r, perSecond[i]))], mean);
    }

    // A region whose grid is not known is chosen for its nearness only.
    private static int Choose(CarbonSettings settings, double[] ways, double extraMs)
    {
        var nearest = Array.IndexOf(ways, ways.Min());
        var best = nearest;
        for (var i = 0; i < ways.Length; i++)
        {
            if (ways[i] <= ways[nearest] + extraMs && Grid(i) is { } grid && Grid(best) is { } so && (grid < so || (grid == so && ways[i] < ways[best])))
                best = i;
        }

        return best;

        double? Grid(int region) => settings.Prices.GramsPerHour(settings.Load.Planet.Regions[region].Name, 1);
    }
}

/// <param name="PerSecond">Requests that it serves, on average.</param>
/// <param name="Instances">Of Api and Worker together, on average.</param>
/// <param name="Kilograms">CO₂ equivalent in a month; null: its grid is not known.</param>
internal sealed record RegionFootprint(string Region, double PerSecond, double Instances, double? Kilograms)
{
    /// <summary><c>hours × (Api's instances × grams as busy as they are + Workers × grams at rest) / 1000</c>.</summary>
    public static RegionFootprint Of(CarbonSettings settings, Region region, double perSecond)
    {
        var fleet = Fleet.Of(region, perSecond, settings.Load.Instance, settings.Load.Utilisation);
        var grams = settings.Prices.GramsPerHour(region.Name, fleet.Api > 0 ? fleet.Busy / fleet.Api : 0) * fleet.Api + settings.Prices.GramsPerHour(region.Name, 0) * fleet.Worker;
        return new(region.Name, perSecond, fleet.Instances, grams * Fleet.Hours / 1000);
    }
}

/// <param name="Load">What the planet has to do.</param>
/// <param name="Prices">With the grids' intensities.</param>
internal sealed record CarbonSettings(Workload Load, PlanPrices Prices);
