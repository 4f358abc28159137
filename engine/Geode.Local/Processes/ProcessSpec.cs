using Geode.Control.Processes;

namespace Geode.Local.Processes;

/// <summary>How to start one process of the planet, and how to see that it is well.</summary>
/// <param name="Name">Unique on the planet: <c>api-westeurope</c>, <c>router</c>. Also the name of its log.</param>
/// <param name="Region">Null for what belongs to no geode.</param>
/// <param name="Command">Executable and arguments.</param>
/// <param name="Port">Where it answers; what the table and the control API show.</param>
/// <param name="Health">Success here means healthy; null: a process that runs is healthy.</param>
/// <param name="Environment">Set on top of the environment of this process.</param>
internal sealed record ProcessSpec(
    string Name,
    ProcessRole Role,
    string? Region,
    IReadOnlyList<string> Command,
    int Port,
    Uri? Health,
    IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>Of a geode's Api, its number from 1.</summary>
    public int Instance { get; init; } = 1;

    /// <summary>The folder it starts in; null: this process's own.</summary>
    public string? Folder { get; init; }
}
