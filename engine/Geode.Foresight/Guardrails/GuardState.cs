using Geode.Foresight.Planning;

namespace Geode.Foresight.Guardrails;

/// <summary>How things are where a plan is to be applied, as is known there without the steward.</summary>
/// <param name="Mode">The steward's mode.</param>
/// <param name="HeldUntil">Until then nothing is changed, because a person has done something; null: not held.</param>
/// <param name="Newest">Of the plans applied so far; null: none.</param>
/// <param name="Regions">All of the planet's.</param>
/// <param name="Shares">Of each place that is steered now, the shares that were applied last. Other places go to the nearest.</param>
/// <param name="Drained">Regions without traffic now, by plans applied so far.</param>
/// <param name="Nearest">Each known place's nearest region.</param>
public sealed record GuardState(
    StewardMode Mode, DateTimeOffset? HeldUntil, PlanStamp? Newest, IReadOnlyList<GuardedRegion> Regions,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Shares, IReadOnlyCollection<string> Drained,
    IReadOnlyDictionary<string, string> Nearest);

/// <param name="Region">Its name.</param>
/// <param name="Reports">Whether it has said anything in the last seconds.</param>
/// <param name="IsWell">Whether it serves, and most of its answers are no errors.</param>
/// <param name="Running">Instances that serve.</param>
/// <param name="Floor">Least instances, as applied last; null: none.</param>
/// <param name="RequestsPerSecond">That it serves.</param>
/// <param name="Limits">Its own.</param>
public sealed record GuardedRegion(
    string Region, bool Reports, bool IsWell, int Running, int? Floor, double RequestsPerSecond, RegionLimits Limits);
