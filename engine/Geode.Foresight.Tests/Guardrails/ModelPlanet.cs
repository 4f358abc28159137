using Geode.Foresight.Guardrails;
using Geode.Foresight.Planning;

namespace Geode.Foresight.Tests.Guardrails;

/// <summary>A planet on paper: guarded plans are applied to it one after the other, and after each it is looked whether a guardrail was crossed.</summary>
internal sealed class ModelPlanet
{
    private const double Rounding = 1e-5;
    private static readonly string[] Places = ["amsterdam", "newyork", "singapore", "sydney", "lima"];

    private readonly GuardLimits _limits = new();
    private readonly Random _random;

    public ModelPlanet(Random random)
    {
        _random = random;
        var count = random.Next(1, 7);
        Names = [.. Enumerable.Range(0, count).Select(i => $"region{i}")];
        State = new(
            StewardMode.Act, null, null, [.. Names.Select(Region)], new Dictionary<string, IReadOnlyDictionary<string, double>>(), [],
            Places.ToDictionary(place => place, _ => Names[random.Next(count)]));
    }

    public string[] Names { get; }

    public DateTimeOffset Now { get; private set; } = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public GuardState State { get; private set; }

    /// <summary>Time passes, instances come and go, and people act.</summary>
    public void Change()
    {
        Now += TimeSpan.FromSeconds(_random.Next(0, 20));
        State = State with
        {
            Mode = _random.Next(12) == 0 ? (StewardMode)_random.Next(3) : StewardMode.Act,
            HeldUntil = _random.Next(12) == 0 ? Now + TimeSpan.FromSeconds(_random.Next(-20, 300)) : null,
            Regions = [.. State.Regions.Select(region => region with
            {
                Reports = _random.Next(8) > 0,
                IsWell = _random.Next(6) > 0,
                Running = Math.Max(0, Math.Max(region.Running, region.Floor ?? 0) + _random.Next(-3, 2)),
                RequestsPerSecond = _random.NextDouble() * 100,
            })],
        };
    }

    /// <summary>Applies what guardrails let through.</summary>
    /// <returns>Which guardrail was crossed; null: none.</returns>
    public string? Apply(PlanetPlan? plan)
    {
        var verdict = PlanGuard.Check(plan, State, _limits, Now);
        if (verdict.Refused.Any(refusal => refusal is not { Subject.Length: > 0, Reason.Length: > 0 }))
            return "a refusal without a reason";
        if (!verdict.Allowed)
            return verdict.Floors.Count + verdict.Places.Count + verdict.Drained.Count == 0 && verdict.Refused.Count > 0 ? null : "a refused plan that does something";
        if (Forbidden(plan!) is { } why)
            return why;
        if (verdict.Floors.Select(Crossed).Concat(Steered(verdict)).Concat([Drained(plan!, verdict)]).FirstOrDefault(crossed => crossed is not null) is { } found)
            return found;
        State = State with
        {
            Newest = verdict.Stamp,
            Regions = [.. State.Regions.Select(region => region with { Floor = verdict.Floors.TryGetValue(region.Region, out var floor) ? floor : region.Floor })],
            Shares = verdict.Places.ToDictionary(place => place.Place, place => place.Shares),
            Drained = verdict.Drained,
        };
        return null;
    }

    private string? Forbidden(PlanetPlan plan) =>
        State.Mode is not StewardMode.Act ? "not in this mode"
        : State.HeldUntil > Now ? "held"
        : PlanStamp.Of(plan) < State.Newest || plan.Fence <= 0 || plan.Number <= 0 ? "stamp went back"
        : Now - plan.InputsAt > _limits.OldestInputs || Now - plan.MadeAt > _limits.OldestInputs ? "too old"
        : 2L * plan.Reporting < State.Regions.Count || 2 * State.Regions.Count(region => region.Reports) < State.Regions.Count ? "fewer than half report"
        : null;

