using Geode.Foresight.Guardrails;
using Geode.Foresight.Planning;

namespace Geode.Service.Steward;

/// <summary>The steward as one geode sees it.</summary>
/// <param name="Mode"><c>observe</c>, <c>advise</c> or <c>act</c>.</param>
/// <param name="HeldUntil">Until then nothing is applied; null: not held.</param>
/// <param name="Orders">What people said last, in words; null: nothing.</param>
/// <param name="Region">Whose Worker made the latest plan; null: there is none.</param>
/// <param name="Holder">That process.</param>
/// <param name="Since">When it became the steward.</param>
/// <param name="Fence">Of the latest plan.</param>
/// <param name="Number">Of the latest plan.</param>
/// <param name="PlannedAt">When it was made.</param>
/// <param name="Regions">What each region made of the plan.</param>
/// <param name="Torn">Documents that are no plans, and why.</param>
/// <param name="Decisions">The log, newest first.</param>
internal sealed record StewardView(
    string Mode, DateTimeOffset? HeldUntil, string? Orders, string? Region, string? Holder, DateTimeOffset? Since, long? Fence, long? Number,
    DateTimeOffset? PlannedAt, IReadOnlyList<RegionApplied> Regions, IReadOnlyList<Refusal> Torn, IReadOnlyList<LoggedDecisions> Decisions);

/// <param name="Region">Its name.</param>
/// <param name="Fence">Of the plan that it looked at last; with its number.</param>
/// <param name="At">When it looked.</param>
/// <param name="Mode">In which.</param>
/// <param name="Allowed">Whether guardrails let anything of it through.</param>
/// <param name="Running">Its instances then.</param>
/// <param name="Done">What was applied last.</param>
/// <param name="Proposed">What would have been applied.</param>
/// <param name="Refused">What was not, or not so far, and why.</param>
/// <param name="Failed">Why it could not be done.</param>
internal sealed record RegionApplied(
    string Region, long Fence, long Number, DateTimeOffset At, string Mode, bool Allowed, int Running, AppliedPlan? Done, AppliedPlan? Proposed,
    IReadOnlyList<Refusal> Refused, string? Failed);

/// <param name="Region">The steward's.</param>
internal sealed record LoggedDecisions(DateTimeOffset At, string Region, long Fence, long Number, string Mode, IReadOnlyList<Decision> Decisions);

/// <summary>The latest plan as one geode sees it.</summary>
/// <param name="Region">Whose Worker made it; null: there is none.</param>
/// <param name="Plan">It; null: there is none.</param>
/// <param name="History">What was foreseen and what came, by region.</param>
internal sealed record PlanView(string? Region, PlanetPlan? Plan, IReadOnlyDictionary<string, RegionHistory> History);
