using Geode.Foresight.Guardrails;
using Geode.Foresight.Planning;

namespace Geode.Service.Steward;

/// <summary>Does what a plan says, where this geode runs. Guardrails have been passed by then. Whatever is done ends by itself a minute after
/// it was last asked for, so that a planet whose steward is lost is as it was before; asking again with the same stamp only lengthens it.</summary>
public interface IPlanActions
{
    /// <summary>At least so many instances of the Api of that region, which is this geode's own.</summary>
    /// <param name="region">This geode's region.</param>
    /// <param name="instances">Within the region's own limits.</param>
    /// <param name="stamp">Of the plan. After a newer one was applied this does nothing and fails.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="PlanActionException">It could not be done; says why.</exception>
    Task ApplyFloorAsync(string region, int instances, PlanStamp stamp, CancellationToken cancellation);

    /// <summary>Sends the clients of places elsewhere than to their nearest geode, and nobody to those that are drained. All that the planet is
    /// to have: what is not named goes to the nearest again. Every geode asks for it, so that any that is left suffices.</summary>
    /// <param name="places">Only those that do not go to the nearest alone.</param>
    /// <param name="drained">Regions without traffic.</param>
    /// <param name="stamp">Of the plan. After a newer one was applied this does nothing and fails.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="PlanActionException">It could not be done; says why.</exception>
    Task ApplySteeringAsync(IReadOnlyList<PlacePlan> places, IReadOnlyList<string> drained, PlanStamp stamp, CancellationToken cancellation);

    /// <summary>Ends at once what plans have done: this region's floor, and all steering.</summary>
    /// <exception cref="PlanActionException">It could not be done; says why. It still ends by itself.</exception>
    Task UndoAsync(CancellationToken cancellation);
}

/// <summary>A plan could not be applied, and why, in one line.</summary>
public sealed class PlanActionException(string message, Exception? inner = null) : Exception(message, inner);
