using Geode.Foresight.Guardrails;
using Geode.Foresight.Planning;

namespace Geode.Service.Steward;

/// <summary>The plan, in the partition of the steward's region: each region writes its own partition only, so that two stewards on two sides of
/// a partition never write the same document, and of their plans every reader takes the one with the higher stamp.</summary>
/// <param name="Holder">The process that made it.</param>
/// <param name="Since">When it became the steward.</param>
/// <param name="Plan">Null in a document that is torn.</param>
/// <param name="History">What was foreseen and what came, by region.</param>
internal sealed record PlanDocument(
    string Id, string Region, string Kind, string Holder, DateTimeOffset Since, PlanetPlan? Plan, IReadOnlyDictionary<string, RegionHistory>? History, int Ttl)
{
    public const string PlanKind = "plan";

    public const int TimeToLiveSeconds = 86_400;
}

/// <summary>Requests per second of a region over the latest steps, oldest first.</summary>
/// <param name="Truth">What came.</param>
/// <param name="Foreseen">What had been foreseen for the same step; null: nothing yet.</param>
public sealed record RegionHistory(IReadOnlyList<double> Truth, IReadOnlyList<double?> Foreseen);

/// <summary>What people have told the steward: the highest revision counts, and of one revision the first region by name.</summary>
/// <param name="Mode"><c>observe</c>, <c>advise</c> or <c>act</c>; null: as the planet's settings say.</param>
/// <param name="HeldUntil">Until then nothing is applied.</param>
/// <param name="Undone">The revision of the last undo; 0: none.</param>
/// <param name="UndoneAt">When that was.</param>
/// <param name="Why">What was done, in words.</param>
internal sealed record OrdersDocument(
    string Id, string Region, string Kind, long Revision, string? Mode, DateTimeOffset? HeldUntil, long Undone, DateTimeOffset? UndoneAt, string? Why,
    DateTimeOffset At)
{
    /// <summary>The revision with which the mode was set; null, as in what people write themselves: its own.</summary>
    public long? ModeRevision { get; init; }

    public const string OrdersKind = "orders";

    /// <summary>What counts of what each region was told: of mode and undo the latest of all, since who said to hold still may not have known
    /// of them; of the rest the latest document's. Null: nothing was said.</summary>
    public static OrdersDocument? Together(IEnumerable<OrdersDocument> told)
    {
        var orders = told.OrderByDescending(of => of.Revision).ThenBy(of => of.Region, StringComparer.Ordinal).ToList();
        if (orders.Count == 0)
            return null;
        var mode = orders.Where(of => of.Mode is not null).MaxBy(of => of.ModeRevision ?? of.Revision);
        var undo = orders.MaxBy(of => of.Undone)!;
        return orders[0] with
        {
            Mode = mode?.Mode,
            ModeRevision = mode is null ? null : mode.ModeRevision ?? mode.Revision,
            Undone = undo.Undone,
            UndoneAt = undo.UndoneAt,
        };
    }

    private static readonly TimeSpan MostAhead = TimeSpan.FromHours(1);

    /// <summary>Whether it is one that people can have reached: milliseconds since 1970, and clocks are no more than an hour apart. One from the
    /// far future would be the last that counted.</summary>
    public static bool IsPossible(long revision, DateTimeOffset now) => revision > 0 && revision <= (now + MostAhead).ToUnixTimeMilliseconds();
}

/// <summary>What a region has made of the plan that it looked at last.</summary>
/// <param name="Fence">Of that plan; with its number.</param>
/// <param name="Mode">In which it was looked at.</param>
/// <param name="Allowed">Whether guardrails let anything of it through.</param>
/// <param name="Running">The region's instances at the time.</param>
/// <param name="Done">What was applied last, by this plan or one before; null: nothing yet.</param>
/// <param name="Proposed">With <c>advise</c>: what would have been applied.</param>
/// <param name="Refused">What is not done, or not so far, and why.</param>
/// <param name="Failed">Why it could not be done; null: it was.</param>
/// <param name="Orders">Revision of the orders then.</param>
internal sealed record AppliedDocument(
    string Id, string Region, string Kind, long Fence, long Number, DateTimeOffset At, string Mode, bool Allowed, int Running, AppliedPlan? Done,
    AppliedPlan? Proposed, IReadOnlyList<Refusal>? Refused, string? Failed, long Orders, int Ttl)
{
    public const string AppliedKind = "applied";

    public const int TimeToLiveSeconds = 86_400;

    public PlanStamp Stamp => new(Fence, Number);
}

/// <summary>What a region applied of a plan: its own floor, and the steering that it asked for.</summary>
/// <param name="Fence">The plan's; with its number.</param>
/// <param name="At">It lapses a minute later.</param>
/// <param name="Instances">The region's floor; null: none.</param>
/// <param name="Places">All the steering.</param>
/// <param name="Drained">Regions without traffic.</param>
public sealed record AppliedPlan(
    long Fence, long Number, DateTimeOffset At, int? Instances, IReadOnlyList<PlacePlan>? Places, IReadOnlyList<string>? Drained)
{
    internal PlanStamp Stamp => new(Fence, Number);
}

/// <summary>One entry of the log: a plan that is not like the one before.</summary>
/// <param name="Mode">The steward's at the time.</param>
internal sealed record DecisionDocument(
    string Id, string Region, string Kind, DateTimeOffset At, long Fence, long Number, string Mode, IReadOnlyList<Decision>? Decisions, int Ttl)
{
    public const string DecisionKind = "decision";

    public const int TimeToLiveSeconds = 86_400;

    public static string IdFor(PlanStamp stamp) => $"decision:{stamp.Fence}:{stamp.Number}";
}

/// <param name="Subject">A region or a place.</param>
/// <param name="What">Is decided: <c>3 instances, 2 before</c>.</param>
/// <param name="Why">The plan's reasons.</param>
/// <param name="Foreseen">What was expected, in words; null for a place.</param>
/// <param name="Outcome">What came, when the time was there; null before, and when the steward was lost before.</param>
public sealed record Decision(string Subject, string What, string Why, string? Foreseen, string? Outcome = null);
