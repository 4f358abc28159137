using System.Globalization;
using Geode.Foresight.Planning;

namespace Geode.Foresight.Guardrails;

/// <summary>Says what of a plan may be applied. It trusts nothing in the plan: not that it is whole, nor that its numbers are numbers, nor that
/// it was made by a steward in its right mind.</summary>
public static class PlanGuard
{
    // A term of the steward lasts for seconds, and its fence ends with the number of a region, below 1000.
    private const long FencesPerSecond = 1_000;
    private static readonly DateTimeOffset Before = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Whether a steward can have made it by that time: fence and number count from 1, and neither has grown faster than by one term,
    /// or plan, in each second since 2025. So no plan can be written that no steward to come could be above.</summary>
    public static bool IsPossible(PlanStamp stamp, DateTimeOffset now)
    {
        var seconds = (long)(now - Before).TotalSeconds;
        return stamp.Fence > 0 && stamp.Fence <= seconds * FencesPerSecond && stamp.Number > 0 && stamp.Number <= seconds;
    }

    /// <param name="plan">May be torn or hostile: null, without parts, with numbers that are none.</param>
    /// <param name="state">How things are where it is to be applied.</param>
    /// <param name="limits">How much may change.</param>
    /// <param name="now">By the clock of where it is to be applied.</param>
    /// <returns>Never throws for what the plan holds.</returns>
    public static GuardVerdict Check(PlanetPlan? plan, GuardState state, GuardLimits limits, DateTimeOffset now)
    {
        if (plan is null)
            return GuardVerdict.None(default, "There is no plan.");
        var stamp = PlanStamp.Of(plan);
        if (WholePlan(plan, state, limits, now) is { } reason)
            return GuardVerdict.None(stamp, reason);

        var refused = new List<Refusal>();
        var floors = FloorGuard.Check(plan.Regions, state, limits, refused);
        var drained = DrainGuard.Check(plan.Regions, state, limits, refused);
        var places = ShareGuard.Check(plan.Places, state, limits, drained, refused);
        return new(stamp, true, floors, places, drained, refused);
    }

    private static string? WholePlan(PlanetPlan plan, GuardState state, GuardLimits limits, DateTimeOffset now)
    {
        if (state.Mode is not StewardMode.Act)
            return $"The mode is {state.Mode.ToString().ToLowerInvariant()}: plans are not applied.";
        if (state.HeldUntil > now)
            return $"Held until {state.HeldUntil.Value.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture)} UTC, because a person has acted.";
        if (plan.Regions is null || plan.Places is null)
            return "The plan is torn: it lacks its regions or its places.";
        if (!IsPossible(PlanStamp.Of(plan), now))
            return $"The plan has no possible stamp: {PlanStamp.Of(plan)}.";
        if (state.Newest is { } newest && PlanStamp.Of(plan) < newest)
            return $"The plan {PlanStamp.Of(plan)} is older than {newest}, which was applied.";
        return Inputs(plan, state, limits, now);
    }

    private static string? Inputs(PlanetPlan plan, GuardState state, GuardLimits limits, DateTimeOffset now)
    {
        var oldest = plan.InputsAt < plan.MadeAt ? plan.InputsAt : plan.MadeAt;
        if (now - oldest > limits.OldestInputs)
            return $"What the plan rests on is {Seconds(now - oldest)} old; at most {Seconds(limits.OldestInputs)} is allowed.";
        if (plan.MadeAt - now > limits.OldestInputs || plan.InputsAt - now > limits.OldestInputs)
            return "The plan is from the future.";
        var least = limits.LeastReporting * state.Regions.Count;
        if (plan.Reporting < least)
            return $"The plan rests on the reports of {plan.Reporting} of {state.Regions.Count} regions; fewer than half.";
        var seen = state.Regions.Count(region => region.Reports);
        return seen < least ? $"Only {seen} of {state.Regions.Count} regions report here; fewer than half." : null;
    }

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s");
}
