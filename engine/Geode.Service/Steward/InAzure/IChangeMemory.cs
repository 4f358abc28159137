using System.Text.Json;
using Geode.Foresight.Guardrails;

namespace Geode.Service.Steward.InAzure;

/// <summary>What plans have changed in Azure, and what was there before: kept where a restart, and the other Workers of the region, find it.</summary>
internal interface IChangeMemory
{
    /// <summary>Null when nothing is changed.</summary>
    Task<Remembered?> ReadAsync(string key, CancellationToken cancellation);

    /// <summary>Writes it if it still is as it was read.</summary>
    /// <exception cref="PlanActionException">Another Worker of this region has written it meanwhile.</exception>
    Task<Remembered> WriteAsync(string key, Remembered change, CancellationToken cancellation);

    /// <summary>Nothing is changed any more.</summary>
    /// <exception cref="PlanActionException">Another Worker of this region has written it meanwhile.</exception>
    Task ForgetAsync(string key, Remembered change, CancellationToken cancellation);
}

/// <param name="Before">The values that were there; put back in the end.</param>
/// <param name="Set">The values that the plan put there.</param>
/// <param name="Fence">Of the last plan that asked.</param>
/// <param name="Number">Of the last plan that asked.</param>
/// <param name="ChangedAt">When they were put there.</param>
/// <param name="AskedAt">When a plan last asked for them.</param>
/// <param name="Ending">They are to be put back, whatever plans say.</param>
/// <param name="HeldUntil">Somebody else changed it: plans leave it alone for so long.</param>
/// <param name="Tag">The version that was read; null for a new one.</param>
internal sealed record Remembered(
    JsonElement Before, JsonElement? Set, long Fence, long Number, DateTimeOffset ChangedAt, DateTimeOffset AskedAt, bool Ending = false,
    DateTimeOffset? HeldUntil = null, string? Tag = null)
{
    public PlanStamp Stamp => new(Fence, Number);
}
