using Geode.Foresight.Anomalies;
using Geode.Foresight.Scaling;

namespace Geode.Foresight.Planning;

/// <summary>Makes plans from observations. It keeps what it has learned of each series, and nothing else: no clock but the observation's.</summary>
/// <remarks>A region without a fresh report is left as it was. For the others: what each will be asked for when instances that are started
/// now will be ready, at the upper end of its forecast; whether one of them is to be drained; where places go (<see cref="PlaceFlows"/>);
/// how many instances that takes (<see cref="Staffing"/>), with room for the loss of a geode (<see cref="SpareForLoss"/>); and slowly down
/// (<see cref="StabilizedCount"/>).</remarks>
public sealed class PlanetPlanner
{
    /// <summary>A geode that may sleep is not kept awake when nothing has come for so long (as with Container Apps, 300 s), and no request is
    /// likely in as long.</summary>
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, RegionState> _regions = [];
    private readonly HealthWatch _health;
    private readonly DrainChoice _drain = new();
    private readonly PlaceFlows _flows;
    private long _number;

    /// <param name="settings">The target, and how long things take.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting makes no sense.</exception>
    public PlanetPlanner(PlannerSettings settings)
    {
        settings.Check();
        Settings = settings;
        _health = new(new(settings.Step, settings.Day));
        _flows = new(settings);
    }

    /// <summary>What it was made with.</summary>
    public PlannerSettings Settings { get; }

    /// <summary>Takes only the regions' loads of a time that is past, as from a record: what is learned from them shapes later plans.</summary>
    /// <param name="observation">Later than the one before.</param>
    public void Learn(PlanetObservation observation)
    {
        foreach (var region in observation.Regions.Where(r => r.ReportedAt is not null))
            State(region.Region).Load.Observe(region.ReportedAt!.Value, region.RequestsPerSecond);
    }

    /// <summary>Learns from the observation, and plans for the time when what is started now will be ready.</summary>
    /// <param name="observation">Later than the one before.</param>
    /// <param name="fence">Of the lease under which this is done.</param>
    public PlanetPlan Plan(PlanetObservation observation, long fence)
    {
        _flows.Observe(observation);
        var works = observation.Regions.Select(region => Look(region, observation)).ToArray();
        _drain.Apply(works, RunningCapacity);
        _flows.Expect(works);
        Scale(works, observation.At);
        var places = _flows.Plan(works, WakingCapacity);
        var reports = works.Where(w => w.Reports).Select(w => w.Seen.ReportedAt!.Value).ToArray();
        return new(fence, ++_number, observation.At, reports.Length > 0 ? reports.Min() : observation.At, reports.Length, [.. works.Select(Planned)], places);
    }

    private RegionWork Look(RegionObservation region, PlanetObservation observation)
    {
        var state = State(region.Region);
        if (region.ReportedAt is not { } reported || observation.At - reported > Settings.StaleAfter)
        {
            var silent = new RegionWork(region, state, false, new(1, [], true));
            silent.Reasons.Add(region.ReportedAt is null ? "left as it is: it has never reported" : FormattableString.Invariant($"left as it is: silent for {(observation.At - region.ReportedAt.Value).TotalSeconds:0} s"));
            return silent;
        }

        // What is steered elsewhere, or all of it, is not missed here.
        double? expected = state.Load.IsKnown && !_drain.IsDrained(region.Region)
            ? Math.Max(0, state.Load.At(Settings.Step).Value - _flows.SteeredAway(region.Region))
            : null;
        state.Observe(region, Math.Max(0, region.RequestsPerSecond + _flows.SteeredAway(region.Region)));
        var work = new RegionWork(region, state, true, _health.Observe(region, expected)) { Forecast = state.Load.At(Settings.Ready) };
        work.Upper = work.Expected = state.Load.Upper(Settings.Ready);
        return work;
    }

    private RegionState State(string region)
    {
        if (!_regions.TryGetValue(region, out var state))
            _regions[region] = state = new(Settings);
        return state;
    }

