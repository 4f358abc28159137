using Geode.Control.Processes;

namespace Geode.Control.Faults;

/// <summary>What an operation on a geode did.</summary>
/// <param name="Action"><c>kill</c>, <c>freeze</c>, <c>thaw</c> or <c>revive</c>.</param>
/// <param name="Changed">Names of the processes it changed.</param>
/// <param name="Unchanged">Names of those that were already as asked for.</param>
/// <param name="Processes">All of the geode's processes afterwards; of a zone's geode its own.</param>
public sealed record GeodeChange(
    string Region,
    string Action,
    IReadOnlyList<string> Changed,
    IReadOnlyList<string> Unchanged,
    IReadOnlyList<ProcessSnapshot> Processes)
{
    /// <summary>The only one that was meant; null: all of the region.</summary>
    public int? Zone { get; init; }
}
