using Geode.Foresight.Planning;

namespace Geode.Foresight.Guardrails;

/// <summary>Which plan it is. Of two, the one of the higher fence counts; of one fence, the one with the higher number.</summary>
/// <param name="Fence">Of the lease under which it was made.</param>
/// <param name="Number">Counts the plans of one fence.</param>
public readonly record struct PlanStamp(long Fence, long Number) : IComparable<PlanStamp>
{
    /// <summary>That of a plan.</summary>
    public static PlanStamp Of(PlanetPlan plan) => new(plan.Fence, plan.Number);

    /// <inheritdoc/>
    public int CompareTo(PlanStamp other) => (Fence, Number).CompareTo((other.Fence, other.Number));

    /// <summary>Whether the first is the older one.</summary>
    public static bool operator <(PlanStamp left, PlanStamp right) => left.CompareTo(right) < 0;

    /// <summary>Whether the first is the newer one.</summary>
    public static bool operator >(PlanStamp left, PlanStamp right) => left.CompareTo(right) > 0;

    /// <summary>Whether the first is no newer.</summary>
    public static bool operator <=(PlanStamp left, PlanStamp right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the first is no older.</summary>
    public static bool operator >=(PlanStamp left, PlanStamp right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    public override string ToString() => $"{Fence}/{Number}";
}
