using Geode.Control.Processes;

namespace Geode.Control.Faults;

/// <summary>What an operation on one process did.</summary>
/// <param name="Action"><c>kill</c>, <c>freeze</c>, <c>thaw</c> or <c>revive</c>.</param>
/// <param name="Changed">False: it was already as asked for.</param>
/// <param name="Process">As it is afterwards.</param>
internal sealed record ProcessChange(string Action, bool Changed, ProcessSnapshot Process);