    private string? Crossed(KeyValuePair<string, int> floor)
    {
        var region = State.Regions.Single(known => known.Region == floor.Key);
        var (low, high) = (region.Limits.Floor, region.Limits.Ceiling);
        var now = Math.Max(region.Running, region.Floor ?? 0);
        if (!region.Limits.Accepts.HasFlag(PlanActions.Scale))
            return $"{region.Region} accepts no plan";
        if (floor.Value < low || floor.Value > high)
            return $"{floor.Value} is outside {low} to {high}";
        if (floor.Value > Math.Max(2 * now, now + 2) && floor.Value > low)
            return $"{now} to {floor.Value} is too far up";
        return region.Floor is { } before && floor.Value < before - Math.Max(1, before / 10) && floor.Value < high ? $"{before} to {floor.Value} is too far down" : null;
    }

    private IEnumerable<string?> Steered(GuardVerdict verdict)
    {
        var after = verdict.Places.ToDictionary(place => place.Place, place => place.Shares);
        foreach (var (place, nearest) in State.Nearest)
        {
            var (from, to) = (Shares(State.Shares, place), Shares(after, place));
            if (to.Keys.Except(Names).Any() || Math.Abs(to.Values.Sum() - 1) > Rounding || to.Values.Any(share => !(share is >= 0 and <= 1 + Rounding)))
                yield return $"{place} has no shares of its regions that add up to 1";
            foreach (var region in State.Regions)
            {
                var (was, now) = (from.GetValueOrDefault(region.Region), to.GetValueOrDefault(region.Region));
                var natural = region.Region == nearest ? 1 : 0;
                if (Math.Abs(was - now) > _limits.MostShareMoved + Rounding)
                    yield return $"{place}: {region.Region} from {was} to {now}";
                if (!region.Limits.Accepts.HasFlag(PlanActions.Steer) && Math.Abs(now - natural) > Math.Abs(was - natural) + Rounding)
                    yield return $"{place}: {region.Region} accepts no steering and goes from {was} to {now}";
                if (region is { Reports: true, IsWell: true } && natural == 1 && !verdict.Drained.Contains(nearest) && now < Math.Min(was, _limits.LeastShare) - Rounding)
                    yield return $"{place}: {region.Region} is well and keeps {now}";
            }
        }
    }

    private string? Drained(PlanetPlan plan, GuardVerdict verdict)
    {
        if (verdict.Drained.Count > 1)
            return "two are drained";
        if (verdict.Drained.Count == 0)
            return null;
        var drained = verdict.Drained[0];
        if (!State.Regions.Single(region => region.Region == drained).Limits.Accepts.HasFlag(PlanActions.Drain))
            return $"{drained} accepts no drain";
        var first = plan.Regions.Where(region => region?.Region is not null).GroupBy(region => region.Region).ToDictionary(group => group.Key, group => group.First());
        if (!first.TryGetValue(drained, out var own) || !own.Drain)
            return $"nobody asked for {drained} to be drained";
        var room = State.Regions.Where(region => region.Region != drained && region is { Reports: true, IsWell: true })
            .Sum(region => first.TryGetValue(region.Region, out var of) && of.Instances != 0 ? of.Capacity * Math.Min(1.0, (double)region.Running / of.Instances) : 0);
        var demand = State.Regions.Sum(region => Math.Max(region.RequestsPerSecond, first.TryGetValue(region.Region, out var of) ? of.Forecast.Upper : 0));
        return room > 0 && room >= demand * (1 - Rounding) ? null : $"{room} is left for {demand}";
    }

    private IReadOnlyDictionary<string, double> Shares(IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> of, string place) =>
        of.TryGetValue(place, out var shares) ? shares : new Dictionary<string, double> { [State.Nearest[place]] = 1 };

    private GuardedRegion Region(string name)
    {
        var floor = _random.Next(0, 3);
        var limits = new RegionLimits(floor, floor + _random.Next(0, 20), _random.Next(3) > 0 ? PlanActions.All : (PlanActions)_random.Next(8));
        return new(name, true, true, _random.Next(0, 10), null, 0, limits);
    }
}
