using Geode.Cli.Simulation.World;
using Geode.Foresight.Planning;

namespace Geode.Cli.Simulation.Policies;

/// <summary>The plans of the real planet's planner, over the HTTP scale rule as on the real planet: a plan is a floor for its time.</summary>
internal sealed class PredictivePolicy : IPolicy
{
    private readonly WorldSettings _settings;
    private readonly IReadOnlyList<int> _begin;
    private readonly ReactiveScaling _scaling;
    private readonly PlanetPlanner _planner;
    private readonly DateTimeOffset _epoch;
    private readonly int[] _wanted;
    private readonly int[] _floor;
    private readonly DateTimeOffset?[] _reported;
    private readonly double[] _arrived;
    private readonly double[] _came;
    private readonly double[] _lost;

    /// <param name="settings">The planet.</param>
    /// <param name="begin">Instances at the begin.</param>
    /// <param name="utilisation">Of an instance at which the rule wants another one.</param>
    /// <param name="planner">That may have learned from before.</param>
    /// <param name="epoch">The begin of the simulation, as the planner counts time.</param>
    public PredictivePolicy(WorldSettings settings, IReadOnlyList<int> begin, double utilisation, PlanetPlanner planner, DateTimeOffset epoch)
    {
        (_settings, _begin, _planner, _epoch) = (settings, begin, planner, epoch);
        _scaling = new(settings, utilisation);
        var regions = settings.Planet.Regions.Count;
        (_wanted, _floor, _reported) = ([.. begin], new int[regions], new DateTimeOffset?[regions]);
        (_arrived, _lost, _came) = (new double[regions], new double[regions], new double[settings.Places.Count]);
    }

    public string Name => "predictive";

    public IReadOnlyList<int> Begin() => _begin;

    /// <summary>Places that were steered otherwise, times.</summary>
    public int Steered { get; private set; }

    public void Act(PlanetState state)
    {
        var planned = state.At > TimeSpan.Zero && state.IsDue(_settings.PlanEvery, _settings.Tick);
        if (planned)
            Follow(_planner.Plan(Observe(state), 1), state);
        var wanted = _scaling.Wanted(state);
        for (var region = 0; region < wanted.Length; region++)
        {
            _wanted[region] = wanted[region] ?? _wanted[region];
            if (state.Up[region] && (planned || wanted[region] is not null))
                state.Geodes[region].Set(state.At, Math.Max(_wanted[region], _floor[region]));
        }
    }

    private void Follow(PlanetPlan plan, PlanetState state)
    {
        for (var region = 0; region < _floor.Length; region++)
            _floor[region] = state.Up[region] ? plan.Regions[region].Instances : 0;
        var shares = plan.Places.ToDictionary(p => p.Place, p => p.Shares);
        for (var place = 0; place < _settings.Places.Count; place++)
        {
            var now = shares.GetValueOrDefault(_settings.Places[place].Name);
            if (now is null != state.Routes[place] is null)
                Steered++;
            state.Routes[place] = now;
        }
    }

    private PlanetObservation Observe(PlanetState state)
    {
        var (at, seconds) = (_epoch + state.At, _settings.PlanEvery.TotalSeconds);
        var regions = new RegionObservation[_floor.Length];
        for (var i = 0; i < regions.Length; i++)
        {
            var (region, geode) = (_settings.Planet.Regions[i], state.Geodes[i]);
            if (state.Up[i])
                _reported[i] = at;
            var (arrived, lost) = (state.Arrived[i] - _arrived[i], geode.Lost - _lost[i]);
            (_arrived[i], _lost[i]) = (state.Arrived[i], geode.Lost);
            regions[i] = new(region.Name, _reported[i], arrived / seconds, geode.InFlight, geode.P99 * 1000, arrived > 0 ? Math.Min(1, lost / arrived) : 0,
                null, null, geode.Running, geode.Starting, new(region.MinReplicas, region.MaxReplicas));
        }

        var places = new PlaceObservation[_came.Length];
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = new(_settings.Places[i].Name, (state.Came[i] - _came[i]) / seconds, state.Routes.Delays[i], state.Routes[i]);
            _came[i] = state.Came[i];
        }

        return new(at, regions, places);
    }
}
