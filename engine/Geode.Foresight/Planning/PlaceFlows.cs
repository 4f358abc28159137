using Geode.Foresight.Costs;
using Geode.Foresight.Scaling;
using Geode.Foresight.Steering;

namespace Geode.Foresight.Planning;

/// <summary>What comes from where, and where it is to go: joins the places' loads with the regions' room.</summary>
internal sealed class PlaceFlows(PlannerSettings settings)
{
    private readonly Dictionary<string, PlaceState> _states = [];
    private readonly Dictionary<string, double> _steeredAway = [];
    private readonly SteeringPlanner _planner = new(settings.Steering);
    private (PlaceObservation Place, string Nearest, double Expected)[] _places = [];

    /// <summary>Takes what came from each place.</summary>
    public void Observe(PlanetObservation observation)
    {
        _steeredAway.Clear();
        _places = [.. observation.Places.Select(p => Take(p, observation.At)).OfType<(PlaceObservation, string, double)>()];
    }

    /// <summary>Requests per second that would come to the region if nothing were steered, beyond those that do; may be below 0.</summary>
    public double SteeredAway(string region) => _steeredAway.GetValueOrDefault(region);

    /// <summary>How the load of regions changes by a plan for which each could have its most instances.</summary>
    public void Expect(IReadOnlyList<RegionWork> works)
    {
        var byRegion = works.ToDictionary(w => w.Seen.Region);
        foreach (var place in Plan(works, w => Staffing.Capacity(Math.Max(1, w.Seen.Limits.Ceiling), w.State.Instance, settings.Target)))
        {
            var (_, nearest, expected) = _places.First(p => p.Place.Place == place.Place);
            byRegion[nearest].Expected -= expected;
            foreach (var (region, share) in place.Shares)
                byRegion[region].Expected += expected * share;
        }

        foreach (var work in works)
            work.Expected = Math.Max(0, work.Expected);
    }

    /// <summary>Shares for what regions can serve.</summary>
    /// <param name="works">All regions.</param>
    /// <param name="capacity">Of a region, requests per second.</param>
    public IReadOnlyList<PlacePlan> Plan(IReadOnlyList<RegionWork> works, Func<RegionWork, double> capacity)
    {
        var byRegion = works.ToDictionary(w => w.Seen.Region);
        // Who may not be steered away from stays, and takes its room.
        var places = _places.Where(p => byRegion.TryGetValue(p.Nearest, out var w) && w.Accepts(PlanActions.Steer)).ToArray();
        var own = places.GroupBy(p => p.Nearest, p => p.Expected).ToDictionary(g => g.Key, g => g.Sum());
        var come = places.GroupBy(p => p.Nearest, p => p.Place.RequestsPerSecond).ToDictionary(g => g.Key, g => g.Sum());
        var room = works.ToDictionary(w => w.Seen.Region, w => Room(w, come.GetValueOrDefault(w.Seen.Region), capacity(w)));
        if (settings.Steering.Preference == SteeringPreference.Latency && works.All(w => w.Closed is null || !own.ContainsKey(w.Seen.Region))
            && own.All(load => load.Value <= room[load.Key]))
            return [];
        return _planner.Plan(
            [.. places.Select(p => new SteeringSource(p.Place.Place, p.Expected, p.Place.OneWayMilliseconds))],
            [.. works.Select(w => new SteeringTarget(w.Seen.Region, room[w.Seen.Region], Price(w), w.Closed))]);
    }

    /// <summary>What comes to a region from elsewhere than its own places stays there.</summary>
    private static double Room(RegionWork work, double fromItsPlaces, double capacity)
    {
        if (!work.Accepts(PlanActions.Steer))
            return 0;
        var others = Math.Max(0, work.State.Load.Now - fromItsPlaces);
        return Math.Max(0, capacity * work.Trust - others);
    }

    /// <summary>Of a thousand requests, in what is preferred.</summary>
    private double? Price(RegionWork work)
    {
        var hours = 1000 / (3600 * work.State.Instance.PerSecond * settings.Target.Utilisation);
        return settings.Steering.Preference switch
        {
            SteeringPreference.Carbon => settings.Prices?.GramsPerHour(work.Seen.Region, settings.Target.Utilisation) * hours,
            SteeringPreference.Cost => settings.Prices?.DollarsPerHour(work.Seen.Region) * hours,
            _ => null,
        };
    }

    private (PlaceObservation, string, double)? Take(PlaceObservation place, DateTimeOffset at)
    {
        if (!double.IsFinite(place.RequestsPerSecond) || place.RequestsPerSecond < 0)
            return null;
        if (!_states.TryGetValue(place.Place, out var state))
            _states[place.Place] = state = new(settings);
        if (state.Nearest(place) is not { } nearest)
            return null;
        state.Load.Observe(at, place.RequestsPerSecond);
        if (place.Shares is { } shares)
        {
            _steeredAway[nearest] = _steeredAway.GetValueOrDefault(nearest) + place.RequestsPerSecond;
            foreach (var (region, share) in shares)
                _steeredAway[region] = _steeredAway.GetValueOrDefault(region) - place.RequestsPerSecond * share;
        }

        return (place, nearest, Math.Max(state.Load.Now, state.Load.At(settings.Ready).Value));
    }
}
