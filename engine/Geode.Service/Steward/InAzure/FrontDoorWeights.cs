using System.Globalization;
using Geode.Foresight.Planning;
using Geode.Topology;

namespace Geode.Service.Steward.InAzure;

/// <summary>What Front Door can do of a plan's steering. It knows no cities: it sends a request to the origins whose latency is within a window
/// of the fastest, by their weights, which are the same for everybody. So shares of a place can be weights where all the geodes that it may go to
/// are within the window there, and all places want the same; the rest is refused.</summary>
internal static class FrontDoorWeights
{
    /// <summary>Most that a weight can be.</summary>
    public const int Most = 1000;

    // Shares that differ by less are the same.
    private const double Tolerance = 0.1;

    /// <param name="planet">With the window, and what is known of delays.</param>
    /// <param name="places">The plan's, all of them: every geode decides the same.</param>
    /// <param name="drained">Regions without traffic.</param>
    /// <param name="region">Whose weight is asked for.</param>
    public static WeightDecision Decide(Planet planet, IReadOnlyList<PlacePlan> places, IReadOnlyList<string> drained, Region region)
    {
        var refused = new List<string>();
        var wanted = new List<(string Place, double Ratio)>();
        foreach (var place in places)
        {
            if (Refusal(planet, place, drained) is { } why)
                refused.Add($"{place.Place}: {why}");
            else if (place.Shares.GetValueOrDefault(region.Name) is > 0 and var share)
                wanted.Add((place.Place, share / place.Shares.Values.Max()));
        }
        if (wanted.Count > 0 && wanted.Max(w => w.Ratio) - wanted.Min(w => w.Ratio) > Tolerance)
        {
            refused.Add($"{string.Join(", ", wanted.Select(w => w.Place))}: they want different parts of {region.Name}, and an origin has one weight for all");
            wanted.Clear();
        }
        return new(wanted.Count == 0 ? null : Math.Clamp((int)Math.Round(Most * wanted.Min(w => w.Ratio)), 1, Most), refused);
    }

    private static string? Refusal(Planet planet, PlacePlan plan, IReadOnlyList<string> drained)
    {
        if (Places.Find(plan.Place) is not { } place)
            return "no place that is known";
        if (plan.Shares.Keys.Except(planet.RegionNames).FirstOrDefault() is { } unknown)
            return $"{unknown} is no region of the planet";
        if (plan.Shares.Values.Any(s => !double.IsFinite(s) || s < 0) || plan.Shares.Values.Sum() is not (> 0.99 and < 1.01))
            return "its shares are no shares";
        // Only those of the lowest priority are looked at while any of them is well.
        var open = planet.Regions.Where(r => !drained.Contains(r.Name)).ToList();
        if (open.Count == 0)
            return "every region is drained";
        var first = open.Where(r => r.Priority == open.Min(o => o.Priority)).Select(r => (r.Name, Ms: RoundTrip(place, r))).ToList();
        var within = first.Where(r => r.Ms - first.Min(f => f.Ms) <= planet.Router.LatencyWindowMs).Select(r => r.Name).ToList();
        if (plan.Shares.FirstOrDefault(s => s.Value > 0 && !within.Contains(s.Key)).Key is { } far)
            return string.Create(CultureInfo.InvariantCulture, $"{far} is not within {planet.Router.LatencyWindowMs:0.#} ms of its fastest geode, so no weight brings anybody there");
        return within.FirstOrDefault(r => plan.Shares.GetValueOrDefault(r) <= 0) is { } unasked
            ? $"{unasked} is to get nobody from there, but is near enough to get its part by weight"
            : null;
    }

    private static double RoundTrip(Place place, Region region) => 2 * Distance.OneWayDelay(place.Location, region.Location).TotalMilliseconds;
}

/// <param name="Weight">1 to 1000; null: as it was before any plan.</param>
/// <param name="Refused">What of the plan Front Door cannot do, by place, and why.</param>
internal sealed record WeightDecision(int? Weight, IReadOnlyList<string> Refused);
