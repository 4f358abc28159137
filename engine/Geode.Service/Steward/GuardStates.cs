using Geode.Foresight.Guardrails;
using Geode.Foresight.Planning;
using Geode.Topology;

namespace Geode.Service.Steward;

/// <summary>What guardrails go by: what has arrived here, and nothing that the plan says.</summary>
internal static class GuardStates
{
    private const double MostErrors = 0.5;

    /// <param name="newest">Of the plans that this process has applied.</param>
    public static GuardState Of(
        PlanetObservation observation, BoardView view, StewardMode mode, PlanStamp? newest, StewardPlace place, Region here, DateTimeOffset now)
    {
        var regions = observation.Regions.Select(region => region.Region).ToList();
        var living = view.Applied.Where(applied => regions.Contains(applied.Region) && Lives(applied, view.Orders, now)).ToList();
        // Others may have taken this step already, and it is not to be taken twice.
        var plan = PlanStamp.Of(view.Plan!.Plan!);
        var steering = (living.Where(applied => applied.Done!.Stamp < plan).MaxBy(applied => applied.Done!.Stamp) ?? living.MaxBy(applied => applied.Done!.Stamp))?.Done;
        var own = view.Applied.FirstOrDefault(applied => applied.Region == here.Name)?.Done?.Stamp;
        return new(
            mode, view.Orders?.HeldUntil, Newest(own, newest, now), [.. observation.Regions.Select(Region)],
            (steering?.Places ?? []).Where(IsPossible).DistinctBy(of => of.Place).ToDictionary(of => of.Place, of => of.Shares),
            [.. (steering?.Drained ?? []).Where(regions.Contains).Distinct()], place.Nearest);

        GuardedRegion Region(RegionObservation region)
        {
            var reports = region.ReportedAt is { } at && now - at < PlanetReports.Silence;
            return new(
                region.Region, reports, reports && region.Running > 0 && region.ErrorShare < MostErrors, region.Running,
                living.FirstOrDefault(applied => applied.Region == region.Region)?.Done!.Instances, region.RequestsPerSecond, region.Limits);
        }

        bool IsPossible(PlacePlan? of) =>
            of is { Place: not null, Shares: not null } && place.Nearest.ContainsKey(of.Place) && of.Shares.All(share => regions.Contains(share.Key) && share.Value is >= 0 and <= 1)
            && Math.Abs(of.Shares.Values.Sum() - 1) < 0.001;
    }

    private static bool Lives(AppliedDocument applied, OrdersDocument? orders, DateTimeOffset now) =>
        applied.Done is { } done && (now - done.At).Duration() < PlanApplier.Lapse && PlanGuard.IsPossible(done.Stamp, now)
        && !(done.At < orders?.UndoneAt);

    private static PlanStamp? Newest(PlanStamp? own, PlanStamp? newest, DateTimeOffset now) =>
        own is not { } stored || !PlanGuard.IsPossible(stored, now) ? newest : newest is { } known && known > stored ? known : stored;
}
