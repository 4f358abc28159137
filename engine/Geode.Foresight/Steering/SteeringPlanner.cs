using Geode.Foresight.Planning;

namespace Geode.Foresight.Steering;

/// <summary>Which share of each place's requests goes to which geode: the least delay for all together, or within a stated extra delay the least
/// cost or carbon, and never more than a geode has room for. A transportation problem, solved exactly.</summary>
/// <param name="settings">What is preferred.</param>
public sealed class SteeringPlanner(SteeringSettings settings)
{
    // Costs in three ranks, a thousand times apart at least: outside of the allowed delay, then what is preferred, then milliseconds.
    private const double PreferenceRank = 1e5;
    private const double OutsideRank = 1e8;
    private const double LeastShare = 0.005;

    /// <summary>Plans for all places at once.</summary>
    /// <returns>Only places of which a share does not go to the nearest geode. What finds no room anywhere stays at the nearest one that is
    /// open: the plan cannot help it, and must not move trouble to others.</returns>
    public IReadOnlyList<PlacePlan> Plan(IReadOnlyList<SteeringSource> places, IReadOnlyList<SteeringTarget> geodes)
    {
        var open = geodes.Where(g => g.Closed is null).ToArray();
        var able = places.Where(p => p.Expected > 0 && geodes.Any(g => Delay(p, g) is not null) && open.Any(g => Delay(p, g) is not null)).ToArray();
        if (able.Length == 0)
            return [];
        var nearest = able.Select(p => geodes.Where(g => Delay(p, g) is not null).MinBy(g => Delay(p, g))!).ToArray();
        if (AllFit(able, nearest))
            return [];

        var cost = new double[able.Length, open.Length];
        for (var p = 0; p < able.Length; p++)
            for (var g = 0; g < open.Length; g++)
                cost[p, g] = Cost(able[p], open[g], nearest[p], open);
        var flow = TransportProblem.Solve([.. able.Select(p => p.Expected)], [.. open.Select(g => Math.Max(0, g.Room))], cost);
        return [.. able.Select((p, i) => Shares(p, i, flow, open, nearest[i])).OfType<PlacePlan>()];
    }

    /// <summary>Most of the time nothing is to be solved.</summary>
    private bool AllFit(SteeringSource[] places, SteeringTarget[] nearest)
    {
        if (settings.Preference != SteeringPreference.Latency || nearest.Any(g => g.Closed is not null))
            return false;
        var loads = places.Zip(nearest).GroupBy(pair => pair.Second, pair => pair.First.Expected);
        return loads.All(load => load.Sum() <= load.Key.Room);
    }

    private double Cost(SteeringSource place, SteeringTarget geode, SteeringTarget nearest, SteeringTarget[] open)
    {
        if (Delay(place, geode) is not { } delay)
            return double.PositiveInfinity;
        var extra = Math.Max(0, delay - Delay(place, nearest)!.Value);
        if (settings.Preference == SteeringPreference.Latency)
            return extra;
        if (geode == nearest && geode.Price is null)
            return extra;
        if (extra > settings.ExtraMilliseconds)
            return OutsideRank + extra;
        // A geode whose price is not known is never preferred, and never the reason to leave the nearest one.
        var dearest = open.Max(g => g.Price) ?? 0;
        var share = geode.Price is { } price && nearest.Price is not null ? dearest > 0 ? price / dearest : 0 : 1.5;
        return PreferenceRank * share + extra;
    }

    private PlacePlan? Shares(SteeringSource place, int row, double[,] flow, SteeringTarget[] open, SteeringTarget nearest)
    {
        var shares = open.Select((g, i) => (Geode: g, Share: flow[row, i] / place.Expected)).Where(s => s.Share >= LeastShare).ToList();
        var placed = shares.Sum(s => s.Share);
        var left = 1 - placed;
        var home = nearest.Closed is null ? nearest : open.Where(g => Delay(place, g) is not null).MinBy(g => Delay(place, g))!;
        if (left > 0)
        {
            var at = shares.FindIndex(s => s.Geode == home);
            if (at >= 0)
                shares[at] = (home, shares[at].Share + left);
            else
                shares.Add((home, left));
        }

        if (shares is [(var only, _)] && only == nearest)
            return null;
        var named = shares.OrderByDescending(s => s.Share).ToDictionary(s => s.Geode.Region, s => s.Share);
        return new(place.Place, named, Reason(place, nearest, [.. shares.Where(s => s.Geode != nearest)], left > LeastShare * open.Length));
    }

    private string Reason(SteeringSource place, SteeringTarget nearest, IReadOnlyList<(SteeringTarget Geode, double Share)> moved, bool overflows)
    {
        var to = string.Join(" and ", moved.OrderByDescending(m => m.Share).Select(m =>
            FormattableString.Invariant($"{m.Share:0 %} to {m.Geode.Region} (+{Delay(place, m.Geode) - Delay(place, nearest):0} ms)")));
        var why = nearest.Closed is { } closed
            ? $"{nearest.Region} {closed}"
            : moved.All(m => IsPreferred(place, m.Geode, nearest))
                ? FormattableString.Invariant($"{Preferred(moved[0].Geode, nearest)}, within {settings.ExtraMilliseconds:0} ms")
                : FormattableString.Invariant($"{nearest.Region} has room for {nearest.Room:0.#} requests/s");
        return overflows ? $"{to}: {why}; the planet has no room for all of it" : $"{to}: {why}";
    }

    private bool IsPreferred(SteeringSource place, SteeringTarget geode, SteeringTarget nearest) =>
        settings.Preference != SteeringPreference.Latency && geode.Price < nearest.Price
        && Delay(place, geode) - Delay(place, nearest) <= settings.ExtraMilliseconds;

    private string Preferred(SteeringTarget geode, SteeringTarget nearest) => settings.Preference == SteeringPreference.Carbon
        ? FormattableString.Invariant($"{geode.Region} emits {geode.Price:0.##} g CO₂e for a thousand requests, {nearest.Region} {nearest.Price:0.##}")
        : FormattableString.Invariant($"{geode.Region} costs ${geode.Price:0.####} for a thousand requests, {nearest.Region} ${nearest.Price:0.####}");

    private static double? Delay(SteeringSource place, SteeringTarget geode) =>
        place.OneWayMilliseconds.TryGetValue(geode.Region, out var delay) ? delay : null;
}
