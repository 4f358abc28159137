using Geode.Foresight.Guardrails;

namespace Geode.Control.Instances;

/// <summary>A plan's word about a geode: at least so many instances, until it lapses.</summary>
/// <param name="Fence">Of the lease under which the plan was made.</param>
/// <param name="Number">Of the plan, within that lease.</param>
internal sealed record PlanFloor(int Instances, long Fence, long Number, DateTimeOffset Until)
{
    /// <summary>Which plan's it is.</summary>
    public PlanStamp Stamp => new(Fence, Number);
}
