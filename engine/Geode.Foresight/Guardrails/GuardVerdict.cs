using Geode.Foresight.Planning;

namespace Geode.Foresight.Guardrails;

/// <summary>What of a plan may be done, and what not.</summary>
/// <param name="Stamp">The plan's.</param>
/// <param name="Allowed">False: nothing of it; what was applied before stays until it lapses.</param>
/// <param name="Floors">Least instances, by region; regions whose floor is not to be touched are absent.</param>
/// <param name="Places">All the steering there is to be.</param>
/// <param name="Drained">All regions that are to be without traffic.</param>
/// <param name="Refused">What is not done, or not so far, and why.</param>
public sealed record GuardVerdict(
    PlanStamp Stamp, bool Allowed, IReadOnlyDictionary<string, int> Floors, IReadOnlyList<PlacePlan> Places, IReadOnlyList<string> Drained,
    IReadOnlyList<Refusal> Refused)
{
    /// <summary>Nothing of it, for that reason.</summary>
    public static GuardVerdict None(PlanStamp stamp, string reason) =>
        new(stamp, false, new Dictionary<string, int>(), [], [], [new(Refusal.WholePlan, reason)]);
}

/// <param name="Subject"><c>plan</c>, a region or a place.</param>
/// <param name="Reason">In words.</param>
public sealed record Refusal(string Subject, string Reason)
{
    /// <summary>The subject when nothing of a plan is done.</summary>
    public const string WholePlan = "plan";
}