    private void Scale(IReadOnlyList<RegionWork> works, DateTimeOffset at)
    {
        var planned = works.Where(w => w.Reports).ToArray();
        foreach (var work in planned)
            work.Instances = MaySleep(work, at) ? 0 : Staffing.Instances(work.Expected, work.State.Instance, Settings.Target);
        if (Settings.SurviveLoss && planned.Length > 1)
            AddSpare(planned);
        foreach (var work in planned)
            Settle(work, at);
    }

    // The next request wakes it. A floor for what may come at most would keep it from sleep for hours after the last one.
    private static bool MaySleep(RegionWork work, DateTimeOffset at) =>
        work.Seen.Limits.Floor == 0 && at - work.State.BusyAt >= Idle && work.Forecast.Value * Idle.TotalSeconds < 1 && work.Expected <= work.Upper;

    private void AddSpare(RegionWork[] works)
    {
        var (counts, notCovered) = SpareForLoss.Add([.. works.Select(w => new GeodeLoad(
            w.Seen.Region, w.Expected, w.State.Instance.PerSecond * Settings.Target.Utilisation, w.Instances,
            w.Accepts(PlanActions.Scale) && w.Instances > 0 ? w.Seen.Limits.Ceiling : Math.Min(w.Seen.Limits.Ceiling, w.Instances),
            Settings.Prices?.DollarsPerHour(w.Seen.Region) ?? 1))]);
        for (var i = 0; i < works.Length; i++)
        {
            if (counts[i] > works[i].Instances)
                works[i].Reasons.Add(FormattableString.Invariant($"{counts[i] - works[i].Instances} more than its own load needs: room for the loss of another geode"));
            works[i].Instances = Math.Max(works[i].Instances, counts[i]);
            if (notCovered.Contains(works[i].Seen.Region))
                works[i].Reasons.Add(works.Any(w => w != works[i] && w.Instances == 0)
                    ? "the others have no room for its load if it is lost, unless those that sleep are woken"
                    : "the others have no room for its load if it is lost, within their most instances");
        }
    }

    /// <summary>Slowly down, within the region's own limits, and in words.</summary>
    private static void Settle(RegionWork work, DateTimeOffset at)
    {
        var (seen, limits, needed) = (work.Seen, work.Seen.Limits, work.Instances);
        var there = seen.Running + seen.Starting;
        var held = work.State.Count.Next(at, needed);
        work.Instances = Math.Clamp(held, limits.Floor, Math.Max(limits.Floor, limits.Ceiling));
        if (!work.Accepts(PlanActions.Scale))
        {
            if (work.Instances != there)
                work.Reasons.Add($"would have {work.Instances} instances, but does not accept plans for them");
            work.Instances = there;
        }
        else if (work.Instances > there)
            work.Reasons.Add(FormattableString.Invariant($"from {there} to {work.Instances} instances: up to {work.Expected:0.#} requests/s are expected when they are ready, {work.Forecast.Value:0.#} likely; one serves {work.State.Instance.PerSecond:0.#} when never idle"));
        else if (work.Instances < there)
            work.Reasons.Add(FormattableString.Invariant($"from {there} to {work.Instances} instances: up to {work.Expected:0.#} requests/s are expected"));
        if (needed > limits.Ceiling)
            work.Reasons.Add($"needs {needed} instances and may have {limits.Ceiling}");
    }

    private double RunningCapacity(RegionWork work) => Staffing.Capacity(Math.Max(0, work.Seen.Running), work.State.Instance, Settings.Target);

    // One that sleeps is no reason to send its clients elsewhere: they wake it.
    private double WakingCapacity(RegionWork work) =>
        work.Seen is { Running: 0, Limits.Floor: 0 } ? Staffing.Capacity(1, work.State.Instance, Settings.Target) : RunningCapacity(work);

    private RegionPlan Planned(RegionWork work) => new(
        work.Seen.Region, work.Instances, work.Drain, work.Forecast,
        work.Reports ? Staffing.Capacity(Math.Max(0, work.Instances), work.State.Instance, Settings.Target) : 0, work.Health.Health, work.Reasons);
}
